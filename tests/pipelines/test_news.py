"""What counts as new, and what a run that finds nothing new tells."""

import json

import pytest

from pipelines import news
from pipelines.case_file import read_case
from pipelines.cli import main
from pipelines.intake import intake
from pipelines.news import Inputs, has_something_new, last_outcome, write_last
from pipelines.outcome import BoardTold, Outcome, Returned, as_record, from_record
from pipelines.outputs import staging
from pipelines.passwords import Given, Passwords
from pipelines.review import open_review
from pipelines.review_files import read_workbooks

RETURNED = Returned(label="police/1", status="read", reason="", events=7, unread=1, ignored=2, is_open=False)
OUTCOME = Outcome(
    reference="R-1", returns=(RETURNED,), events=7, findings=3, to_check=2, board=BoardTold(waiting=4, conflicts=1, notes=("a note",))
)


def inputs_of(folder):
    review = open_review(folder)
    return Inputs.of(review, intake(review, read_case(review.case_file)))


@pytest.fixture
def kept(tiny):
    """The tiny review with the record of a run that made one document; gives how that run is written down and looked for."""

    def write(**more):
        review = open_review(tiny)
        with staging(review.output) as staged:
            (staged / "working" / "timeline.docx").write_bytes(b"made")
            write_last(review, staged, inputs_of(tiny), OUTCOME, **{"again": (), "locked": (), **more})
            for name in ("working/timeline.docx", news.RECORD):
                (review.output / name).parent.mkdir(exist_ok=True)
                (staged / name).rename(review.output / name)

    return write


def last(folder, **given):
    return last_outcome(open_review(folder), inputs_of(folder), Passwords(**given))


def add(path, words):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(words)


CHANGES = {
    "a file": lambda review: add(review / "intake" / "school" / "more.csv", "Date,Event\n"),
    "the name of a file": lambda review: next((review / "intake" / "school").iterdir()).rename(review / "intake" / "school" / "z.csv"),
    "the case": lambda review: add(review / "case.toml", "# a remark\n"),
    "the cast": lambda review: add(review / "people.csv", "P9,Ottoline Marchbanks,,,Aunt,family,,\n"),
    "a decision": lambda review: add(review / "record" / "decisions.jsonl", "{}\n"),
    "the review's memory": lambda review: add(review / "record" / "ids.json", "{}"),
    "the board's workbook": lambda review: add(review / "output" / "review" / "anonymisation-review.xlsx", "filled"),
    "another workbook of the board": lambda review: add(review / "output" / "review" / "the chair's.xlsx", "filled"),
    "a document": lambda review: add(review / "output" / "working" / "timeline.docx", "by hand"),
    "a document that is gone": lambda review: (review / "output" / "working" / "timeline.docx").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_a_run_depends_on_counts_as_new_when_it_changes(tiny, kept, change):
    kept()
    assert last(tiny) == from_record(as_record(OUTCOME))
    change(tiny)
    assert last(tiny) is None


@pytest.mark.parametrize("what", ["code_digest", "rules_digest"])
def test_another_program_and_other_rules_count_as_new(tiny, kept, monkeypatch, what):
    kept()
    monkeypatch.setattr(news, what, lambda: "another")
    assert last(tiny) is None


def test_a_changed_template_of_the_board_counts_as_new(tiny, kept):
    add(tiny / "case.toml", '\n[board]\ntemplates = "templates"\n')
    add(tiny / "templates" / "draft-summary.docx", "one")
    kept()
    assert last(tiny) is not None
    add(tiny / "templates" / "draft-summary.docx", "two")
    assert last(tiny) is None


def test_what_office_programs_put_beside_a_file_that_is_open_is_nothing_new(tiny, kept):
    add(tiny / "case.toml", '\n[board]\ntemplates = "templates"\n')
    add(tiny / "templates" / "draft-summary.docx", "one")
    kept()
    for name in ("~$anonymisation-review.xlsx", ".~lock.anonymisation-review.xlsx#"):
        add(tiny / "output" / "review" / name, "who")
    add(tiny / "templates" / "~$aft-summary.docx", "who")
    assert last(tiny) is not None
    assert not has_something_new(open_review(tiny))


def test_a_workbook_that_is_saved_after_a_run_read_it_counts_as_new(tiny):
    review = open_review(tiny)
    add(review.output / "review" / "the chair's.xlsx", "filled")
    taken = read_workbooks(review)
    add(review.output / "review" / "the chair's.xlsx", "filled more")
    with staging(review.output) as staged:
        add(staged / "review" / "anonymisation-review.xlsx", "new")
        left = inputs_of(tiny).as_a_run_leaves_them(review, taken, staged)
    add(review.output / "review" / "anonymisation-review.xlsx", "new")
    assert left.parts["workbooks"] != inputs_of(tiny).parts["workbooks"]
    (review.output / "review" / "the chair's.xlsx").write_text("filled")
    assert left.parts["workbooks"] == inputs_of(tiny).parts["workbooks"]


@pytest.mark.parametrize("left", [".switching", ".building-x", "restricted/.reading"])
def test_what_a_killed_run_left_is_something_for_a_run_to_put_right_unless_one_is_at_work(tiny, kept, left):
    kept()
    review = open_review(tiny)
    assert not has_something_new(review)
    (review.output / left).mkdir()
    with review.alone():
        assert not has_something_new(review)
    assert has_something_new(review)


def test_a_file_that_may_be_read_another_time_counts_as_new(tiny, kept):
    kept(again=("police/1",))
    assert last(tiny) is None


def test_a_file_with_a_password_counts_as_new_only_where_one_is_given_or_can_be_asked_for(tiny, kept):
    kept(locked=("police/1",))
    assert last(tiny) is not None
    assert last(tiny, given=(Given("school", "x", 1),)) is not None
    assert last(tiny, given=(Given("police", "x", 1),)) is None
    assert last(tiny, asks=True) is None


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"inputs": 3}', '{"inputs": {}, "again": [], "locked": [], "made": {}, "outcome": {}}'])
def test_a_damaged_record_counts_as_none(tiny, kept, said):
    kept()
    (tiny / "output" / news.RECORD).write_text(said)
    assert last(tiny) is None


def test_what_a_run_told_comes_back_the_same_but_for_being_new():
    again = from_record(json.loads(json.dumps(as_record(OUTCOME))))
    assert (again.is_new, OUTCOME.is_new) == (False, True)
    assert (again.returns, again.board, again.needs_a_person) == (OUTCOME.returns, OUTCOME.board, True)


def test_the_record_tells_nothing_of_what_the_review_holds(tiny, kept):
    kept()
    record = (tiny / "output" / news.RECORD).read_text("utf-8")
    assert not [word for word in ("oakfield", "Wrenfield", "Marlshire", "csv") if word in record]


def made_new(tmp_path):
    assert main(["new", str(tmp_path / "new"), "--kind", "scr", "--reference", "SCR-1", "--agency", "Police=police"]) == 0
    return open_review(tmp_path / "new")


def test_a_new_review_that_nobody_has_sent_anything_to_has_nothing_new(tmp_path):
    review = made_new(tmp_path)
    assert not has_something_new(review)
    add(review.intake / "police" / "chronology.csv", "Date,Event\n")
    assert has_something_new(review)


def test_a_new_review_that_is_not_set_up_rightly_has_something_for_a_run_to_tell(tmp_path):
    review = made_new(tmp_path)
    add(review.case_file, "[[agency]\n")
    assert has_something_new(review)


def test_a_review_of_which_all_files_are_gone_has_something_for_a_run_to_tell(tiny, kept):
    kept()
    for path in (tiny / "intake").rglob("*.*"):
        path.unlink()
    assert has_something_new(open_review(tiny))


def test_a_night_passes_over_a_new_review_that_nobody_has_sent_anything_to(tmp_path):
    review = made_new(tmp_path)
    assert main(["nightly", "--once", str(tmp_path)]) == 0
    assert not (review.record / "last-run.json").exists()
    assert main(["status", str(tmp_path)]) == 1
