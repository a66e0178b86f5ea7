"""What the board decided on long quotations, as the drafts follow it."""

from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from reports import draft_summary, rapid_review
from reports.draft import Draft, searchable_places
from reports.drafting import Points
from tests.reports.reviews import SHIPPED as AS_SHIPPED
from tests.reports.reviews import safe, safe_event
from timeline.safe import SafePerson, SafeQuotation, SafeReferral

SHIPPED = replace(AS_SHIPPED, points=Points(first_or_last=3))  # so that tiny reviews have a narrative
LONG = "Child had a bruise on the left cheek and Child said that it hurt a lot when Father came home."
SHORT = "Child had a bruise."
OWN = "Child had an injury & told of pain <later>."
REVIEW = safe(
    safe_event(1, "Police", "2018", SHORT, "event"),
    safe_event(2, "School", "2019", LONG, "event"),
    safe_event(3, "GP", "2019", LONG.replace("left", "right"), "event"),
    people=(SafePerson(pseudonym="Child", role="Subject Child", kind="subject"),),
)


def decided(verdict, words=""):
    """The review with a decision on each long quotation of the second row."""
    at = [place for place in searchable_places(REVIEW, SHIPPED) if place[0] == "E0002"]
    assert at
    return replace(
        REVIEW,
        quotations=tuple(SafeQuotation(event=serial, start=start, end=end, verdict=verdict, words=words) for serial, start, end in at),
    )


@pytest.fixture
def written(tmp_path):
    def write(review):
        draft_summary.write(review, SHIPPED, tmp_path / "draft.docx")
        return docx.Document(tmp_path / "draft.docx")

    return write


def quoting(document, serial):
    """The paragraphs, outside tables, that refer to a row."""
    return [each for each in document.paragraphs if f"[{serial}]" in each.text]


def listed(document):
    table = next(table for table in document.tables if table.rows[0].cells[-1].text == "What the board decided")
    return {row.cells[0].text: (row.cells[1].text, row.cells[3].text) for row in table.rows[1:]}


def test_only_quotations_of_more_than_twelve_words_wait_for_the_board():
    places = searchable_places(REVIEW, SHIPPED)
    assert {serial for serial, _, _ in places} == {"E0002", "E0003"}
    texts = {event.id: event.text for event in REVIEW.events}
    assert all(len(texts[serial][start:end].split()) > 12 for serial, start, end in places)


def test_a_quotation_that_the_board_leaves_out_stands_in_no_part_of_the_draft_but_its_row_and_the_reference_stays(written):
    document = written(decided("hide"))
    assert not [each.text for each in document.paragraphs if "left cheek" in each.text]
    told = quoting(document, "E0002")
    assert "[left out by the board’s decision]" in told[0].text
    assert listed(document)["[E0002]"] == ("[left out by the board’s decision]", "leave out")
    assert listed(document)["[E0003]"][1] == "waits for the board"
    assert any("right cheek" in each.text for each in quoting(document, "E0003"))


def test_words_of_the_board_stand_in_brackets_in_the_place_of_the_quotation_and_never_as_one(written):
    document = written(decided("replace", OWN))
    told = [each for each in quoting(document, "E0002") if f"[in the board’s words: {OWN}]" in each.text]
    assert told
    for each in told:
        quoted = [
            run.text
            for run in each._p.iter(qn("w:r"))
            if run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}[@{qn('w:val')}='Quotation']") is not None
        ]
        assert not any(OWN in run for run in quoted)
    assert not [each.text for each in document.paragraphs if "left cheek" in each.text]
    assert listed(document)["[E0002]"][1] == "in the board's words"


def test_a_quotation_that_the_board_keeps_stands_as_it_was_and_is_told_as_decided(written):
    before = [each.text for each in quoting(written(REVIEW), "E0002")]
    document = written(decided("keep"))
    assert [each.text for each in quoting(document, "E0002")] == before
    assert listed(document)["[E0002]"][1] == "keep"


@pytest.mark.parametrize("column", ["E0002", "E0003"])
def test_the_rapid_review_pack_follows_the_board_too(column, tmp_path):
    referral = SafeReferral(at_incident=(column,))
    rapid_review.write(replace(decided("hide"), kind="rapid-review", referral=referral), SHIPPED, tmp_path / "rapid.docx")
    document = docx.Document(tmp_path / "rapid.docx")
    said = "\n".join([*(each.text for each in document.paragraphs), *(c.text for t in document.tables for r in t.rows for c in r.cells)])
    assert "left cheek" not in said
    assert "right cheek" in said
    assert "[left out by the board’s decision]" in said


def test_a_decision_does_not_make_the_rows_be_read_again():
    assert Draft(decided("hide"), SHIPPED).rows is Draft(decided("keep"), SHIPPED).rows
    assert Draft(replace(REVIEW, events=REVIEW.events[:2]), SHIPPED).rows is not Draft(REVIEW, SHIPPED).rows
