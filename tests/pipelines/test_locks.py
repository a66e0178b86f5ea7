"""Locks on files: taken by another process, or given by no storage."""

import errno
import fcntl
import os

import pytest

from pipelines import locks
from pipelines.cli import main
from pipelines.decisions import add_records
from pipelines.review import open_review
from timeline.errors import OutputError

NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.EIO)


@pytest.fixture(params=NO_LOCKS, ids=errno.errorcode.get)
def no_locks(request, monkeypatch):
    """Storage that answers a question for a lock with an error."""

    def refused(file, how):
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(fcntl, "flock", refused)


def test_a_line_is_not_added_where_the_storage_gives_no_locks_and_the_error_says_what_to_do(tmp_path, no_locks):
    log = tmp_path / "decisions.jsonl"
    with pytest.raises(OutputError, match=r"locks no files .* have file locks turned on"):
        add_records(log, [{"about": "test"}])
    assert log.read_bytes() == b""


def test_no_run_begins_where_the_storage_gives_no_locks_and_the_error_says_what_to_do(tiny, no_locks, capsys):
    assert main(["run", str(tiny)]) == 2
    told = capsys.readouterr().err
    assert "locks no files" in told
    assert "have file locks turned on" in told
    assert not (tiny / "output").exists()


def test_whether_a_run_is_at_work_is_not_answered_with_no_where_nobody_can_tell(tiny, monkeypatch):
    with open_review(tiny).alone():
        pass

    def refused(file, how):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refused)
    with pytest.raises(OutputError, match="locks no files"):
        open_review(tiny).is_at_work()


@pytest.mark.parametrize("taken", [errno.EAGAIN, errno.EACCES])
def test_both_answers_that_mean_taken_make_a_run_wait(tiny, monkeypatch, taken):
    asked = []

    def busy_at_first(file, how):
        asked.append(how)
        if len(asked) < 3:
            raise OSError(taken, os.strerror(taken))

    monkeypatch.setattr(fcntl, "flock", busy_at_first)
    with open_review(tiny, waits_seconds=10).alone():
        assert len(asked) == 3


def test_a_lock_that_another_has_is_not_taken(tmp_path):
    path = tmp_path / "lock"
    with path.open("w") as first, path.open("w") as second:
        assert locks.lock_file(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
        assert not locks.lock_file(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
        assert not locks.lock_file(second, fcntl.LOCK_SH | fcntl.LOCK_NB)
    with path.open("w") as third:
        assert locks.lock_file(third, fcntl.LOCK_EX | fcntl.LOCK_NB)
