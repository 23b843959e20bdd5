"""`gatehouse serve` in a process of its own: one folder, none of the other sites."""

from pathlib import Path

from app.errors import GatehouseError
from app.sites.folder import readable_folder
from app.start.stop import Stop
from app.supervisor.hosted import Hosted
from app.supervisor.sites import Sites


def serve_here(sites: Sites, folder: Path, port: int | None, stop: Stop) -> Hosted:
    """The site, once it accepts connections.  Raises GatehouseError folder-…, port-…, gateway-down where it cannot."""
    known = sites.at(readable_folder(folder))
    if known:
        sites.start(known.slug, port=port)
    site = known or sites.add(folder, port=port)
    while site.state == "starting" and not stop.wait_for(0):
        sites.wait(site)
    if site.state != "serving":
        why = site.problem
        raise GatehouseError(why.slug if why else "gateway-down", params=why.params if why else {"status": "?"})
    return site
