"""A site as it is served now."""

from dataclasses import dataclass, field

from .queue import Places
from .values import Site


@dataclass(slots=True)
class Hosted:
    """Its settings may be replaced while it serves; a request keeps the `site` it began with."""

    site: Site
    slug: str | None
    """Its name in the window's addresses; None where nobody told."""

    places: Places = field(default_factory=Places)
