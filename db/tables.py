"""The tables.  Times are microseconds since 1970 (UTC), durations microseconds, sizes bytes.

No model is bound to a database: a query names the connection it is for, `query.execute(db)`, because readers
of several threads have one each (peewee's `bind_ctx` would change the classes for all of them).

Bodies have no foreign keys.  With them, deleting 500 runs took 195 ms and finding orphans 37 s in a million runs
(STORAGE.md 1.1); what keeps them right instead is the lease in `bodies.py`.
"""

from peewee import (
    SQL,
    AutoField,
    BlobField,
    BooleanField,
    CompositeKey,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    SchemaManager,
    SqliteDatabase,
    TextField,
)
from playhouse.sqlite_ext import AutoIncrementField

from .names import NameField


class Table(Model):
    class Meta:
        legacy_table_names = False  # BlobUse is blob_use


class Site(Table):
    """A folder that is served."""

    id = AutoIncrementField()
    slug = TextField(unique=True)
    name = TextField()
    folder = NameField()
    port = IntegerField(null=True)
    is_sample = BooleanField(default=False)
    is_wanted = BooleanField(default=False)
    """It was served last time."""

    added_us = IntegerField()
    overrides = TextField(default="{}")
    """JSON: settings that could not be written into a read-only folder."""

    runs = IntegerField(default=0)
    """What is kept of the site now, so that nobody has to count: runs, failed ones, and bytes (`Run.bytes`)."""

    failed = IntegerField(default=0)
    bytes = IntegerField(default=0)


class Script(Table):
    id = AutoField()
    site = ForeignKeyField(Site, on_delete="CASCADE", index=False)
    path = NameField()
    """Relative to the site's folder."""

    class Meta:
        indexes = ((("site", "path"), True),)


class Blob(Table):
    """A body, or the facts that many runs of a script share."""

    id = AutoField()
    size = IntegerField()
    codec = IntegerField()
    """0: as it is.  1: raw deflate."""

    data = BlobField()


class BlobUse(Table):
    """Which bodies a site has, and how long each is needed; see `bodies.py`."""

    blob = IntegerField(primary_key=True)
    site = IntegerField()
    hash = BlobField()
    """blake2b of 128 bits."""

    until_run = IntegerField()
    """No run after this one uses it."""

    class Meta:
        indexes = ((("site", "hash"), True), (("site", "until_run"), False))


class Run(Table):
    """A request to a script.  Columns as in `app/gateway/messages.py`; those of the end are NULL while it runs."""

    id = AutoIncrementField()  # never given twice, also after the newest runs were cleared
    site = ForeignKeyField(Site, on_delete="CASCADE", index=False)
    script = IntegerField()  # a foreign key would search all runs for each script of a site that is forgotten
    started_us = IntegerField()
    method = TextField()
    target = BlobField()
    version = TextField()
    base = IntegerField(null=True)
    """A blob with the facts of an earlier run of this script; `opening` is how this one differs (`meta.py`)."""

    opening = TextField(null=True)
    stdin = IntegerField(null=True)
    stdin_size = IntegerField()
    redirected_from = IntegerField(null=True)

    end = TextField(default="running")
    exit = IntegerField(null=True)
    signal = IntegerField(null=True)
    errno = IntegerField(null=True)
    limit = TextField(null=True)
    limit_value = FloatField(null=True)
    interrupted_by = TextField(null=True)
    response = TextField(null=True)
    status = IntegerField(null=True)
    is_replaced = BooleanField(null=True)
    stdout = IntegerField(null=True)
    stdout_size = IntegerField(null=True)
    stderr = IntegerField(null=True)
    stderr_size = IntegerField(null=True)
    queue_us = IntegerField(null=True)
    spawn_us = IntegerField(null=True)
    first_byte_us = IntegerField(null=True)
    total_us = IntegerField(null=True)
    user_us = IntegerField(null=True)
    system_us = IntegerField(null=True)
    peak_kib = IntegerField(null=True)
    peak_is_bound = BooleanField(null=True)
    verdict = TextField(null=True)
    tag = TextField(null=True)
    closing = TextField(null=True)
    """JSON: response_headers, header_error, notes, explanations; those that are not empty."""

    bytes = IntegerField()
    """Its bodies and documents before compression: what it counts for against keep.bytes_gib."""


# The number of the run is the last column of any index, so these are in its order.
Run.add_index(Run.site, name="run_site")
# Running rows are not in run_verdict, and only they are in run_running: no index is written twice for a run.
Run.add_index(Run.site, Run.verdict, where=SQL("verdict IS NOT NULL"), name="run_verdict")
Run.add_index(Run.site, where=SQL("\"end\" = 'running'"), name="run_running")


class Tally(Table):
    """How many runs of a site began in these ten seconds, and how many of them failed.

    A pulse of the last days, which retention does not thin out: pruned runs have happened all the same.
    """

    site = ForeignKeyField(Site, on_delete="CASCADE", index=False)
    slot = IntegerField()
    """started_us // TALLY_US."""

    runs = IntegerField()
    failed = IntegerField()

    class Meta:
        primary_key = CompositeKey("site", "slot")
        without_rowid = True


class Setting(Table):
    name = TextField(primary_key=True)
    value = TextField()
    """JSON."""


class Mark(Table):
    """What the database notes about itself: 'in_use' (removed at a clean exit), 'salvage' (work left to do)."""

    name = TextField(primary_key=True)
    value = TextField()


TABLES: tuple[type[Table], ...] = (Site, Script, Blob, BlobUse, Run, Tally, Setting, Mark)
TALLY_US = 10_000_000
VERDICTS = ("good", "suspicious", "failed")


def create(db: SqliteDatabase) -> None:
    """All tables in a new file."""
    for table in TABLES:
        SchemaManager(table, database=db).create_all(safe=False)
