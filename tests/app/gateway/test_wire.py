import marshal
from pathlib import Path

from app.gateway.values import Limits, Site
from app.gateway.wire import site_from_wire, site_to_wire

SITE = Site(
    id=3,
    name="Gästebuch",
    folder=Path("/srv/site"),
    pages=Path("/srv/site/htdocs"),
    script_folders={"/cgi-bin/": Path("/srv/site/cgi-bin")},
    script_extensions=(".cgi",),
    php="/usr/bin/php-cgi",
    working_directory="site",
    environment={"A": "b"},
    interpreters={".py": "python3.13"},
    missing_interpreter="fail",
    pass_authorization=True,
    follow_links=True,
    port=8080,
    limits=Limits(silence_s=1.5, output_mib=3),
)


def test_a_site_crosses_the_socket_whole():
    """Every field differs from its default, so a forgotten one is noticed."""
    assert site_from_wire(marshal.loads(marshal.dumps(site_to_wire(SITE)))) == SITE
