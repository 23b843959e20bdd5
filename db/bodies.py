"""Bodies, kept once: what many runs of a site write alike is one row.

The lease.  A body is needed as long as a run uses it, and counting uses would cost a write for each.  Instead
its row names a run after which nobody uses it (`until_run`): a new body is leased to its own run, one that comes
again to the next LEASE runs, so that a hit mostly writes nothing.  Runs go oldest first, so a body is free once its
lease ends before the site's oldest run (`retention.free_bodies`).  Per site, because a site that nobody
visits keeps old runs for ever and would hold everybody's bodies with them.

Only the one writer uses this, so it gives ids itself, and its memory of hashes is right until a transaction is
rolled back (`forget`).
"""

import zlib
from hashlib import blake2b
from typing import NamedTuple

from peewee import SqliteDatabase, fn

from .raw import driver, sql_of
from .tables import Blob, BlobUse

LEASE = 1024
"""Runs (of all sites together)."""

AS_IS, DEFLATED = 0, 1
_WORTH_A_TRY = 200
"""Bytes; shorter bodies gain less than they cost."""

_REMEMBERED = 20_000
"""Hashes in memory; about 4 MB."""


class Body(NamedTuple):
    blob: int
    until_run: int


class Bodies:
    """The bodies of one transaction: `keep` each, then `write` before it commits."""

    def __init__(self, db: SqliteDatabase) -> None:
        self._db = db
        self._known: dict[tuple[int, bytes], Body] = {}
        self._new: list[tuple[int, int, int, bytes]] = []
        self._uses: list[tuple[int, int, bytes, int]] = []
        self._longer: list[tuple[int, int]] = []
        self._next = 0
        self.forget()

    def forget(self) -> None:
        """Believe only what is on disk: after a rollback, or when others deleted bodies."""
        self._known.clear()
        self._new.clear()
        self._uses.clear()
        self._longer.clear()
        self._next = (Blob.select(fn.MAX(Blob.id)).scalar(self._db) or 0) + 1

    def keep(self, site: int, run: int, body: bytes) -> int | None:
        """The blob that holds `body` for this run; None for nothing."""
        if not body:
            return None
        digest = blake2b(body, digest_size=16).digest()
        found = self._known.get((site, digest)) or self._on_disk(site, digest)
        kept = self._lease(found, run) if found else self._add(site, run, digest, body)
        self._known[site, digest] = kept
        return kept.blob

    def extend(self, blob: int, run: int) -> int:
        """Lease a body that was kept before to `run` and those after it; the lease's new end."""
        self._longer.append((run + LEASE, blob))
        return run + LEASE

    def evict(self, site: int, digest: bytes) -> None:
        """It has been deleted."""
        self._known.pop((site, digest), None)

    def write(self) -> None:
        """Put what was kept into the transaction."""
        connection = driver(self._db)
        if self._new:
            connection.executemany(_INSERT_BLOB, self._new)
            connection.executemany(_INSERT_USE, self._uses)
        if self._longer:
            connection.executemany(_EXTEND, self._longer)
        self._new.clear()
        self._uses.clear()
        self._longer.clear()
        if len(self._known) > _REMEMBERED:  # not earlier: `_on_disk` would not find what is not written yet
            self._known.clear()

    def _on_disk(self, site: int, digest: bytes) -> Body | None:
        row = driver(self._db).execute(_FIND, (site, digest)).fetchone()
        return Body(*row) if row else None

    def _lease(self, body: Body, run: int) -> Body:
        if run <= body.until_run:
            return body
        return Body(body.blob, self.extend(body.blob, run))

    def _add(self, site: int, run: int, digest: bytes, body: bytes) -> Body:
        blob, self._next = self._next, self._next + 1
        codec, data = deflate(body)
        self._new.append((blob, len(body), codec, data))
        self._uses.append((blob, site, digest, run))
        return Body(blob, run)


def deflate(body: bytes) -> tuple[int, bytes]:
    """Codec and data.  Level 1 with a small window takes half the time of zlib's own choice, and 2 % more room."""
    if len(body) < _WORTH_A_TRY:
        return AS_IS, body
    small = zlib.compressobj(1, zlib.DEFLATED, wbits=-13, memLevel=6)
    data = small.compress(body) + small.flush()
    return (DEFLATED, data) if len(data) < len(body) else (AS_IS, body)


def inflate(codec: int, data: bytes) -> bytes:
    return zlib.decompress(data, wbits=-15) if codec == DEFLATED else bytes(data)


_INSERT_BLOB = sql_of(Blob.insert({Blob.id: 0, Blob.size: 0, Blob.codec: 0, Blob.data: b""}))
_INSERT_USE = sql_of(BlobUse.insert({BlobUse.blob: 0, BlobUse.site: 0, BlobUse.hash: b"", BlobUse.until_run: 0}))
_EXTEND = sql_of(BlobUse.update({BlobUse.until_run: fn.MAX(BlobUse.until_run, 0)}).where(BlobUse.blob == 0))
_FIND = sql_of(BlobUse.select(BlobUse.blob, BlobUse.until_run).where((BlobUse.site == 0) & (BlobUse.hash == b"")))
