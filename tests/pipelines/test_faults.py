"""Whatever happens to a run, the next one finishes: no row lost or doubled, no half document ever seen, earlier drafts stay."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractors import apart
from pipelines import composition, intake, reading, run
from pipelines.cli import main
from pipelines.news import has_something_new
from pipelines.review import open_review
from tests.conftest import ROOT, TINY
from tests.pipelines.invariants import assert_holds, documents, load

pytestmark = pytest.mark.models
KILLS = int(os.environ.get("KILLS", "8"))  # `make torture` asks for more
CHANGED = ("06/12/2022", "07/12/2022")


@pytest.fixture
def made(tmp_path_factory, once):
    """A copy of the tiny review after one run of it."""
    return Path(shutil.copytree(once, tmp_path_factory.mktemp("review") / "tiny"))


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    review = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("once") / "tiny"))
    assert main(["run", str(review)]) in (0, 1)
    assert_holds(review)
    return review


def table_of(review):
    return review / "intake" / "school" / "oakfield chronology.csv"


def add_a_row(review, number):
    with table_of(review).open("a", encoding="utf-8") as file:
        file.write(f"{number % 28 + 1:02}/11/2022,Toby Wrenfield,Visit number {number} by Ms Nandakumar; Hannah was in.,None,Yes\n")


def begun(review, **options):
    command = [sys.executable, "-m", "pipelines.cli", "run", str(review)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True, **options)


def as_an_undisturbed_run_makes_it(review, elsewhere):
    """What a run of the same review makes that nothing ever happened to: the same record, no outputs, no caches."""
    fresh = Path(shutil.copytree(review, elsewhere / "fresh", ignore=shutil.ignore_patterns("output")))
    assert main(["run", str(fresh)]) in (0, 1)
    return documents(fresh)


def test_runs_that_are_killed_at_random_moments_lose_nothing(made, tmp_path):
    chance = random.Random(KILLS)  # noqa: S311 - a fixed start: the same moments every time
    start = time.monotonic()
    add_a_row(made, 0)
    assert begun(made).wait(300) in (0, 1)
    seconds = time.monotonic() - start
    stopped = 0
    for number in range(1, KILLS + 1):
        before = documents(made)
        add_a_row(made, number)
        process = begun(made)
        try:
            process.wait(seconds * chance.random())
        except subprocess.TimeoutExpired:
            process.kill()
            stopped += process.wait() == -signal.SIGKILL
        assert_holds(made)
        if process.returncode == -signal.SIGKILL:
            assert before.keys() == documents(made).keys()
    assert stopped
    assert main(["run", str(made)]) in (0, 1)
    assert_holds(made)
    assert sum("Visit number" in event["text"] for event in load(made, "working/timeline.json")["events"]) == KILLS + 1
    assert documents(made).keys() == as_an_undisturbed_run_makes_it(made, tmp_path).keys()
    assert {path.name for path in (made / "output").iterdir()} == {"working", "anonymised", "review", "restricted"}


def test_a_run_with_caches_makes_what_one_without_them_makes_whatever_changes(made, tmp_path):
    def corrected():
        text = table_of(made).read_text("utf-8")
        table_of(made).write_text(text.replace("tired and without a coat", "tired, cold and without a coat"), "utf-8")

    def another_in_the_cast():
        people = made / "people.csv"
        people.write_text(people.read_text("utf-8") + "P9,Ottoline Marchbanks,,,Aunt,family,,\n", "utf-8")

    def damaged():
        for path in (made / "output" / "restricted" / ".cache").iterdir():
            path.write_bytes(path.read_bytes()[:-3] + b"\0\0\0")
        add_a_row(made, 2)

    def no_caches():
        shutil.rmtree(made / "output" / "restricted" / ".cache")
        add_a_row(made, 3)

    changes = (lambda: add_a_row(made, 1), corrected, another_in_the_cast, damaged, no_caches, lambda: table_of(made).unlink())
    for number, change in enumerate(changes):
        change()
        without = Path(shutil.copytree(made, tmp_path / str(number)))
        shutil.rmtree(without / "output" / "restricted" / ".cache", ignore_errors=True)
        assert main(["run", str(made)]) == main(["run", str(without)])
        assert_holds(made)
        assert documents(made) == documents(without)


def test_a_run_that_finds_nothing_new_writes_nothing_and_tells_the_same(made, capsys):
    capsys.readouterr()
    add_a_row(made, 1)
    status = main(["run", str(made)])
    told = capsys.readouterr().err.splitlines()
    before = {path: path.stat().st_mtime_ns for path in (made / "output").rglob("*")}
    assert main(["run", str(made)]) == status
    again = capsys.readouterr().err.splitlines()
    assert "nothing is new" in " ".join(again)
    assert [line for line in again if ": read, " in line or " events, " in line] == [
        line for line in told if ": read, " in line or " events, " in line
    ]
    assert {path: path.stat().st_mtime_ns for path in (made / "output").rglob("*")} == before


@pytest.mark.parametrize("name", ["working/timeline.docx", "anonymised/anonymised.json", "restricted/key.json", "restricted/inputs.json"])
def test_a_document_that_is_gone_or_was_changed_is_made_again(made, name):
    before = documents(made)
    (made / "output" / name).unlink()
    assert main(["run", str(made)]) in (0, 1)
    assert documents(made) == before
    (made / "output" / name).write_bytes(b"changed")
    assert main(["run", str(made)]) in (0, 1)
    assert documents(made) == before


def test_a_crashing_reader_and_one_without_memory_lose_their_file_for_this_run_alone(made, monkeypatch):
    add_a_row(made, 1)
    child = apart.ask_reader
    for code, told in ((-signal.SIGSEGV, ""), (1, "memory")):
        monkeypatch.setattr(apart, "ask_reader", lambda *_, code=code, told=told: (code, b"", told))
        assert main(["run", str(made)]) == 1
        assert_holds(made)
        files = {each["file"]: each for each in load(made, "working/intake.json")["files"]}
        assert files["school/oakfield chronology.csv"]["status"] == "rejected"
        assert "stopped" in files["school/oakfield chronology.csv"]["reason"]
    monkeypatch.setattr(apart, "ask_reader", child)
    assert main(["nightly", "--once", str(made.parent)]) in (0, 1)
    assert_holds(made)
    assert sum("Visit number" in event["text"] for event in load(made, "working/timeline.json")["events"]) == 1


def test_a_file_that_is_deleted_under_the_run_is_told_and_the_next_run_is_as_if_it_had_never_been(made, monkeypatch, tmp_path, capsys):
    add_a_row(made, 1)
    listed = run.intake

    def listed_then_gone(*given):
        dropped = listed(*given)
        table_of(made).unlink()
        return dropped

    monkeypatch.setattr(run, "intake", listed_then_gone)
    before = documents(made)
    assert main(["run", str(made)]) == 2
    assert "school/1: " in capsys.readouterr().err
    assert documents(made) == before
    monkeypatch.undo()
    assert main(["run", str(made)]) in (0, 1)
    assert_holds(made)
    assert documents(made) == as_an_undisturbed_run_makes_it(made, tmp_path)


@pytest.mark.parametrize("kilobytes", [4, 12, 30, 60])
def test_a_limit_on_the_size_of_files_is_one_line_and_the_earlier_drafts_stay(made, kilobytes):
    before = documents(made)
    add_a_row(made, 1)
    size = kilobytes * 1024
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "run", str(made)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    if done.returncode == 2:
        assert "fault" not in done.stderr
        assert documents(made) == before
    assert_holds(made)
    assert main(["run", str(made)]) in (0, 1)
    assert_holds(made)


def test_of_two_runs_at_once_one_works_and_the_other_leaves(made):
    add_a_row(made, 1)
    both = [begun(made), begun(made)]
    statuses = sorted(each.wait(300) for each in both)
    assert statuses[0] in (0, 1)
    assert statuses[1] in (0, 1, 2)  # 2 where it came while the first was at work; else it found nothing new
    assert_holds(made)


def test_the_lock_of_a_run_that_was_killed_is_free(made):
    add_a_row(made, 1)
    process = begun(made)
    time.sleep(1.5)
    process.kill()
    process.wait()
    assert main(["run", str(made)]) in (0, 1)
    assert_holds(made)


@pytest.mark.parametrize("when", [0, 2**31 - 10])
def test_a_clock_that_is_wrong_changes_no_document(made, tmp_path, when):
    for path in [*(made / "intake").rglob("*"), *(made / "output").rglob("*"), made / "people.csv", made / "case.toml"]:
        os.utime(path, (when, when))
    before = documents(made)
    assert main(["run", str(made)]) in (0, 1)
    assert documents(made) == before
    add_a_row(made, 1)
    os.utime(table_of(made), (when, when))
    assert main(["run", str(made)]) in (0, 1)
    assert_holds(made)
    assert documents(made) == as_an_undisturbed_run_makes_it(made, tmp_path)


@pytest.mark.parametrize("moment", ["find_all", "write_last"])
def test_workbooks_that_are_saved_while_a_run_goes_are_kept_for_the_next(made, monkeypatch, moment):
    add_a_row(made, 1)
    folder = made / "output" / "review"
    main_one, colleagues = folder / "anonymisation-review.xlsx", folder / "the chair's.xlsx"
    shutil.copy(main_one, colleagues)
    where = composition.steps if moment == "find_all" else composition
    real = getattr(where, moment)

    def saved_meanwhile(*given, **more):
        for path in (main_one, colleagues):
            path.write_bytes(path.read_bytes() + b"saved")
        return real(*given, **more)

    monkeypatch.setattr(where, moment, saved_meanwhile)
    assert main(["run", str(made)]) in (0, 1)
    (kept,) = folder.glob("saved-during-a-run-*.xlsx")
    assert kept.read_bytes().endswith(b"saved")
    assert not main_one.read_bytes().endswith(b"saved")
    assert colleagues.read_bytes().endswith(b"saved")
    kept.unlink()  # so that the colleague's alone is new
    assert has_something_new(open_review(made))


@pytest.mark.parametrize("how", ["still written", "changed while it is read"])
def test_a_return_that_is_being_copied_over_takes_no_agency_out_of_the_timeline(made, monkeypatch, capsys, how):
    before = documents(made)
    add_a_row(made, 1)
    if how == "still written":
        monkeypatch.setattr(intake, "_still_written", lambda _: {table_of(made)})
    else:
        monkeypatch.setattr(reading, "_is_unchanged", lambda dropped: dropped.path != table_of(made))
    assert main(["run", str(made)]) == 2
    assert "school/1: " in (said := capsys.readouterr().err)
    assert "nothing was replaced" in said
    assert documents(made) == before
    monkeypatch.undo()
    assert main(["run", str(made)]) in (0, 1)
    assert sum("Visit number" in event["text"] for event in load(made, "working/timeline.json")["events"]) == 1


def test_a_first_return_that_is_still_being_copied_in_needs_a_person(made, monkeypatch, capsys):
    new = made / "intake" / "school" / "z new.csv"
    new.write_text("Date,Event\n01/11/2022,Seen\n", "utf-8")
    monkeypatch.setattr(intake, "_still_written", lambda _: {new})
    assert main(["run", str(made)]) == 1
    assert "1 file(s) could not be read" in capsys.readouterr().err
    assert_holds(made)
