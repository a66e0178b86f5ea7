"""What tests of spreading share: one PostgreSQL, and one review that was run."""

import shutil
from pathlib import Path

import pytest

from pipelines.cli import main
from tests.conftest import TINY
from tests.pipelines.spread.postgres import running

ROW = "05/05/2022,Home visit,Zebediah Quillfeather of JE9 9ZZ rang 07700 900999 about the quaggamire,None\n"


@pytest.fixture(scope="session")
def postgres():
    with running() as cluster:
        yield cluster


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


@pytest.fixture(scope="session")
def direct(tmp_path_factory):
    """A review as a direct run makes it, without any setting."""
    review = a_review(tmp_path_factory.mktemp("direct"), "direct")
    assert main(["run", str(review)]) in (0, 1)
    return review
