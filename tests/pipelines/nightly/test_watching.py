"""What is dropped into reviews: which changes call for a run, and when."""

import json

import pytest
from watchfiles import Change

from pipelines import news
from pipelines.news import Inputs, write_last
from pipelines.nightly.review_ids import id_of
from pipelines.nightly.watching import Drops, Touched, touched
from pipelines.outputs import staging
from pipelines.review import open_review
from tests.pipelines.test_news import OUTCOME, inputs_of

ADDED, MODIFIED, DELETED = Change.added, Change.modified, Change.deleted
BOOK = "output/review/anonymisation-review.xlsx"


@pytest.mark.parametrize(
    "path",
    [
        "case.toml",
        "people.csv",
        "people.xlsx",
        "intake",
        "intake/police",
        "intake/police/chronology.docx",
        "intake/police/2031/third return.pdf",
        "intake/loose.csv",
        "templates/draft-summary.docx",
        "",
    ],
)
@pytest.mark.parametrize("change", Change)
def test_what_a_run_depends_on_counts(tmp_path, change, path):
    assert touched(tmp_path, change, str(tmp_path / "one" / path)) == Touched("one", by_intake=True)


@pytest.mark.parametrize(
    "path",
    [
        "intake/police/~$chronology.docx",
        "intake/police/.~lock.chronology.docx#",
        "intake/police/chronology.docx.tmp",
        "intake/police/~WRL0001.tmp",
        "intake/police/.DS_Store",
        "intake/police/chronology.pdf.crdownload",
        "intake/police/chronology.csv.part",
        "record/last-run.json",
        "record/decisions.jsonl",
        "output/working/timeline.xlsx",
        "output/.building-1/review/anonymisation-review.xlsx",
        "output/review",
        "output/review/people.csv",
        "output/review/~$anonymisation-review.xlsx",
        "published/overview.docx",
        "archive/one.age",
    ],
)
def test_temporary_files_and_what_runs_and_commands_write_do_not(tmp_path, path):
    assert touched(tmp_path, ADDED, str(tmp_path / "one" / path)) is None


def test_files_beside_the_reviews_do_not(tmp_path):
    assert touched(tmp_path, MODIFIED, str(tmp_path / ".review-ids.json")) is None
    assert touched(tmp_path, MODIFIED, str(tmp_path)) is None


def test_a_workbook_of_the_board_counts_when_it_is_saved_and_when_it_is_given_free(tmp_path):
    book = Touched("one", by_intake=False)
    assert touched(tmp_path, MODIFIED, str(tmp_path / "one" / BOOK)) == book
    for lock in ("~$anonymisation-review.xlsx", ".~lock.anonymisation-review.xlsx#"):
        assert touched(tmp_path, DELETED, str(tmp_path / "one" / "output" / "review" / lock)) == book
        assert touched(tmp_path, ADDED, str(tmp_path / "one" / "output" / "review" / lock)) is None


class Watch:
    """Drops on the tiny review with a clock of our own; what was started, in order."""

    def __init__(self, tiny):
        self.folder, self.tiny, self.now, self.started, self.answers = tiny.parent, tiny, 100.0, [], True
        self.drops = Drops(self.folder, self.start, quiet_seconds=5)

    def start(self, review_id):
        self.started.append(review_id)
        return self.answers

    def after(self, seconds, *paths, change=MODIFIED):
        """So many seconds later these paths of the review change; gives how many runs are started at that time."""
        before = len(self.started)
        self.now += seconds
        self.drops.note({(change, str(self.tiny / path)) for path in paths}, self.now)
        self.drops.start_what_is_due(self.now)
        return len(self.started) - before


@pytest.fixture
def watch(tiny):
    return Watch(tiny)


def left_by_a_run(tiny):
    """As a good run leaves the review: the record of it, and the board's workbook."""
    review = open_review(tiny)
    book = tiny / BOOK
    book.parent.mkdir(parents=True, exist_ok=True)
    book.write_bytes(b"as the run left it")
    with staging(review.output) as staged:
        write_last(review, staged, Inputs(inputs_of(tiny).parts), OUTCOME, again=(), locked=())
        (review.output / "restricted").mkdir(exist_ok=True)
        (staged / news.RECORD).replace(review.output / news.RECORD)


def test_a_dropped_file_starts_its_review_by_its_id_once_it_stands_still(watch, tiny):
    assert watch.after(0, "intake/school/more.csv") == 0
    assert watch.after(4, "intake/school/more.csv") == 0
    assert watch.after(4) == 0
    assert watch.after(1) == 1
    assert watch.started == [id_of(tiny.parent, tiny)]
    assert watch.after(100) == 0


def test_everything_is_looked_at_when_the_watch_begins(watch):
    watch.drops.look_at_all(watch.now)
    assert watch.after(5) == 1


def test_a_review_that_has_nothing_new_starts_nothing(watch, tiny):
    left_by_a_run(tiny)
    watch.drops.look_at_all(watch.now)
    assert watch.after(5) == 0
    assert watch.after(0, "intake/school") == 0
    assert watch.after(5) == 0


def test_a_closed_review_starts_nothing(watch, monkeypatch):
    monkeypatch.setattr(news, "closing_line", lambda _: object())
    watch.after(0, "intake/school/more.csv")
    assert watch.after(5) == 0


def test_a_folder_without_a_case_and_one_that_is_gone_start_nothing(watch, tiny):
    watch.after(0, "intake/school/more.csv")
    tiny.rename(tiny.with_name("renamed"))
    assert watch.after(5) == 0
    tiny.with_name("renamed").rename(tiny)
    assert watch.after(5) == 0


def test_what_is_dropped_while_a_run_works_is_run_when_that_one_has_ended(watch, tiny):
    with open_review(tiny).alone():
        watch.after(0, "intake/school/more.csv")
        assert watch.after(5) == 0
        assert watch.after(60) == 0
    assert watch.after(5) == 1


def test_what_is_dropped_while_the_server_is_away_waits_for_it(watch):
    watch.answers = False
    watch.after(0, "intake/school/more.csv")
    assert watch.after(5) == 1
    assert watch.after(4) == 0
    watch.answers = True
    assert watch.after(1) == 1
    assert watch.after(5) == 0


def test_a_damaged_case_starts_a_run_which_says_so_and_the_others_go_on(watch, tiny):
    (tiny / "case.toml").write_text("[case")
    watch.after(0, "case.toml")
    assert watch.after(5) == 1


def test_a_fault_with_one_review_is_told_without_its_name_and_stops_no_other(watch, tiny, monkeypatch, capsys):
    (tiny.parent / "a").mkdir()
    (tiny.parent / "a" / "case.toml").touch()
    real = news.has_something_new

    def faulty(review, passwords):
        if review.folder.name == "a":
            raise PermissionError(str(review.folder))
        return real(review, passwords)

    monkeypatch.setattr("pipelines.nightly.watching.has_something_new", faulty)
    watch.drops.look_at_all(watch.now)
    assert watch.after(5) == 1
    told = capsys.readouterr().err
    assert "PermissionError" in told
    assert str(tiny.parent) not in told


def test_a_workbook_that_a_run_left_starts_nothing_and_one_that_was_saved_does(watch, tiny):
    left_by_a_run(tiny)
    watch.after(0, BOOK)
    assert watch.after(5) == 0
    (tiny / BOOK).write_bytes(b"filled in")
    watch.after(0, BOOK)
    assert watch.after(5) == 1


def test_a_workbook_that_is_open_waits_until_it_is_given_free(watch, tiny):
    left_by_a_run(tiny)
    lock = tiny / "output" / "review" / ".~lock.anonymisation-review.xlsx#"
    lock.touch()
    (tiny / BOOK).write_bytes(b"filled in")
    watch.after(0, BOOK)
    assert watch.after(5) == 0
    assert watch.after(60) == 0
    lock.unlink()
    watch.after(0, str(lock.relative_to(tiny)), change=DELETED)
    assert watch.after(5) == 1


def test_a_workbook_that_is_saved_while_the_server_is_away_is_run_when_it_is_back(watch, tiny):
    left_by_a_run(tiny)
    watch.answers = False
    (tiny / BOOK).write_bytes(b"filled in")
    watch.after(0, BOOK)
    assert watch.after(5) == 1
    watch.answers = True
    assert watch.after(5) == 1
    assert watch.after(100) == 0


def test_a_run_that_fails_and_leaves_a_workbook_is_not_started_for_ever(watch, tiny):
    left_by_a_run(tiny)
    started = 0
    for number in range(6):
        (tiny / BOOK).write_bytes(b"filled in" if number == 0 else b"as each failing run leaves it")
        watch.after(0, BOOK)
        started += watch.after(5)
    assert started == 2
    assert json.loads((tiny / "output" / news.RECORD).read_text())
