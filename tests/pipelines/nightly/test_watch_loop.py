"""The watch of `chronology serve` on a real folder, by the system's notices and by polling, without a server."""

import shutil
import threading
import time
from datetime import time as clock
from zoneinfo import ZoneInfo

import pytest

from pipelines.nightly import serve
from pipelines.nightly.review_ids import id_of
from pipelines.nightly.serve import Serving
from pipelines.nightly.watching import Drops
from tests.conftest import TINY
from timeline.errors import OutputError

NAME = "Marisol Tregarthen"


class Watching:
    """The watch in a thread: what it started, how often it looked after server and worker, and how it ended."""

    def __init__(self, folder, *, polls):
        serving = Serving(folder=folder, at=clock(2), zone=ZoneInfo("Europe/Jersey"), port=1, polls=polls)
        self.folder, self.started, self.looks, self.error = folder, [], 0, None
        self.stopping = threading.Event()
        drops = Drops(folder, lambda each: self.started.append(each) or True, quiet_seconds=0.5)
        self.thread = threading.Thread(target=self.watch, args=(serving, drops))
        self.thread.start()
        self.until(lambda: self.looks)

    def watch(self, serving, drops):
        try:
            serve._watch(serving, drops, self.stopping, self.look)
        except OutputError as error:
            self.error = error

    def look(self, now):
        self.looks += 1

    def until(self, holds):
        deadline = time.monotonic() + 30
        while not holds():
            assert time.monotonic() < deadline
            time.sleep(0.02)


@pytest.fixture(params=[False, True], ids=["by the system's notices", "by polling"])
def watching(tmp_path, monkeypatch, request):
    monkeypatch.setattr(serve, "_POLL_SECONDS", 0.1)
    monkeypatch.setattr(serve, "_TICK_SECONDS", 0.1)
    (tmp_path / "reviews").mkdir()
    watching = Watching(tmp_path / "reviews", polls=request.param)
    yield watching
    watching.stopping.set()
    watching.thread.join(10)
    assert not watching.thread.is_alive()


def test_a_review_that_appears_a_file_that_is_dropped_and_a_review_that_disappears(watching):
    review = watching.folder / NAME
    shutil.copytree(TINY, review)
    watching.until(lambda: watching.started == [id_of(watching.folder, review)])
    (review / "intake" / "school" / "~$more.csv").write_text("an office program's own")
    time.sleep(1.5)
    assert len(watching.started) == 1
    (review / "intake" / "school" / "more.csv").write_text("Date,Event\n")
    watching.until(lambda: len(watching.started) == 2)
    shutil.rmtree(review)
    time.sleep(1)
    assert watching.thread.is_alive()
    assert len(watching.started) == 2


def test_a_folder_of_reviews_that_is_gone_is_told_without_its_name(watching):
    watching.folder.rename(watching.folder.with_name(NAME))
    watching.thread.join(10)
    assert "the folder of reviews" in str(watching.error)
    assert NAME not in str(watching.error)


@pytest.mark.parametrize(("where", "told"), [("watch", "fs.inotify.max_user_watches"), ("upkeep", "")])
def test_only_a_watch_that_cannot_be_kept_is_told_as_one(tmp_path, monkeypatch, where, told):
    def fails(*_, **__):
        raise OSError(28, "No space left on device", NAME)

    looked = iter([set()] * 3)
    monkeypatch.setattr("watchfiles.watch", (lambda *_, **__: map(fails, looked)) if where == "watch" else lambda *_, **__: looked)
    serving = Serving(folder=tmp_path, at=clock(2), zone=ZoneInfo("Europe/Jersey"), port=1)
    drops = Drops(tmp_path, lambda _: True, quiet_seconds=5)
    with pytest.raises(OutputError if told else OSError, match=told or "No space left") as raised:
        serve._watch(serving, drops, threading.Event(), fails if where == "upkeep" else lambda _: None)
    assert bool(told) == (NAME not in str(raised.value))
