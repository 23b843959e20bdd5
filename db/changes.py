"""Changes that a person makes, each for `Recorder.do`: on the one writing connection, in its own transaction."""

import json
from collections import Counter
from typing import Any

from peewee import SqliteDatabase

from .retention import free_bodies
from .tables import TALLY_US, Blob, BlobUse, Run, Script, Setting, Site, Tally


def add_site(db: SqliteDatabase, *, slug: str, name: str, folder: str, is_sample: bool, added_us: int) -> int:
    """The id of the new site.  Raises peewee.IntegrityError where the slug is taken."""
    new = Site.insert(slug=slug, name=name, folder=folder, is_sample=is_sample, added_us=added_us)
    return int(new.execute(db))


def set_site(db: SqliteDatabase, site: int, **fields: Any) -> None:
    """Change columns of a site: slug, name, folder, port, is_wanted, overrides (a dict)."""
    if "overrides" in fields:
        fields["overrides"] = json.dumps(fields["overrides"])
    Site.update({getattr(Site, name): value for name, value in fields.items()}).where(Site.id == site).execute(db)


def forget_site(db: SqliteDatabase, site: int) -> None:
    """The site with everything that was recorded of it.  Its own files are not touched."""
    Run.delete().where(Run.site == site).execute(db)
    _forget_all_bodies(db, site)
    Script.delete().where(Script.site == site).execute(db)
    Tally.delete().where(Tally.site == site).execute(db)
    Site.delete().where(Site.id == site).execute(db)


def clear_runs(db: SqliteDatabase, site: int) -> None:
    """All runs of a site but those that go on."""
    Run.delete().where((Run.site == site) & (Run.end != "running")).execute(db)
    left = list(Run.select(Run.started_us, Run.bytes).where(Run.site == site).tuples().execute(db))
    if left:
        free_bodies(db, site, most=-1)
    else:
        _forget_all_bodies(db, site)
    Tally.delete().where(Tally.site == site).execute(db)
    for slot, count in Counter(started // TALLY_US for started, _ in left).items():
        Tally.insert(site=site, slot=slot, runs=count, failed=0).execute(db)
    Site.update(runs=len(left), failed=0, bytes=sum(size for _, size in left)).where(Site.id == site).execute(db)


def set_setting(db: SqliteDatabase, name: str, value: Any) -> None:
    """A setting of the program, of any kind that JSON has; None removes it."""
    if value is None:
        Setting.delete().where(Setting.name == name).execute(db)
        return
    Setting.insert(name=name, value=json.dumps(value)).on_conflict_replace().execute(db)


def _forget_all_bodies(db: SqliteDatabase, site: int) -> None:
    own = BlobUse.select(BlobUse.blob).where(BlobUse.site == site)
    Blob.delete().where(Blob.id.in_(own)).execute(db)
    BlobUse.delete().where(BlobUse.site == site).execute(db)
