"""How reviews stand in the morning: who has returned, what waits, how the last run ended; one that cannot be read is one line."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.cli import main
from pipelines.decisions import add_records
from pipelines.nightly import status as module
from pipelines.nightly.last_run import FAILURES, FILE
from pipelines.nightly.status import FAILED, IN_ORDER, WAITS, Asked, status_of, statuses
from pipelines.nightly.status_json import as_json
from pipelines.nightly.telling import lines_of, page_of
from tests.pipelines.nightly.reviews import ASKED, LAST_NIGHT, NOW, READ, in_order, make, record, returned, told
from timeline.errors import OutputError


def stands(review, asked=ASKED):
    return status_of(review, 1, asked)


def lines(folder, asked=ASKED):
    return "\n".join(lines_of(page_of(statuses(folder, asked), asked)))


def agency(review, folder="gp", asked=ASKED):
    return next(each for each in stands(review, asked).agencies if each.folder == folder)


def test_a_review_of_which_nothing_waits_is_in_order(tmp_path):
    assert stands(in_order(tmp_path / "one")).level == IN_ORDER
    assert lines(tmp_path).splitlines() == [
        "1 review: 1 in order",
        "SCR-1: in order",
        "    agencies: 2 of 2 returned",
        "    runs: last good run Sat 5 July 2031, 02:30 BST",
    ]


WAITING = {
    "3 files refused": told(returned("gp/1"), returned("police/1"), *[returned(f"gp/{number}", "rejected") for number in (2, 3, 4)]),
    "1 file to check": told(returned("gp/1"), returned("police/1", is_open=True)),
    "4 rows to mend": told(returned("gp/1", unread=3), returned("police/1", unread=1)),
    "2 events to check": told(returned("gp/1"), returned("police/1"), to_check=2),
    "7 decisions open": told(returned("gp/1"), returned("police/1"), waiting=7),
    "7 decisions open; 2 of them in conflict": told(returned("gp/1"), returned("police/1"), waiting=7, conflicts=2),
    "1 remark on the board's workbooks": told(returned("gp/1"), returned("police/1"), notes=("one is open",)),
}


@pytest.mark.parametrize("words", WAITING)
def test_whatever_waits_for_a_person_is_counted(tmp_path, words):
    review = make(tmp_path / "one", outcome=WAITING[words], ended=LAST_NIGHT)
    assert stands(review).level == WAITS
    assert f"to do: {words}" in lines(tmp_path)
    assert "SCR-1: waits for a person" in lines(tmp_path)


@pytest.mark.parametrize(
    ("due", "left", "level", "words"),
    [
        ("2031-07-17", 12, IN_ORDER, "gp: missing, 12 days left (due on 17 July 2031)"),
        ("2031-07-06", 1, IN_ORDER, "gp: missing, 1 day left (due on 6 July 2031)"),
        ("2031-07-05", 0, IN_ORDER, "gp: missing, due today"),
        ("2031-07-04", -1, WAITS, "gp: missing, 1 day overdue (due on 4 July 2031)"),
        ("", None, WAITS, "gp: missing, no day set"),
    ],
)
def test_a_missing_agency_has_so_many_days_left_and_waits_when_they_are_over_or_nobody_set_a_day(tmp_path, due, left, level, words):
    gp = f"due_on = {due}" if due else ""
    review = make(tmp_path / "one", files=("police",), gp=gp, outcome=told(returned("police/1")), ended=LAST_NIGHT)
    assert (agency(review).state, agency(review).days_left, stands(review).level) == ("missing", left, level)
    assert words in lines(tmp_path)
    assert "1 of 2 returned" in lines(tmp_path)


def test_the_day_on_which_an_agency_was_asked_is_told(tmp_path):
    make(tmp_path / "one", files=("police",), gp="asked_on = 2031-06-01\ndue_on = 2031-07-17")
    assert "gp: missing, 12 days left (due on 17 July 2031), asked on 1 June 2031" in lines(tmp_path)


def test_days_and_times_are_those_of_the_board_and_not_of_the_machine(tmp_path):
    review = make(tmp_path / "one", files=("police",), gp="due_on = 2031-07-05", outcome=told(returned("police/1")), ended=NOW)
    late = Asked(datetime(2031, 7, 5, 23, 30, tzinfo=UTC), ASKED.older_than)
    assert agency(review, asked=late).days_left == -1
    text = review.case_file.read_text().replace('jurisdiction = "jersey"', 'timezone = "America/New_York"')
    review.case_file.write_text(text)
    assert agency(review, asked=late).days_left == 0
    assert "02:30 EDT" in lines(tmp_path, late)


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "../../etc/passwd", ""])
def test_a_time_zone_that_there_is_none_of_is_said(tmp_path, zone):
    review = in_order(tmp_path / "one")
    review.case_file.write_text(review.case_file.read_text().replace('jurisdiction = "jersey"', f'timezone = "{zone}"'))
    found = stands(review)
    assert found.level == (FAILED if zone else IN_ORDER)
    assert ("timezone" in found.problem) == bool(zone)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (told(returned("police/1"), returned("gp/1", "rejected")), "unreadable"),
        (told(returned("police/1"), returned("gp/1", "ignored")), "unreadable"),
        (told(returned("police/1")), "to be read"),
        (None, "to be read"),
        (told(returned("police/1"), returned("gp/1"), returned("gp/2", "superseded")), "returned"),
    ],
)
def test_an_agency_has_returned_when_something_of_it_was_read(tmp_path, outcome, state):
    review = make(tmp_path / "one", outcome=outcome, ended=LAST_NIGHT)
    assert agency(review).state == state
    assert agency(review).waits == (state == "unreadable")


def test_an_agency_whose_files_were_taken_away_is_missing_again(tmp_path):
    review = in_order(tmp_path / "one")
    next((review.intake / "gp").iterdir()).unlink()
    assert agency(review).state == "missing"


@pytest.mark.parametrize("how", sorted(FAILURES))
def test_a_failed_run_is_told_with_its_kind_and_when_the_last_good_one_was(tmp_path, how):
    review = make(tmp_path / "one", outcome=READ, ended=LAST_NIGHT, how=how, good=LAST_NIGHT - timedelta(hours=12))
    assert stands(review).level == FAILED
    assert "SCR-1: its last run failed" in lines(tmp_path)
    assert "last good run Fri 4 July 2031, 14:30 BST; the last one failed Sat 5 July 2031, 02:30 BST: " in lines(tmp_path)


def test_a_run_that_was_cut_off_is_told_and_one_that_is_at_work_is_none(tmp_path):
    review = in_order(tmp_path / "one")
    record(review, began_at=LAST_NIGHT, good_at=LAST_NIGHT - timedelta(hours=12), how="")
    with review.alone():
        assert stands(review).level == IN_ORDER
        assert "at work since Sat 5 July 2031, 02:30 BST" in lines(tmp_path)
    assert stands(review).level == FAILED
    assert "the one begun Sat 5 July 2031, 02:30 BST was cut off" in lines(tmp_path)


@pytest.mark.parametrize(("hours", "level"), [(26, IN_ORDER), (26.5, FAILED), (-0.5, IN_ORDER), (-2, FAILED)])
def test_a_last_good_run_may_be_so_many_hours_old_and_not_lie_in_the_future(tmp_path, hours, level):
    make(tmp_path / "one", outcome=READ, ended=NOW - timedelta(hours=hours))
    (found,) = statuses(tmp_path, ASKED)
    assert found.level == level
    assert ("has had no good run for too long" in lines(tmp_path)) == (level == FAILED)


def test_a_review_that_nobody_has_sent_anything_to_has_nothing_to_run(tmp_path):
    review = make(tmp_path / "one", files=(), gp="due_on = 2031-07-17", ended=LAST_NIGHT, how="case")
    assert stands(review).level == WAITS  # the police have no day
    assert "no day set" in lines(tmp_path)
    assert "failed" not in lines(tmp_path)


def test_files_that_no_run_has_read_wait_no_longer_than_a_run_may_be_old(tmp_path):
    review = make(tmp_path / "one")
    for path in review.intake.rglob("*.csv"):
        os.utime(path, (0, 0))  # the agency's own times say nothing
    now = datetime.now(UTC)
    assert stands(review, Asked(now, timedelta(hours=1))).level == IN_ORDER
    assert stands(review, Asked(now + timedelta(hours=2), timedelta(hours=1))).level == FAILED


@pytest.mark.parametrize(
    "damage", ["", "[]", "{}", '{"outcome": 3}', '{"outcome": {"returns": [], "board": {}}}', '{"outcome": {"returns": 1}}']
)
def test_where_what_a_good_run_told_is_lost_that_is_said(tmp_path, damage):
    review = in_order(tmp_path / "one")
    (review.output / "restricted" / "inputs.json").write_text(damage)
    assert stands(review).level == FAILED
    assert "what it told is lost" in lines(tmp_path)


def test_a_closed_review_is_listed_and_waits_for_nothing(tmp_path):
    review = make(tmp_path / "one", files=(), ended=LAST_NIGHT, how="leak")
    add_records(review.decisions_file, [{"about": "archive", "by": "AB"}], datetime(2031, 5, 6, tzinfo=UTC))
    assert stands(review).level == IN_ORDER
    assert lines(tmp_path).splitlines() == ["1 review: 1 closed", "SCR-1: closed on 2031-05-06"]
    review.case_file.write_text("[case")
    assert lines(tmp_path).splitlines()[1] == "review 1 in order of name: closed on 2031-05-06"
    add_records(review.decisions_file, [{"about": "reopen", "by": "AB", "why": "more came"}])
    assert stands(review).level == FAILED


DAMAGE = {
    "case.toml": lambda review: review.case_file.write_text("[case"),
    "decisions.jsonl": lambda review: review.decisions_file.write_text("spoiled\n"),
    "intake/": lambda review: (review.folder / "intake").rename(review.folder / "elsewhere"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_review_is_one_line_and_never_the_end_of_the_list(tmp_path, what):
    for name in ("a", "b", "c"):
        in_order(tmp_path / name, f"SCR-{name}")
    DAMAGE[what](statuses_folder(tmp_path, "b"))
    found = lines(tmp_path).splitlines()
    assert found[0] == "3 reviews: 1 failed, 2 in order"
    (line,) = [each for each in found if each.startswith("review 2 in order of name: ")]
    assert what in line
    assert [each for each in found if each.startswith("SCR-")] == ["SCR-a: in order", "SCR-c: in order"]


def statuses_folder(folder, name):
    from pipelines.review import open_review

    return open_review(folder / name)


def test_a_fault_of_the_program_with_one_review_is_one_line_without_its_words(tmp_path, monkeypatch):
    in_order(tmp_path / "a", "SCR-a")
    in_order(tmp_path / "b", "SCR-b")
    read = module.read_case
    monkeypatch.setattr(module, "read_case", lambda path: read(path) if path.parent.name == "b" else {}["Marisol Tregarthen"])
    found = lines(tmp_path)
    assert "a fault of the program (KeyError)" in found
    assert "SCR-b: in order" in found
    assert "Tregarthen" not in found


def test_a_folder_without_a_review_or_none_at_all_is_an_error(tmp_path):
    with pytest.raises(OutputError, match="no review"):
        statuses(tmp_path, ASKED)
    with pytest.raises(OutputError, match="no such folder"):
        statuses(tmp_path / "none", ASKED)


def test_no_name_and_no_file_name_stands_in_the_lines_or_the_json(tmp_path):
    for number, outcome in enumerate([*WAITING.values(), None]):
        make(tmp_path / str(number), f"SCR-{number}", outcome=outcome, ended=LAST_NIGHT)
    found = statuses(tmp_path, ASKED)
    said = lines(tmp_path) + json.dumps(as_json(found, ASKED))
    assert "SCR-3" in said
    assert not [word for word in ("Marisol", "Tregarthen", "Quillfeather", ".csv", "one is open", str(tmp_path)) if word in said]


def test_the_list_reads_and_writes_nothing(tmp_path):
    review = in_order(tmp_path / "one")
    record(review, began_at=LAST_NIGHT, how="")
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in tmp_path.rglob("*")}
    lines(tmp_path)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in tmp_path.rglob("*")} == before


def now_and(folder, reference="SCR-1", **given):
    """A review as it stands by the clock of the machine."""
    return make(folder, reference, **{"outcome": READ, "ended": datetime.now(UTC) - timedelta(hours=5), **given})


@pytest.mark.parametrize(
    ("given", "status"), [({}, 0), ({"outcome": WAITING["4 rows to mend"]}, 1), ({"ended": datetime(2031, 1, 1, tzinfo=UTC)}, 2)]
)
def test_the_exit_status_is_that_of_the_review_that_stands_worst(tmp_path, capsys, given, status):
    now_and(tmp_path / "a")
    now_and(tmp_path / "b", "SCR-2", **given)
    assert main(["status", str(tmp_path)]) == status
    assert capsys.readouterr().out.startswith("2 reviews: ")


def test_how_old_a_run_may_be_can_be_said(tmp_path, capsys):
    now_and(tmp_path / "a")
    assert main(["status", str(tmp_path), "--older-than", "4"]) == 2
    assert main(["status", str(tmp_path), "--older-than", "5.5"]) == 0
    for wrong in ("0", "-1", "nan", "soon"):
        with pytest.raises(SystemExit):
            main(["status", str(tmp_path), "--older-than", wrong])


def test_the_json_holds_what_a_program_that_watches_needs(tmp_path, capsys):
    now_and(tmp_path / "a", outcome=WAITING["4 rows to mend"], gp="asked_on = 2031-06-01\ndue_on = 2031-07-17")
    now_and(tmp_path / "b").case_file.write_text("[case")
    assert main(["status", str(tmp_path), "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert (found["status"], found["older_than_hours"]) == (2, 26)
    first, second = found["reviews"]
    assert (first["reference"], first["status"], first["to_do"]["rows_to_mend"]) == ("SCR-1", 1, 4)
    assert first["agencies"][1]["due_on"] == "2031-07-17"
    assert first["runs"]["last_ended"] == "good"
    assert datetime.fromisoformat(first["runs"]["last_good_at"]).tzinfo is not None
    assert (second["number"], second["status"], second["runs"]) == (2, 2, None)
    assert "case.toml" in second["problem"]


@pytest.mark.models
def test_after_a_real_run_the_review_is_listed_with_what_that_run_told(tiny, capsys):
    status = main(["run", str(tiny)])
    assert status in (0, 1)
    assert (tiny / "record" / FILE).stat().st_mode & 0o077 == 0
    main(["review", str(tiny)])
    opened = sum(int(line.split()[0]) for line in capsys.readouterr().out.splitlines() if line.split()[0].isdigit())
    assert main(["status", str(tiny.parent), "--json"]) == (1 if opened else status)
    (found,) = json.loads(capsys.readouterr().out)["reviews"]
    assert found["reference"] == "LR-TINY"
    assert [each["state"] for each in found["agencies"]] == ["returned", "returned"]
    assert found["to_do"]["decisions_open"] == opened
