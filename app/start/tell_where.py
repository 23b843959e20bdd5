"""The first lines on stdout: where everything is, for people and for programs."""

import json
import os

from app.start.terminal import tell
from app.supervisor.hosted import Hosted


def tell_where(link: str, site: Hosted | None, *, as_json: bool) -> None:
    """`site`: the one folder that is served, whose own address comes first."""
    address = f"http://127.0.0.1:{site.port}/" if site else None
    if as_json:
        served = {"url": address, "ui": link, "site": site.slug} if site else {"ui": link}
        tell(json.dumps({**served, "pid": os.getpid()}))
        return
    if address:
        tell(address)
    tell(f"Gatehouse: {link}")
