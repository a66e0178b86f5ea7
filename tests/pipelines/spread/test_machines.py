"""Reviews shared out among machines: a Prefect server on a real PostgreSQL, two workers of a pool, a Dask cluster of two processes."""

import contextlib
import threading

import pytest

from pipelines.news import has_something_new
from pipelines.nightly.deployments import must_not_be_a_pools
from pipelines.nightly.last_run import GOOD, read_last_run
from pipelines.nightly.review_ids import id_of
from pipelines.review import open_review
from tests.pipelines.invariants import assert_holds, documents
from tests.pipelines.spread.conftest import a_review
from tests.pipelines.spread.machines import AUTH, kill, machines, of_the_guide
from tests.pipelines.spread.postgres import PASSWORD
from timeline.errors import OutputError

pytestmark = [pytest.mark.prefect, pytest.mark.models]
MARKERS = ("Zebediah", "Quillfeather", "quaggamire", "JE9 9ZZ", "07700 900999", "Wrenfield", AUTH, PASSWORD)
NAMES = ("ashgrove", "birchfield", "cedarholm", "damsonhurst")


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


@pytest.fixture(scope="module")
def shared(made, reviews):
    """Two reviews that two workers of a pool began in one night; one was killed, and what it left was asked for again, twice at once."""
    ash, birch = (reviews / name for name in NAMES[:2])
    put_back = hidden(reviews, *NAMES[2:])
    with made.worker("first") as first, made.worker("second"):
        made.night("pool")
        put_back()
        assert len(made.states()) == 2
        made.until(lambda: open_review(ash).is_at_work() and open_review(birch).is_at_work())  # two workers share
        made.until(lambda: is_in_the_middle(ash) or is_in_the_middle(birch))
        kill(first)
        made.until(lambda: "COMPLETED" in made.states(), every=1)
        (left,) = [each for each in (ash, birch) if not documents(each)]
        assert_holds(left)
        assert has_something_new(open_review(left))
        with made.worker("third"):  # two runs at once of the one that was killed: one of them waits, and finds nothing new
            made.enqueue(*[id_of(reviews, left)] * 2)
            made.until(lambda: made.states().count("COMPLETED") == 3, every=1)
    return ash, birch


def test_workers_of_a_pool_share_a_night_and_what_a_killed_one_left_is_done_by_another(shared, direct):
    for review in shared:
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


def test_the_server_of_the_guide_tells_its_makers_nothing(made):
    with made.client() as client:
        told = client.request("GET", "/admin/settings").json()
    assert told["server"]["analytics_enabled"] is False
    assert of_the_guide()["DO_NOT_TRACK"] == "1"


def test_a_serve_does_not_take_the_place_of_the_pools_deployments(made):
    with made.client() as client, pytest.raises(OutputError, match="a work pool does the nights"):
        must_not_be_a_pools(client)


def test_the_run_of_a_killed_worker_is_marked_as_crashed(made, shared):
    made.until(lambda: made.states().count("CRASHED") == 1, 150, every=1)
    assert made.states().count("COMPLETED") == 3


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
