"""Where the UI is served, and what lets somebody in."""

import os
from pathlib import Path

from app.api.server import UiServer
from app.api.tokens import Tokens
from app.errors import GatehouseError
from app.start.instance import Instance, write_instance
from app.supervisor.port_holder import refusal
from db import queries
from db.connection import reading

PORT_SETTING = "ui_port"
"""The port of the last start: bookmarks lead there, and browsers keep the token by it."""


class Door:
    """Its address is known, and connections wait, from the moment it is made."""

    def __init__(self, data: Path, database: Path, *, port: int | None) -> None:
        """`port` must be free; without it the last start's is taken, or any.  Raises GatehouseError ui-port-…."""
        self.server = _asked_for(port) if port else _usual(database)
        # A second start reads the token in instance.json.
        self.tokens = Tokens(data, on_reset=lambda: write_instance(data, self.instance()))

    @property
    def origin(self) -> str:
        """'http://127.0.0.1:8610'"""
        return f"http://127.0.0.1:{self.server.port}"

    def new_link(self) -> str:
        """Signs one browser in, once."""
        return f"{self.origin}/#code={self.tokens.new_code()}"

    def instance(self) -> Instance:
        """For a second start."""
        return Instance(url=f"{self.origin}/", token=self.tokens.token, pid=os.getpid())


def _asked_for(port: int) -> UiServer:
    try:
        return UiServer(port)
    except OSError as error:
        why = refusal(port, error.errno or 0)
        raise GatehouseError(f"ui-{why.slug}", params=why.params) from error


def _usual(database: Path) -> UiServer:
    with reading(database) as db:
        last = queries.settings(db).get(PORT_SETTING)
    try:
        return UiServer(last if isinstance(last, int) else 0)
    except OSError:
        return UiServer(0)
