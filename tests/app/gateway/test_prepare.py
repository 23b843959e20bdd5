"""Calls are made, and where it matters executed as they are: what arrives in a real process counts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.gateway.legacy_cgi import folder_with_only_cgi
from app.gateway.prepare import prepare
from app.gateway.resolve import resolve
from app.gateway.values import Body, Script

PROBE = f"""#!{sys.executable} -IS
import json, os, sys
seen = {{"argv": sys.argv, "cwd": os.getcwd(), "environment": dict(os.environ), "stdin": sys.stdin.read()}}
print("Content-Type: application/json\\n")
print(json.dumps(seen))
"""


@pytest.fixture
def call(make_site, make_request):
    """The call that a request makes of a site with one script."""

    def of(script: str, *headers, target=b"/cgi-bin/a.py", method="GET", body=None, legacy_cgi=None, **settings):
        path = target.decode().partition("?")[0].removeprefix("/")
        site = make_site({path: script, "index.html": ""}, **settings)
        request = make_request(method, *headers, target=target, body=body)
        found = resolve(site, target)
        assert isinstance(found, Script)
        return prepare(site, request, found, legacy_cgi=legacy_cgi)

    return of


def test_the_process_gets_its_arguments_folder_environment_and_body(call, run_call):
    made = call(
        PROBE, (b"Content-Type", b"text/plain"), target=b"/cgi-bin/a.py?one+t%77o", body=Body(6, "grüß".encode())
    )

    seen = json.loads(run_call(made).stdout.partition(b"\n\n")[2])

    script = os.fsdecode(made.program)
    assert seen["argv"] == [script, "one", "two"]
    assert seen["cwd"] == str(Path(script).parent)
    assert (seen["environment"]["CONTENT_LENGTH"], seen["environment"]["CONTENT_TYPE"]) == ("6", "text/plain")
    assert seen["stdin"] == "grüß"
    assert seen["environment"].keys() <= {name.decode() for name in made.environment} | {"LC_CTYPE"}


def test_a_site_may_start_its_scripts_in_its_own_folder(call, run_call):
    made = call(PROBE, working_directory="site")

    seen = json.loads(run_call(made).stdout.partition(b"\n\n")[2])

    assert seen["cwd"] == str(Path(os.fsdecode(made.program)).parent.parent)


def test_a_script_whose_interpreter_is_elsewhere_runs_and_a_note_says_so(call, run_call):
    """As in textbooks written on another system."""
    made = call("#! /no/such/bin/python3\nprint('Content-Type: text/plain\\n\\nhi')\n")

    if not made.notes:
        pytest.skip("no python3 on this system's PATH")
    assert run_call(made).stdout == b"Content-Type: text/plain\n\nhi\n"
    assert made.argv[-1].endswith(b"/cgi-bin/a.py")


def test_file_facts_limits_and_nph_are_told(call):
    made = call("#!/bin/sh\n", target=b"/cgi-bin/nph-a.sh")

    assert made.is_nph
    assert made.file is not None
    assert made.file.head == b"#!/bin/sh\n"
    assert made.limits.scripts == 64
    assert not call("#!/bin/sh\n").is_nph


@pytest.mark.parametrize("first_line", ["#!/usr/bin/php-cgi", "#!/usr/bin/env php", "#!/no/such/php-cgi8.2"])
def test_an_interpreter_of_php_is_never_given_words_of_the_query(call, first_line):
    """CVE-2012-1823 and CVE-2024-4577 made options of them."""
    made = call(f"{first_line}\n", target=b"/cgi-bin/a.cgi?phpinfo")

    assert made.argv[-1].endswith(b"/a.cgi")


def test_a_php_page_is_the_argument_of_nobody(call):
    made = call("<?php echo 1;", target=b"/page.php?a+b", php="/usr/bin/php-cgi")

    assert (made.program, made.argv) == (b"/usr/bin/php-cgi", (b"/usr/bin/php-cgi",))
    assert made.environment[b"SCRIPT_FILENAME"].endswith(b"/page.php")


def test_without_php_the_call_names_the_program_that_is_missing(call):
    assert call("<?php echo 1;", target=b"/page.php").program == b"php-cgi"


@pytest.mark.skipif(not shutil.which("php-cgi"), reason="php-cgi is not installed")
def test_php_runs_a_page_with_its_path_info_and_query(make_site, make_request, run_call):
    page = "<?php echo $_SERVER['PATH_INFO'], ' ', $_GET['n'], ' ', basename(__FILE__), ' ', basename(getcwd());"
    site = make_site({"app/page.php": page}, php=shutil.which("php-cgi"))
    request = make_request(target=b"/app/page.php/x/y?n=5")
    script = resolve(site, request.target)
    assert isinstance(script, Script)

    done = run_call(prepare(site, request, script))

    assert done.stdout.endswith(b"\r\n\r\n/x/y 5 page.php app")


def new_python() -> str | None:
    """A Python without `cgi`, on PATH or from pyenv."""
    for name in ("python3.13", "python3.14"):
        for path in (shutil.which(name), *map(str, Path.home().glob(f".pyenv/versions/*/bin/{name}"))):
            # A shim of pyenv's has the name too, and may refuse.
            if path and subprocess.run([path, "-c", ""], capture_output=True, timeout=60).returncode == 0:
                return path
    return None


CGI_SCRIPT = """#!{python}
import sys
import cgi, cgitb
cgitb.enable()
form = cgi.FieldStorage()
print("Content-Type: text/plain\\n")
print(form.getfirst("name"), sum("legacy-cgi" in one for one in sys.path))
try:
    import bottle
    print("our packages leak")
except ImportError:
    pass
"""


@pytest.mark.skipif(not new_python(), reason="no Python 3.13 or later is installed")
def test_cgi_and_cgitb_keep_working_on_a_python_that_dropped_them(call, run_call, tmp_path):
    folder = folder_with_only_cgi(tmp_path)

    made = call(CGI_SCRIPT.format(python=new_python()), target=b"/cgi-bin/a.py?name=ada", legacy_cgi=folder)
    done = run_call(made)

    assert (done.stderr, done.stdout) == (b"", b"Content-Type: text/plain\n\nada 1\n")


@pytest.mark.skipif(not new_python(), reason="no Python 3.13 or later is installed")
def test_the_sites_own_module_path_goes_before_it(call, tmp_path):
    folder = folder_with_only_cgi(tmp_path)

    made = call(f"#!{new_python()}\n", legacy_cgi=folder, environment={"PYTHONPATH": "/own"})

    assert made.environment[b"PYTHONPATH"] == os.pathsep.join(["/own", str(folder)]).encode()


@pytest.mark.parametrize("first_line", ["#!/bin/sh", "#!/no/such/ruby"])
def test_other_interpreters_get_no_module_path(call, tmp_path, first_line):
    made = call(f"{first_line}\n", legacy_cgi=folder_with_only_cgi(tmp_path))

    assert b"PYTHONPATH" not in made.environment


def test_a_python_that_has_its_own_cgi_keeps_it(call, tmp_path):
    old = tmp_path / "python3.12"
    old.touch(0o755)

    made = call(f"#!{old}\n", legacy_cgi=folder_with_only_cgi(tmp_path))

    assert b"PYTHONPATH" not in made.environment
