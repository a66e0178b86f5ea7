"""The JSON files are as the contract has them. Golden files lie beside their input; REGENERATE=1 writes them anew, to be read as a diff."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.records import (
    analysis_json,
    anonymised_json,
    as_json,
    findings_json,
    intake_json,
    key_json,
    replacements_json,
    timeline_json,
    tracked_changes_json,
    write_record,
)
from tests.reports.reviews import (
    CASE,
    EMPTY,
    EMPTY_SAFE,
    EVENTS,
    HEALTH,
    KEY,
    MARKED,
    POLICE,
    REPLACEMENTS,
    SAFE,
    SERIALS,
    SILENCE,
    TINY,
    event,
    working,
)
from timeline.timeline import Timeline

GOLDEN = Path(__file__).parent / "golden"
RECORDS = {
    "timeline": lambda: timeline_json(CASE, TINY.timeline),
    "intake": lambda: intake_json(TINY.timeline.returns),
    "analysis": lambda: analysis_json(TINY.timeline.analyses),
    "findings": lambda: findings_json(TINY.findings),
    "anonymised": lambda: anonymised_json(SAFE),
    "replacements": lambda: replacements_json(SERIALS, REPLACEMENTS),
    "key": lambda: key_json(KEY),
    "tracked-changes": lambda: tracked_changes_json(MARKED.timeline),
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_is_the_golden_one_beside_its_input(name):
    golden = GOLDEN / f"{name}.json"
    if os.environ.get("REGENERATE"):
        write_record(RECORDS[name](), golden)
    assert RECORDS[name]() == golden.read_text("utf-8")


def test_an_event_has_every_key_of_the_contract():
    record = json.loads(timeline_json(CASE, TINY.timeline))["events"][1]
    contract = {"id", "agency", "date", "earliest", "latest", "date_as_written", "time", "text", "fields", "source", "problems"}
    assert contract <= record.keys()
    assert record["source"].keys() == {"file", "sha256", "where"}
    assert (record["earliest"], record["time"], record["fields"]) == (
        "2019-01-04",
        "22:47",
        {"event": "Anna Renouf arrested.", "action": "NFA"},
    )


def test_an_undated_event_has_no_bounds():
    record = json.loads(timeline_json(CASE, TINY.timeline))["events"][-1]
    assert (record["date"], record["earliest"], record["latest"]) == ("XXXX", None, None)


def test_the_rows_of_every_file_add_up():
    for file in json.loads(intake_json(TINY.timeline.returns))["files"]:
        rows = file["rows"]
        assert rows["seen"] == rows["events"] + rows["unread"] + rows["ignored"]
        assert (len(file["unread"]), len(file["ignored"])) == (rows["unread"], rows["ignored"])
        assert {"file", "sha256", "agency", "status", "reason", "rows", "unread", "ignored"} <= file.keys()


def test_a_marked_span_stands_on_its_event_and_in_the_list_of_all():
    event = json.loads(timeline_json(CASE, MARKED.timeline))["events"][0]
    inserted = event["marked"][1]
    assert event["text"][inserted["start"] : inserted["end"]] == inserted["words"] == "alone"
    listed = json.loads(tracked_changes_json(MARKED.timeline))["tracked_changes"]
    assert [each["event"] for each in listed] == ["id-1"] * 4 + ["id-2", "id-3", None]
    assert listed[-1]["source"] == {"file": POLICE.path, "sha256": POLICE.sha256, "where": "row 5"}


def test_a_finding_carries_what_its_kind_adds_beside_what_all_have():
    record = json.loads(findings_json([SILENCE]))["findings"][0]
    keys = {"id", "kind", "events", "agencies", "from", "to", "days", "certainty", "rule", "standard", "source", "question"}
    assert record.keys() == keys | {"declared"}
    assert (record["from"], record["to"]) == ("2019-01-05", "2019-04-01")


def test_a_finding_cannot_overwrite_what_all_findings_have():
    with pytest.raises(ValueError, match="days"):
        findings_json([replace(SILENCE, more={"days": 3})])


def test_the_anonymised_record_holds_serials_and_no_working_id_or_file():
    record = anonymised_json(SAFE)
    assert [each["id"] for each in json.loads(record)["events"]] == ["E0001", "E0002", "E0003", "E0004", "E0005", "E0006"]
    assert all(each.keys() == {"id", "agency", "date", "text"} for each in json.loads(record)["events"])
    assert "sha256" not in record
    assert "id-1" not in record


def test_replacements_stand_by_text_and_place_whatever_their_order():
    several = [replace(REPLACEMENTS[0], text_id=text, start=start, end=start + 1) for text, start in (("b", 2), ("a", 5), ("a", 0))]
    assert replacements_json({}, several) == replacements_json({}, several[::-1])
    record = json.loads(replacements_json(SERIALS, several))
    assert record["replacements"][0].keys() == {
        "in",
        "start",
        "end",
        "text",
        "type",
        "person",
        "replacement",
        "recogniser",
        "score",
        "decision",
    }
    assert record["serials"] == {"E0001": "id-1", "E0002": "id-2"}


def test_the_intake_is_the_same_whatever_order_the_files_came_in():
    assert intake_json(TINY.timeline.returns) == intake_json(TINY.timeline.returns[::-1])


def test_text_that_utf_8_cannot_hold_survives_as_an_escape(tmp_path):
    odd = event(1, HEALTH, "2019-01-01", ("event", "", "half a pair \ud83d, a bell \x07, a face 😀"))
    write_record(timeline_json(CASE, working(odd).timeline), tmp_path / "timeline.json")
    assert json.loads((tmp_path / "timeline.json").read_text("utf-8"))["events"][0]["text"] == odd.text


def test_an_empty_review_has_records_too():
    assert json.loads(timeline_json(CASE, EMPTY.timeline))["events"] == []
    assert json.loads(intake_json(()))["files"] == []
    assert json.loads(anonymised_json(EMPTY_SAFE))["events"] == []


def test_events_keep_the_order_of_the_timeline():
    turned = Timeline(events=EVENTS[::-1], returns=TINY.timeline.returns)
    assert [each["id"] for each in json.loads(timeline_json(CASE, turned))["events"]] == ["id-5", "id-4", "id-3", "id-2", "id-1"]


HELD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(), each, max_size=3),
)


@given(st.dictionaries(st.text(), HELD, max_size=4))
def test_a_record_is_read_as_it_was_written_and_what_it_holds_stands_on_a_line_each(record):
    said = as_json(record)
    assert json.loads(said) == record
    entries = [max(1, len(held) + 2) if isinstance(held, list | dict) and held else 1 for held in record.values()]
    assert said.count("\n") == max(1, sum(entries))


def test_a_name_that_is_no_text_is_written_as_one():
    assert json.loads(as_json({"a": {1: {2: None}, None: 3}})) == {"a": {"1": {"2": None}, "null": 3}}
