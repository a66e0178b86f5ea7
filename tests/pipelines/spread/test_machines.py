"""Reviews shared out among machines: a Prefect server on a real PostgreSQL, two workers of a pool, a Dask cluster of two processes."""

import contextlib
import shutil
import threading
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.news import has_something_new
from pipelines.nightly.last_run import GOOD, read_last_run
from pipelines.nightly.review_ids import id_of
from pipelines.review import open_review
from tests.conftest import TINY
from tests.pipelines.invariants import assert_holds, documents
from tests.pipelines.spread.machines import AUTH, kill, machines
from tests.pipelines.spread.postgres import PASSWORD

pytestmark = [pytest.mark.prefect, pytest.mark.models]
MARKERS = ("Zebediah", "Quillfeather", "quaggamire", "JE9 9ZZ", "07700 900999", "Wrenfield", AUTH, PASSWORD)
ROW = "05/05/2022,Home visit,Zebediah Quillfeather of JE9 9ZZ rang 07700 900999 about the quaggamire,None\n"
NAMES = ("ashgrove", "birchfield", "cedarholm", "damsonhurst")


def a_review(folder, name, secret=None):
    """A tiny review with the markers in its table, its name, and its cast."""
    review = Path(shutil.copytree(TINY, folder / name))
    table = next((review / "intake" / "school").iterdir())
    marked = table.with_name("Zebediah Quillfeather.csv")
    table.rename(marked)
    marked.write_text(marked.read_text("utf-8") + ROW, "utf-8")
    people = review / "people.csv"
    people.write_text(people.read_text("utf-8") + "P8,Zebediah Quillfeather,,,Uncle,family,,\n", "utf-8")
    if secret:
        (review / "record").mkdir(mode=0o700)
        (review / "record" / "secret").write_bytes(secret)
    return review


@pytest.fixture(scope="module")
def direct(tmp_path_factory):
    """The review as a direct run makes it."""
    review = a_review(tmp_path_factory.mktemp("direct"), "direct")
    assert main(["run", str(review)]) in (0, 1)
    return review


@pytest.fixture(scope="module")
def reviews(direct, tmp_path_factory):
    """Reviews that nobody has run, with the files and the secret of the one that was: their documents must be the same."""
    folder = tmp_path_factory.mktemp("reviews-of-the-board")
    for name in NAMES:
        a_review(folder, name, (direct / "record" / "secret").read_bytes())
    return folder


@pytest.fixture(scope="module")
def made(postgres, reviews, tmp_path_factory):
    with machines(postgres, tmp_path_factory.mktemp("made"), reviews) as found:
        yield found


def hidden(reviews, *names):
    """Takes reviews out of the folder; gives what puts them back."""
    aside = reviews.parent / f"{reviews.name}-aside"
    aside.mkdir(exist_ok=True)
    for name in names:
        (reviews / name).rename(aside / name)
    return lambda: [(aside / name).rename(reviews / name) for name in names]


def is_in_the_middle(review):
    return any((review / "output").glob(".building-*/restricted/.cache/*"))


def assert_as_a_direct_run_makes_it(review, direct):
    assert_holds(review)
    assert documents(review) == documents(direct)


def test_workers_of_a_pool_share_a_night_and_what_a_killed_one_left_is_done_by_another(made, reviews, direct):
    ash, birch = (reviews / name for name in NAMES[:2])
    put_back = hidden(reviews, *NAMES[2:])
    with made.worker("first") as first, made.worker("second"):
        made.night("pool")
        put_back()
        assert len(made.states()) == 2
        made.until(lambda: open_review(ash).is_at_work() and open_review(birch).is_at_work())  # two workers share
        made.until(lambda: is_in_the_middle(ash) or is_in_the_middle(birch))
        kill(first)
        made.until(lambda: "COMPLETED" in made.states())
        (left,) = [each for each in (ash, birch) if not documents(each)]
        assert_holds(left)
        assert has_something_new(open_review(left))
        with made.worker("third"):  # two runs at once of the one that was killed: one of them waits, and finds nothing new
            made.enqueue(*[id_of(reviews, left)] * 2)
            made.until(lambda: made.states().count("COMPLETED") == 3)
    for review in (ash, birch):
        assert_as_a_direct_run_makes_it(review, direct)
        assert not has_something_new(open_review(review))
        assert read_last_run(open_review(review)).how == GOOD


def test_a_dask_cluster_of_two_processes_makes_what_a_direct_run_makes(made, reviews, direct):
    put_back = hidden(reviews, *NAMES[:2])
    spilled, at_once, done = [], [], threading.Event()

    def look():
        while not done.wait(0.2):
            at_once.append(sum(open_review(reviews / name).is_at_work() for name in NAMES[2:]))
            with contextlib.suppress(FileNotFoundError):  # gone since it was listed
                spilled.extend(path.read_bytes() for path in (made.folder / "night").glob("chronology-dask-*/**/*") if path.is_file())

    looking = threading.Thread(target=look)
    looking.start()
    try:
        made.night("dask", CHRONOLOGY_DASK="2")
    finally:
        done.set()
        looking.join()
        put_back()
    assert max(at_once) == 2
    for name in NAMES[2:]:
        assert_as_a_direct_run_makes_it(reviews / name, direct)
    assert spilled
    assert not [marker for marker in MARKERS for data in spilled if marker.encode() in data]
    assert not list((made.folder / "night").glob("chronology-dask-*"))


def test_no_machine_and_no_database_keeps_anything_of_a_review(made, reviews, direct):
    markers = (*MARKERS, *NAMES, reviews.name)
    assert "Quillfeather" in (reviews / NAMES[-1] / "output" / "working" / "timeline.json").read_text("utf-8")
    # a killed worker leaves its settings, for this account alone
    for left in made.folder.glob("*/prefect-workspace-attempt-*/workspace.json"):
        assert left.stat().st_mode & 0o077 == 0
        told = left.read_text()
        assert not [each for each in (*MARKERS, *NAMES) if each not in (AUTH, PASSWORD) and each in told]
        left.unlink()
    places = {place: [each for each in markers if each.casefold() in text] for place, text in made.kept()}
    assert places["flow_run"] == []
    assert {place: found for place, found in places.items() if found} == {}
