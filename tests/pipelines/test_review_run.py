"""The board's review in whole runs, with the real name detectors: what was decided stands in the drafts, and the last gate outweighs it."""

import json
import shutil

import pytest

from anonymise.gate.parts import parts_of
from pipelines.cli import main
from pipelines.news import has_something_new
from pipelines.people_file import read_people
from pipelines.review import open_review
from reports import review_columns as words
from tests.conftest import TINY
from tests.pipelines.board import Filling

pytestmark = pytest.mark.models


def drafts(review):
    files = (review / "output" / "anonymised").iterdir()
    return " ".join(part.text for path in files if path.is_file() for part in parts_of(path.name, path.read_bytes()))


def pseudonyms(review):
    key = json.loads((review / "output" / "restricted" / "key.json").read_text("utf-8"))
    return {each["id"]: each["pseudonym"] for each in key["people"]}


def test_decisions_stand_in_the_drafts_a_known_name_never_does_and_people_csv_goes_back(tmp_path, capsys):
    review = shutil.copytree(TINY, tmp_path / "tiny")
    workbook = review / "output" / "review" / "anonymisation-review.xlsx"
    assert main(["run", str(review)]) in (0, 1)
    assert not has_something_new(open_review(review))
    with Filling(workbook) as filling:
        filling.row(words.PEOPLE, "Name", "Hannah Wrenfield", decision="rename pseudonym to …", words="Anya", by="AB")
        filling.row(words.REPLACEMENTS, "As it is written", "Toby", decision="keep (do not hide)", by="AB")
    assert has_something_new(open_review(review))
    assert main(["run", str(review)]) == 1
    assert "Anya" in drafts(review)
    assert "Toby" not in drafts(review)
    assert main(["review", str(review)]) == 1
    said = capsys.readouterr()
    assert "1 conflicts between decisions" in said.out
    assert not [name for name in ("toby", "wrenfield", "hannah", "anya") if name in (said.out + said.err).casefold()]
    with Filling(workbook) as filling:
        filling.row(words.REPLACEMENTS, "As it is written", "Toby", decision=words.TAKE_BACK, by="AB")
    assert main(["run", str(review)]) in (0, 1)
    before = pseudonyms(review)
    shutil.copy(workbook.with_name("people.csv"), review / "people.csv")
    assert len(read_people(review / "people.csv")) == len(before)
    assert main(["run", str(review)]) in (0, 1)
    assert pseudonyms(review) == before
    assert workbook.parent.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in workbook.parent.iterdir()} == {0}
