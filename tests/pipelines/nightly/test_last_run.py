"""What a run writes down of itself: when it began and ended, and how; and what is made of a run that could not."""

import json
import os
import signal
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import run
from pipelines.cli import main
from pipelines.flow import StepStoppedError
from pipelines.nightly import last_run
from pipelines.nightly.last_run import FAILURES, FILE, GOOD, LastRun, read_last_run, record_not_begun, record_nothing_new, recorded
from pipelines.progress import Lines
from pipelines.release import closing
from pipelines.runners import DirectRunner
from tests.pipelines.nightly.reviews import READ, make
from tests.pipelines.test_news import OUTCOME, inputs_of
from timeline import errors
from timeline.errors import CaseError, ChronologyError, CountError, LeakError, OutputError

NAME = "Marisol Tregarthen"


@pytest.fixture
def review(tmp_path):
    return make(tmp_path / "reviews" / "one")


def runs(review, monkeypatch, work):
    monkeypatch.setattr(run, "_run", lambda *_: work())
    return run.run_review(review, DirectRunner(Lines("R")))


def fails(error):
    def work():
        raise error

    return work


def test_a_good_run_is_written_down_with_its_times(review, monkeypatch):
    before = datetime.now(UTC).replace(microsecond=0)
    runs(review, monkeypatch, lambda: OUTCOME)
    last = read_last_run(review)
    assert last.how == GOOD
    assert before <= last.began_at <= last.ended_at == last.good_at <= datetime.now(UTC)


ENDINGS = {
    "case": CaseError(NAME),
    "count": CountError(NAME),
    "leak": LeakError(NAME),
    "output": OutputError(NAME),
    "error": ChronologyError(NAME),
    "stopped": KeyboardInterrupt(NAME),
    "fault": ValueError(NAME),
    "file": StepStoppedError("file"),
}


@pytest.mark.parametrize(("how", "error"), [*ENDINGS.items(), ("fault", MemoryError()), ("fault", SystemExit(3))])
def test_a_run_that_fails_is_written_down_by_a_code_and_no_text_and_the_last_good_one_stays(review, monkeypatch, how, error):
    runs(review, monkeypatch, lambda: OUTCOME)
    good = read_last_run(review).good_at
    with pytest.raises(type(error)):
        runs(review, monkeypatch, fails(error))
    last = read_last_run(review)
    assert (last.how, last.good_at) == (how, good)
    assert NAME not in (review.record / FILE).read_text()


def test_every_error_that_a_person_can_mend_has_its_code_among_those_that_are_written_down():
    classes = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, ChronologyError)]
    assert {each.code for each in classes} <= FAILURES


def test_a_run_that_is_killed_is_seen_to_have_begun_and_not_to_have_ended(review):
    child = os.fork()
    if child == 0:
        with review.alone(), recorded(review):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    last = read_last_run(review)
    assert (last.ended_at, last.how) == (None, "")
    assert not review.is_at_work()


def test_asking_whether_a_run_is_at_work_stops_none(review):
    assert not review.is_at_work()
    with review.alone():
        assert review.is_at_work()
        with pytest.raises(OutputError, match="another run"), review.alone():
            pass
        assert review.is_at_work()
    assert not review.is_at_work()
    with review.alone():
        pass


def test_a_review_that_was_never_run_is_not_at_work(tmp_path, review):
    (review.record / "lock").unlink(missing_ok=True)
    assert not review.is_at_work()
    assert not (review.record / "lock").exists()


def test_a_run_that_is_refused_because_another_works_does_not_touch_what_that_one_wrote_down(review, monkeypatch):
    with review.alone(), recorded(review):
        began = read_last_run(review)
        with pytest.raises(OutputError, match="another run"):
            runs(review, monkeypatch, lambda: OUTCOME)
        record_nothing_new(review)
        assert read_last_run(review) == began


def test_a_night_that_finds_nothing_new_is_written_down_as_good(tiny):
    from pipelines import news
    from pipelines.outputs import staging
    from pipelines.review import open_review

    review = open_review(tiny)
    with staging(review.output) as staged:
        news.write_last(review, staged, inputs_of(tiny), OUTCOME, again=(), locked=())
        (review.output / "restricted").mkdir()
        (staged / news.RECORD).rename(review.output / news.RECORD)
    assert main(["nightly", "--once", str(tiny.parent)]) == 0
    assert read_last_run(review).how == GOOD


def test_a_review_that_has_no_documents_yet_is_not_written_down_as_good(review):
    record_nothing_new(review)
    assert read_last_run(review) is None


def test_a_run_that_could_not_even_begin_is_written_down_and_the_last_good_one_stays(review, monkeypatch):
    runs(review, monkeypatch, lambda: OUTCOME)
    good = read_last_run(review).good_at
    record_not_begun(review, OutputError(NAME))
    last = read_last_run(review)
    assert (last.how, last.good_at) == ("output", good)
    assert last.ended_at is not None
    with review.alone():
        record_not_begun(review, CaseError(NAME))
    assert read_last_run(review) == last


def test_a_closed_review_is_left_alone(tmp_path, monkeypatch):
    review = make(tmp_path / "closed", outcome=READ)
    monkeypatch.setattr(last_run, "closing_line", lambda _: object())
    record_nothing_new(review)
    record_not_begun(review, OutputError(NAME))
    assert read_last_run(review) is None
    monkeypatch.setattr(closing, "closing_line", lambda _: closing.Line(1, "", {"written": "2031-05-06"}))
    with pytest.raises(CaseError, match="closed"):
        runs(review, monkeypatch, lambda: OUTCOME)
    assert read_last_run(review) is None


def test_a_damaged_case_is_a_failed_run_of_the_night(review, capsys):
    review.case_file.write_text("[case")
    assert main(["nightly", "--once", str(review.folder.parent)]) == 2
    assert "case.toml" in capsys.readouterr().err
    assert read_last_run(review).how == "case"


def test_where_its_end_cannot_be_written_down_a_run_is_none_the_worse_and_looks_cut_off(review, monkeypatch):
    write, written = last_run.write_whole, []

    def full(path, data):
        written.append(data)
        if len(written) > 1:
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(last_run, "write_whole", full)
    assert runs(review, monkeypatch, lambda: OUTCOME) is OUTCOME
    assert read_last_run(review).ended_at is None


def test_what_a_killed_run_left_of_its_record_is_gone_after_the_next(review, monkeypatch):
    (review.record / f".building-{FILE}-1234").write_text("{")
    runs(review, monkeypatch, lambda: OUTCOME)
    assert not list(review.record.glob(".building-*"))


TIMES = st.datetimes(timezones=st.just(UTC)).map(lambda time: time.replace(microsecond=0))
RUNS = st.one_of(
    st.builds(LastRun, TIMES, good_at=st.none() | TIMES),
    st.builds(LastRun, TIMES, TIMES, st.sampled_from([GOOD, *sorted(FAILURES)]), st.none() | TIMES),
)


@given(RUNS)
def test_what_is_written_down_is_what_is_read(tmp_path_factory, written):
    review = make(tmp_path_factory.mktemp("law") / "one")
    last_run._write(review, written)
    assert read_last_run(review) == written


@given(
    st.text()
    | st.dictionaries(st.sampled_from(["began_at", "ended_at", "how", "good_at"]), st.none() | st.text() | st.integers()).map(json.dumps)
)
def test_a_damaged_record_is_none(tmp_path_factory, text):
    review = make(tmp_path_factory.mktemp("law") / "one")
    (review.record / FILE).write_text(text, "utf-8", "surrogatepass")
    assert read_last_run(review) is None
