"""A Gatehouse without scripts: the real server, guard, controllers and database, with sites that live in memory."""

import contextlib
import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.api.announce import Announce
from app.api.application import application
from app.api.events import EventHub
from app.api.server import UiServer
from app.api.services import Services
from app.api.tokens import Tokens
from app.errors import GatehouseError
from app.sites.look import look
from app.sites.folder import look_at
from app.sites.settings import Settings, change, load
from db import changes
from db.recorder import Recorder

PATIENCE_S = 60
NOW_US = 1_790_000_000_000_000
