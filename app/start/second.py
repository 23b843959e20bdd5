"""A second start: the first one is shown, or asked to serve a folder, and this one ends."""

from collections.abc import Callable

from app.errors import GatehouseError
from app.start.instance import Instance, RefusedError, SilentError, ask, read_instance
from app.start.program import ProgramOptions
from app.start.serve_there import serve_there
from app.start.terminal import tell
from app.window.desktop import open_in_browser


def second_start(options: ProgramOptions, on_ready: Callable[[str], None] | None) -> int:
    """The exit status.  Raises GatehouseError instance-silent where the first one ends at this moment."""
    instance = read_instance(options.data)
    try:
        if instance is None:
            raise SilentError
        if options.serve is not None:
            return serve_there(instance, options.serve, port=options.serve_port, as_json=options.json)
        return _show(instance, options, on_ready)
    except (SilentError, RefusedError) as error:
        raise GatehouseError("instance-silent", params={"folder": str(options.data)}) from error


def _show(instance: Instance, options: ProgramOptions, on_ready: Callable[[str], None] | None) -> int:
    link = ask(instance, "POST", "/api/links")["url"]
    tell(f"Gatehouse: {link}")
    if on_ready:
        on_ready(link)
    if options.mode == "window":
        ask(instance, "POST", "/api/window/focus")
    elif options.mode == "browser":
        open_in_browser(link, wait_s=3)
    return 0
