"""Builds the front end while the package is being built, so that an installed Gatehouse needs no Node."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
from ui import build


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    def dependencies(self) -> list[str]:
        """Fetched by pip into the build environment, before `initialize` runs."""
        return [] if build.is_fresh() or build.find_node() else [build.NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build.ensure()
