"""The sample reviews, read whole and held against the gold answer."""

import json
import re
from pathlib import Path

import pytest

from extractors import extract
from timeline.dates import bounds
from timeline.sources import SourceFile

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
GOLD = json.loads((SAMPLES / "harbour" / "gold.json").read_text("utf-8"))


def place(where):
    return " ".join(re.findall(r"[^\W_]+", where.casefold()))


@pytest.fixture(scope="module")
def harbour(reading):
    intake = SAMPLES / "harbour" / "intake"
    paths = sorted(path for path in intake.rglob("*") if path.is_file())
    return {
        f"intake/{path.relative_to(intake)}": extract(
            path, SourceFile(str(path.relative_to(intake)), "", path.parent.name, f"{path.parent.name}/1"), reading
        )
        for path in paths
    }


def test_every_row_of_the_gold_answer_is_found_at_its_place_with_its_text_date_and_time(harbour):
    wrong = []
    for row in GOLD["events"]:
        entry = next((each for each in harbour[row["file"]].entries if place(each.source.where) == place(row["where"])), None)
        dates = [row["date"], *row.get("date_ok", [])]
        if (
            entry is None
            or entry.text != row["text"]
            or entry.time != row["time"]
            or not any(bounds(entry.when.edtf) == bounds(date) for date in dates)
        ):
            wrong.append(row["id"])
    assert wrong == []


def test_nothing_else_is_read_as_an_event(harbour):
    superseded = {row["file"] for row in GOLD["not_events"] if row["why"] == "superseded version"}
    places = {(row["file"], place(row["where"])) for row in GOLD["events"]}
    found = {(file, place(entry.source.where)) for file, read in harbour.items() if file not in superseded for entry in read.entries}
    assert found == places


def test_files_that_are_no_chronology_are_refused_with_a_reason(harbour):
    assert {row["file"]: harbour[row["file"]].status for row in GOLD["rejected_files"]} == {
        row["file"]: "ignored" if "~$" in row["file"] else "rejected" for row in GOLD["rejected_files"]
    }
    assert all(harbour[row["file"]].reason for row in GOLD["rejected_files"])


def test_nothing_of_the_sample_waits_for_a_person_that_need_not(harbour):
    assert [read.unread for read in harbour.values() if read.unread] == []


@pytest.mark.parametrize(("file", "rows"), [("police/Marlshire Police chronology.docx", 7), ("school/oakfield chronology.csv", 5)])
def test_the_tiny_review_is_read_whole(file, rows, reading):
    read = extract(SAMPLES / "tiny" / "intake" / file, SourceFile(file, "", "A", "a/1"), reading)
    assert (len(read.entries), len(read.unread)) == (rows, 0)
    assert all(entry.when.earliest for entry in read.entries)
