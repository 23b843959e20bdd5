"""A Site as plain data, for the frame SERVE."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from .values import Limits, Site


def site_to_wire(site: Site) -> dict[str, Any]:
    """All fields by name; paths as str, mappings as dict, limits as a dict of their own."""
    return {
        **{one.name: getattr(site, one.name) for one in fields(Site)},
        "folder": str(site.folder),
        "pages": str(site.pages),
        "script_folders": {url: str(folder) for url, folder in site.script_folders.items()},
        "script_extensions": list(site.script_extensions),
        "environment": dict(site.environment),
        "interpreters": dict(site.interpreters),
        "limits": asdict(site.limits),
    }


def site_from_wire(data: Mapping[str, Any]) -> Site:
    return Site(
        **{
            **data,
            "folder": Path(data["folder"]),
            "pages": Path(data["pages"]),
            "script_folders": {url: Path(folder) for url, folder in data["script_folders"].items()},
            "script_extensions": tuple(data["script_extensions"]),
            "limits": Limits(**data["limits"]),
        }
    )
