"""One run at a time on a review over all machines, and one that adds to its log: advisory locks of a PostgreSQL database, on the review's random id.

It is held beside the lock on the disk, never instead of it. The one on the disk is needed where the database is not set, holds while the database
is away, and is what `chronology status` asks; the one of the database holds where the storage that machines share does not pass locks on, and
frees itself with the connection of a worker that was killed. A database keeps nothing of it but a number, while it is held.
"""

import asyncio
import contextlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg  # type: ignore[import-untyped]  # it has no types

from pipelines.locks import Lock
from pipelines.nightly.review_ids import id_of
from pipelines.passwords import private_text
from pipelines.spread.places import is_this_machine
from timeline.errors import CaseError, OutputError

SETTING = "CHRONOLOGY_LOCKS"
_WHERE = "the file that CHRONOLOGY_LOCKS names"
_AWAY = "the PostgreSQL that CHRONOLOGY_LOCKS names"
_FAULTS = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
_SECONDS = 10.0  # for one answer of the database
_MOMENT_SECONDS = 0.2
# a machine that loses its power says no goodbye: the database frees its lock after about a minute and a half of silence
_SESSION = {
    "application_name": "chronology",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "15",
    "tcp_keepalives_count": "4",
    "idle_session_timeout": "0",
}
_TAKE, _FREE = "select pg_try_advisory_lock($1)", "select pg_advisory_unlock($1)"
_HELD_BY_ANY = (
    "select count(*) from pg_locks where locktype = 'advisory' and granted and objsubid = 1 "
    "and database = (select oid from pg_database where datname = current_database()) "
    "and ((classid::bigint << 32) | objid::bigint) = $1"
)
_HELD = f"{_HELD_BY_ANY} and pid = pg_backend_pid()"


@contextmanager
def held(review: Path, wait_seconds: float, lock: Lock = Lock.RUN) -> Iterator[Callable[[], None]]:
    """Holds a lock of the review in the database; gives what asks whether it is still held, and raises OutputError where it is not.

    OutputError where another process still has it after so many seconds, or the database does not answer.
    """
    url, number = _url(), number_of(id_of(review.parent, review), lock)
    with asyncio.Runner() as runner:
        connection = runner.run(_connected(url))
        try:
            runner.run(_take(connection, number, wait_seconds, lock))
            yield lambda: runner.run(_must_be_held(connection, number))
        finally:
            runner.run(_let_go(connection, number))


def is_held(review: Path) -> bool:
    """Whether a run on any machine holds the review's lock in the database now; OutputError where the database does not answer."""
    url, number = _url(), number_of(id_of(review.parent, review))

    async def asked() -> bool:
        connection = await _connected(url)
        try:
            return await _asked(connection, _HELD_BY_ANY, number)
        finally:
            connection.terminate()

    return asyncio.run(asked())


def number_of(review_id: str, lock: Lock = Lock.RUN) -> int:
    """The number that stands for a lock of a review in the database: half of the review's random id, as PostgreSQL writes 64 bits."""
    known = bytes.fromhex(review_id)
    return int.from_bytes(known[:8] if lock is Lock.RUN else known[8:], signed=True)


def _url() -> str:
    url = private_text(Path(os.environ[SETTING]), _WHERE).strip()
    try:
        parts = urlsplit(url)
        asked = parse_qs(parts.query)
        host = parts.hostname or asked.get("host", [""])[0]
    except ValueError:
        raise CaseError(f"{_WHERE} holds no address: postgresql://account:password@host/database") from None
    if parts.scheme not in ("postgresql", "postgres") or not host:
        raise CaseError(f"{_WHERE} holds one line: postgresql://account:password@host/database")
    if not is_this_machine(host) and asked.get("sslmode") != ["verify-full"]:
        raise CaseError(
            f"{_WHERE}: the database is on another machine, so add ?sslmode=verify-full&sslrootcert=FILE (and set it up for TLS)"
        )
    return url


async def _connected(url: str) -> asyncpg.Connection:
    try:
        return await asyncpg.connect(url, timeout=_SECONDS, command_timeout=_SECONDS, server_settings=_SESSION)
    except (*_FAULTS, ValueError) as error:
        raise OutputError(f"{_AWAY} does not let us in ({type(error).__name__}): start it, or mend the address") from None


async def _take(connection: asyncpg.Connection, number: int, wait_seconds: float, lock: Lock) -> None:
    until = time.monotonic() + wait_seconds
    while not await _asked(connection, _TAKE, number):
        if time.monotonic() > until:
            raise OutputError(lock.value)
        await asyncio.sleep(_MOMENT_SECONDS)


async def _must_be_held(connection: asyncpg.Connection, number: int) -> None:
    if not await _asked(connection, _HELD, number):
        raise OutputError(f"{_AWAY} no longer holds our lock; what stood there before is as it was: do it again")


async def _asked(connection: asyncpg.Connection, question: str, number: int) -> bool:
    try:
        return bool(await connection.fetchval(question, number))
    except _FAULTS as error:
        raise OutputError(
            f"{_AWAY} went away meanwhile ({type(error).__name__}), and the lock with it; what stood there before is as it was: do it again"
        ) from None


async def _let_go(connection: asyncpg.Connection, number: int) -> None:
    """Frees the lock and ends the connection; where the connection is lost, the database has freed it already."""
    with contextlib.suppress(*_FAULTS):
        if not connection.is_closed():
            await connection.fetchval(_FREE, number)
    connection.terminate()
