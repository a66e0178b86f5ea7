"""The Word documents, read back with python-docx."""

import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from reports import draft_summary, working_document
from reports.drafting import Drafting, Phrases
from reports.template_sources import DRAFT_SUMMARY
from reports.word_document import Page, write_document
from tests.reports.reviews import DRAFTING, EMPTY, EMPTY_SAFE, EVENTS, MARKED, POLICE, SAFE, TINY, event, safe, safe_event, working

ODD = "=1+1 <b>&amp; {{ title }} bell \x07 null \x00 half \ud83d"
SHOWN = "=1+1 <b>&amp; {{ title }} bell ␇ null ␀ half �"


@pytest.fixture
def timeline(tmp_path):
    def write(review):
        working_document.write(review, tmp_path / "timeline.docx")
        return docx.Document(tmp_path / "timeline.docx")

    return write


@pytest.fixture
def draft(tmp_path):
    def write(review, drafting=DRAFTING):
        draft_summary.write(review, drafting, tmp_path / "draft.docx")
        return docx.Document(tmp_path / "draft.docx")

    return write


def bookmarks(document):
    return [each.get(qn("w:name")) for each in document.element.iter(qn("w:bookmarkStart"))]


def references(document):
    return [each.get(qn("w:anchor")) for each in document.element.iter(qn("w:hyperlink"))]


def headings(document, level):
    return [each.text for each in document.paragraphs if each.style.name == f"Heading {level}"]


def section(document, title):
    """The paragraphs under a heading of level 1, up to the next."""
    found, inside = [], False
    for each in document.paragraphs:
        if each.style.name == "Heading 1":
            inside = each.text == title
        elif inside:
            found.append(each)
    return found


def timeline_rows(document):
    tables = [table for table in document.tables if table.rows[0].cells[0].text == "No."]
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]


def test_tracked_changes_stand_under_their_row_in_words_and_those_of_no_row_in_a_part_of_their_own(timeline):
    document = timeline(MARKED)
    said = [row[3].split("\n")[1:] for row in timeline_rows(document)]
    assert said == [
        [
            "To check: the row is undated",
            "To check – changed in tracking: deleted after “Anna Renouf was”: “not”; inserted “alone”",
            "To check – hidden or struck through in the file: struck through “Anna”; hidden after “Anna Renouf was seen alone.”: “by Vibert”",
        ],
        ["To check – changed in tracking: the whole row was inserted"],
        ["To check – hidden or struck through in the file: struck through “06/01/2019”"],
        [],
    ]
    (beside,) = [table for table in document.tables if table.rows[0].cells[1].text == "What was done"]
    assert [cell.text for cell in beside.rows[1].cells] == ["Police", "row deleted", "03/01/2019\nHe was drunk", f"{POLICE.path}\nrow 5"]
    assert "Tracked changes outside the events" in headings(document, 1)
    assert "Tracked changes outside the events" not in headings(timeline(TINY), 1)


def test_every_event_stands_in_the_timeline_in_its_order_under_its_month(timeline):
    document = timeline(TINY)
    found = timeline_rows(document)
    assert [row[0] for row in found] == ["1", "2", "3", "4", "5"]
    assert found[1][1:4] == ["Fri 4 Jan 2019, 22:47", "Police", "Nature of involvement  Anna Renouf arrested.\nOutcome  NFA"]
    assert found[1][4] == "police/Log RENOUF.docx\nrow 3"
    assert headings(document, 2)[-3:] == ["2018", "2019", "Undated"]
    assert headings(document, 3) == ["Dates wider than a month", "January 2019", "April 2019"]


def test_what_was_assumed_and_what_is_doubtful_stands_beside_the_row(timeline):
    found = timeline_rows(timeline(TINY))
    assert found[0][1] == "2018\nwritten “2018”\nplaced by its first possible day"
    assert found[2][1] == "about 5 Jan 2019\nwritten “2019-01-05~”\nassumed: year from the row above"
    assert found[3][3].endswith("To check: The time is no time.")


def test_every_question_leads_to_its_rows(timeline):
    document = timeline(TINY)
    assert references(document) == ["row_3", "row_4"]
    assert set(references(document)) <= set(bookmarks(document))
    assert [table.rows[1].cells[0].text for table in document.tables if table.rows[0].cells[0].text == "Question"] == [
        "Was there no contact for 86 days?\npossible, not certain",
    ]
    assert "Further questions, all in the sheet Findings of timeline.xlsx: Possibly the same event 1." in [
        each.text for each in document.paragraphs
    ]


def test_the_banner_and_the_page_number_stand_on_every_page(timeline):
    document = timeline(TINY)
    part = document.sections[0]
    assert part.header.paragraphs[0].text == "IDENTIFIABLE — for the author, the panel and the board"
    assert part.page_width > part.page_height
    fields = [each.text.strip() for each in part.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_every_table_marks_its_header_row_and_says_what_it_is_about(timeline, draft):
    for document in (timeline(TINY), draft(SAFE)):
        for table in document.tables:
            assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
            assert all(len(row.cells) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("review", [EMPTY, working(EVENTS[4]), working(EVENTS[1])], ids=["no events", "undated only", "one event"])
def test_a_review_with_little_in_it_has_a_timeline_too(timeline, review):
    document = timeline(review)
    assert len(timeline_rows(document)) == len(review.timeline.events)
    assert "No rule has raised a question." in [each.text for each in document.paragraphs]


def test_characters_that_xml_forbids_and_markup_are_shown_as_they_are(timeline, draft):
    assert timeline_rows(timeline(working(event(1, POLICE, "2019-01-01", ("event", "", ODD)))))[0][3] == SHOWN
    text = "\n".join(each.text for each in draft(safe(safe_event(1, "Police", "2019", ODD, "event"))).paragraphs)
    assert f"Police recorded: “{SHOWN}” [E0001]" in text


def test_a_very_long_text_is_whole(timeline):
    long = " ".join(f"word{number}" for number in range(9_000))
    assert timeline_rows(timeline(working(event(1, POLICE, "2019-01-01", ("event", "", long)))))[0][3] == long


def test_the_same_review_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        working_document.write(TINY, tmp_path / f"{name}.docx")
        draft_summary.write(SAFE, DRAFTING, tmp_path / f"draft-{name}.docx")
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()
    assert (tmp_path / "draft-one.docx").read_bytes() == (tmp_path / "draft-two.docx").read_bytes()


def test_a_document_has_a_title_and_a_language_and_no_author_thumbnail_or_custom_xml(tmp_path, draft):
    properties = draft(SAFE).core_properties
    assert (properties.title, properties.language) == ("T-1: draft overview report", "en-GB")
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    with zipfile.ZipFile(tmp_path / "draft.docx") as package:
        assert not [name for name in package.namelist() if re.search("thumbnail|customXml|comments|people", name)]
        assert b'w:lang w:val="en-GB"' in package.read("word/styles.xml")
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_value_that_looks_like_a_template_is_not_filled_in(tmp_path):
    write_document(tmp_path / "x.docx", Page(title="{{ banner }}", reference="{{ body }}", banner="{{ title }} & <more>"), [])
    document = docx.Document(tmp_path / "x.docx")
    assert document.sections[0].header.paragraphs[0].text == "{{ title }} & <more>"
    assert document.core_properties.title == "{{ banner }}"


def test_every_style_that_a_document_uses_is_in_its_template(timeline, draft):
    for document in (timeline(TINY), draft(SAFE)):
        known = {style.style_id for style in document.styles}
        used = {each.get(qn("w:val")) for tag in ("w:pStyle", "w:rStyle", "w:tblStyle") for each in document.element.iter(qn(tag))}
        assert used <= known


def test_the_sections_stand_in_order_and_conclusions_and_recommendations_are_left_open(draft):
    document = draft(SAFE)
    assert headings(document, 1) == [each.title for each in DRAFT_SUMMARY.sections]
    for title in ("Conclusions", "Recommendations"):
        assert [each.style.name for each in section(document, title)] == ["Prompt"]
    assert document.sections[0].header.paragraphs[0].text == "DRAFT — pseudonymised, not checked for publication"


def test_every_reference_of_a_draft_resolves_and_every_row_has_its_place(draft):
    document = draft(SAFE)
    assert set(references(document)) <= set(bookmarks(document))
    assert {f"row_{each.id}" for each in SAFE.events} <= set(bookmarks(document))
    numbers = [each.get(qn("w:id")) for each in document.element.iter(qn("w:bookmarkStart"))]
    assert len(set(numbers)) == len(numbers)


def test_the_narrative_quotes_chosen_rows_in_order_each_with_its_reference(draft):
    document = draft(SAFE)
    told = [each.text for each in section(document, "Narrative by period") if each.style.name == "Normal"]
    assert told == [
        "Police recorded: “Known to officers.” [E0001]",
        (
            "Possibly one event, in 2 accounts.\nPolice recorded: “Mother arrested.” Action or decision recorded: “NFA” [E0002]\n"
            "Health recorded: “HV [health visitor] saw no bruise.” On the voice of the child or adult: ““I like school”” [E0003]"
        ),
        "Health recorded: “An undated letter.” [E0006]",
    ]
    assert [each.text for each in section(document, "Narrative by period") if each.style.name.startswith("Heading")] == [
        "2018",
        "2019",
        "January 2019",
        "Undated",
    ]


def test_a_row_that_no_rule_chose_is_listed_as_left_out_with_the_reason(draft):
    document = draft(SAFE)
    table = next(table for table in document.tables if [cell.text for cell in table.rows[0].cells][:2] == ["Row", "Date"])
    found = {row.cells[0].text: row.cells[4].text for row in table.rows[1:]}
    assert list(found) == [each.id for each in SAFE.events]
    assert found["E0004"] == "no: no rule chose it"
    assert found["E0003"] == "first row of the agency"


def test_an_agency_s_own_analysis_stands_beside_its_account(draft):
    texts = [each.text for each in section(draft(SAFE), "Involvement of each agency")]
    assert "The agency's own analysis [A0001]: Analysis" in texts
    assert "Two posts were vacant." in texts
    assert "2 rows, the first dated 2018, the last dated January 2019 [E0001], [E0002]; 2 of them in the narrative." in texts


def test_the_method_prints_the_rules_the_phrases_and_the_counts(draft):
    document = draft(SAFE)
    text = "\n".join(each.text for each in section(document, "Appendix A: method, counts and limits"))
    assert "The first and the last row of each agency." in text
    assert "Injury and harm (3 points): bruis*" in text
    assert "[agency] recorded: “…”" in text
    counts = next(table for table in document.tables if table.rows[0].cells[0].text == "What was counted")
    assert {row.cells[0].text: row.cells[1].text for row in counts.rows}["Rows read"] == "7"


def test_the_glossary_lists_only_abbreviations_that_occur(draft):
    table = next(table for table in draft(SAFE).tables if table.rows[0].cells[0].text == "Abbreviation")
    assert [row.cells[0].text for row in table.rows[1:]] == ["GP", "HV"]


@pytest.mark.parametrize("review", [EMPTY_SAFE, safe(safe_event(1, "Police", "", ""))], ids=["no events", "one with no words"])
@pytest.mark.parametrize("drafting", [DRAFTING, Drafting()], ids=["rules", "no rules"])
def test_a_safe_review_with_little_in_it_has_a_draft_too(draft, review, drafting):
    document = draft(review, drafting)
    assert headings(document, 1) == [each.title for each in DRAFT_SUMMARY.sections]
    assert set(references(document)) <= set(bookmarks(document))


def test_a_board_s_own_phrase_is_used(draft):
    phrases = Phrases(event="The record of {agency} says {quote}")
    told = [each.text for each in section(draft(SAFE, replace(DRAFTING, phrases=phrases)), "Narrative by period")]
    assert "The record of Police says “Known to officers.” [E0001]" in told
