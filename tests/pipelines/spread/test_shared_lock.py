"""One run at a time on a review over all machines, by a lock that a PostgreSQL holds."""

import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipelines import composition, decisions
from pipelines.cli import main
from pipelines.decisions import add_records, read_records
from pipelines.locks import Lock
from pipelines.news import has_something_new
from pipelines.nightly.review_ids import id_of
from pipelines.outputs import put_in_place, settle
from pipelines.review import open_review
from pipelines.spread import shared_lock
from pipelines.spread.places import is_this_machine
from tests.conftest import ROOT
from tests.pipelines.invariants import assert_holds, documents
from timeline.errors import CaseError, OutputError

HOLDS = (
    "import sys, time; from pathlib import Path; from pipelines.spread.shared_lock import held\n"
    "with held(Path(sys.argv[1]), 0): print('held', flush=True); time.sleep(600)\n"
)
ADDS = """
import fcntl, sys, time
from pathlib import Path
from pipelines import decisions
fcntl.flock = lambda file, how: None  # storage that says yes and tells no other machine
put = decisions._put
decisions._put = lambda *given: (time.sleep(0.05), put(*given))  # as far away as storage can be
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    decisions.add_records(Path(sys.argv[1]) / "record" / "decisions.jsonl", [{"about": "test", "number": f"{sys.argv[2]}-{number}"}])
"""
OURS = "select pid from pg_stat_activity where application_name = 'chronology'"


@pytest.fixture
def locks(postgres, tmp_path, monkeypatch):
    """The setting that keeps locks in the cluster: the file that holds its address."""
    file = tmp_path / "locks"
    file.write_text(postgres.url("postgres") + "\n")
    file.chmod(0o600)
    monkeypatch.setenv("CHRONOLOGY_LOCKS", str(file))
    return file


@pytest.fixture
def changed(direct, tmp_path):
    """A copy of a review that was run, in which something is new."""
    review = Path(shutil.copytree(direct, tmp_path / "changed"))
    with next((review / "intake" / "school").iterdir()).open("a", encoding="utf-8") as file:
        file.write("05/11/2022,Toby Wrenfield,Seen at home.,None,Yes\n")
    return review


@pytest.fixture
def elsewhere(tiny, locks):
    """A run on another machine that holds the lock of the tiny review: the lock on this disk is free."""
    process = subprocess.Popen([sys.executable, "-c", HOLDS, str(tiny)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_run_leaves_a_review_on_which_another_machine_works(tiny, elsewhere, capsys):
    assert main(["run", str(tiny)]) == 2
    assert "another run is working on this review, on another machine" in capsys.readouterr().err
    assert not (tiny / "output").exists()
    assert open_review(tiny).is_at_work()
    elsewhere.kill()
    deadline = time.monotonic() + 20
    while open_review(tiny).is_at_work():
        assert time.monotonic() < deadline


def test_the_lock_of_a_killed_run_is_free_at_once(tiny, elsewhere):
    elsewhere.send_signal(signal.SIGKILL)
    start = time.monotonic()
    with open_review(tiny, waits_seconds=10).alone() as still_alone:
        still_alone()
    assert time.monotonic() - start < 10


def test_who_waits_gets_the_lock_when_the_other_run_ends(tiny, elsewhere):
    threading.Timer(1.0, elsewhere.kill).start()
    with open_review(tiny, waits_seconds=30).alone() as still_alone:
        still_alone()
        assert elsewhere.wait(10) == -signal.SIGKILL


def test_a_lock_that_was_let_go_is_free_at_once(tiny, locks):
    for _ in range(5):
        with open_review(tiny, waits_seconds=0).alone() as still_alone:
            still_alone()


def test_two_reviews_do_not_keep_each_other_waiting(tiny, elsewhere):
    other = Path(shutil.copytree(tiny, tiny.parent / "other", ignore=shutil.ignore_patterns("record")))
    with open_review(other).alone() as still_alone:
        still_alone()


def test_the_database_is_told_a_number_and_nothing_else(tiny, locks, postgres):
    with open_review(tiny).alone():
        number = shared_lock.number_of(id_of(tiny.parent, tiny))
        ((held,),) = postgres.ask("select (classid::bigint << 32) | objid::bigint from pg_locks where locktype = 'advisory' and granted")
        assert held == number
        ((told,),) = postgres.ask("select string_agg(query, ' ') from pg_stat_activity where application_name = 'chronology'")
        assert "tiny" not in told
    assert not postgres.ask("select 1 from pg_locks where locktype = 'advisory'")


def test_no_line_is_lost_where_two_machines_add_to_the_log_and_the_storage_passes_no_locks_on(tiny, locks):
    log = open_review(tiny).decisions_file
    log.parent.mkdir(exist_ok=True)
    id_of(tiny.parent, tiny)  # without file locks two machines that ask for it first at the same moment can be in each other's way
    command = [sys.executable, "-c", ADDS, str(tiny)]
    machines = [
        subprocess.Popen([*command, name, "10"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for name in "ab"
    ]
    for machine in machines:
        assert machine.stdout.readline() == "ready\n"
    for machine in machines:
        machine.stdin.write("go\n")
        machine.stdin.flush()
    for machine in machines:
        machine.communicate(timeout=60)
        assert machine.returncode == 0
    added = sorted(record["number"] for record in read_records(log, "test"))
    assert added == sorted(f"{name}-{number}" for name in "ab" for number in range(10))


def test_a_decision_needs_not_wait_for_a_run_on_another_machine(tiny, elsewhere):
    log = open_review(tiny).decisions_file
    log.parent.mkdir(exist_ok=True)
    add_records(log, [{"about": "test", "number": 1}])
    assert [record["number"] for record in read_records(log, "test")] == [1]


def test_a_line_is_not_added_while_another_machine_adds_one(tiny, locks, monkeypatch):
    log = open_review(tiny).decisions_file
    log.parent.mkdir(exist_ok=True)
    monkeypatch.setattr(decisions, "_WAITS_SECONDS", 0.0)
    with shared_lock.held(tiny, 0, Lock.LOG), pytest.raises(OutputError, match=r"decisions\.jsonl is being added to on another machine"):
        add_records(log, [{"about": "test"}])
    assert not log.exists()
    add_records(log, [{"about": "test"}])


def test_a_line_is_not_added_under_a_lock_that_was_lost(tiny, locks, postgres, monkeypatch):
    log = open_review(tiny).decisions_file
    log.parent.mkdir(exist_ok=True)
    add_records(log, [{"about": "test"}])
    before = log.read_bytes()
    end_of = decisions._end_of

    def end_of_without_the_connection(*given):
        ((pid,),) = postgres.ask(OURS)
        postgres.ask("select pg_terminate_backend($1)", pid)
        return end_of(*given)

    monkeypatch.setattr(decisions, "_end_of", end_of_without_the_connection)
    with pytest.raises(OutputError, match="went away meanwhile"):
        add_records(log, [{"about": "test"}])
    assert log.read_bytes() == before


@pytest.mark.models
def test_a_run_whose_lock_is_lost_leaves_the_earlier_documents_alone(changed, locks, postgres, monkeypatch, capsys):
    before = documents(changed)
    memory = (changed / "record" / "ids.json").read_bytes()
    merged = composition.merge

    def merged_without_the_connection(*given):
        ((pid,),) = postgres.ask(OURS)
        postgres.ask("select pg_terminate_backend($1)", pid)
        return merged(*given)

    monkeypatch.setattr(composition, "merge", merged_without_the_connection)
    assert main(["run", str(changed)]) == 2
    assert "went away meanwhile" in capsys.readouterr().err
    assert documents(changed) == before
    assert (changed / "record" / "ids.json").read_bytes() == memory
    monkeypatch.undo()
    monkeypatch.setenv("CHRONOLOGY_LOCKS", str(locks))
    assert main(["run", str(changed)]) in (0, 1)
    assert_holds(changed)


@pytest.mark.models
def test_a_run_that_lost_its_lock_unseen_cannot_switch_once_another_has_begun(changed, monkeypatch, capsys):
    before = documents(changed)

    def after_another_began(staged, output, *more):
        settle(output)
        put_in_place(staged, output, *more)

    monkeypatch.setattr(composition, "put_in_place", after_another_began)
    assert main(["run", str(changed)]) == 2
    assert "the earlier documents are as they were" in capsys.readouterr().err
    assert documents(changed) == before
    assert has_something_new(open_review(changed))  # for the next run, which finishes as after any other that fails


def test_a_lock_that_is_no_longer_held_is_seen_although_the_connection_stands(tiny, locks, postgres, monkeypatch):
    let_go = []
    asked = shared_lock._asked

    async def asked_after_it_was_freed(connection, question, number):
        if question == shared_lock._HELD and not let_go:
            let_go.append(await connection.fetchval(shared_lock._FREE, number))
        return await asked(connection, question, number)

    monkeypatch.setattr(shared_lock, "_asked", asked_after_it_was_freed)
    with open_review(tiny).alone() as still_alone, pytest.raises(OutputError, match="no longer holds"):
        still_alone()
    assert let_go == [True]


def test_a_database_that_does_not_answer_is_one_line_without_its_password(tiny, locks, capsys):
    locks.write_text("postgresql://chronology:geheim@127.0.0.1:9/postgres")
    assert main(["run", str(tiny)]) == 2
    told = capsys.readouterr().err
    assert "does not let us in" in told
    assert "geheim" not in told


def test_a_wrong_password_is_one_line(tiny, locks, postgres, capsys):
    locks.write_text(postgres.url("postgres").replace("only-for-tests", "geheim"))
    assert main(["run", str(tiny)]) == 2
    told = capsys.readouterr().err
    assert "InvalidPasswordError" in told
    assert "geheim" not in told


@pytest.mark.parametrize(
    ("text", "mode", "told"),
    [
        ("postgresql://a:b@127.0.0.1/locks", 0o644, "can be read by others"),
        ("postgresql://a:b@database.example/locks", 0o600, "verify-full"),
        ("postgresql://a:b@database.example/locks?sslmode=require", 0o600, "verify-full"),
        ("sqlite:///locks", 0o600, "one line"),
        ("postgresql://[::1/locks", 0o600, "no address"),
        ("", 0o600, "one line"),
    ],
)
def test_an_address_that_is_none_or_not_safe_is_refused(tiny, locks, text, mode, told):
    locks.write_text(text)
    locks.chmod(mode)
    with pytest.raises(CaseError, match=told), open_review(tiny).alone():
        pass


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "/run/postgresql"])
def test_loopback_is_this_machine(host):
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "0.0.0.0", "::", "localhost.example", "127.0.0.1.example", ""])  # noqa: S104 - no binding
def test_every_other_host_is_another_machine(host):
    assert not is_this_machine(host)
