"""The rapid review pack, read back with python-docx."""

import re
import tomllib
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from reports import rapid_review
from reports.drafting import Points, Theme
from reports.panel_templates import RAPID_REVIEW
from reports.rapid_pack import Pack
from reports.rapid_rules import read_rapid_rules
from reports.reports import ANONYMISED_REPORTS
from reports.wording import KINDS
from tests.conftest import ROOT
from tests.reports.reviews import DRAFTING, EMPTY_SAFE, SAFE, safe, safe_event
from timeline.errors import CaseError
from timeline.safe import SafeFinding, SafePerson, SafeReferral
from timeline.wording.cues import cues_from

GIVEN = tomllib.loads((ROOT / "rules" / "rapid_review.toml").read_text("utf-8"))
CUES = cues_from({path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((ROOT / "rules" / "cues").glob("*.toml"))})
RULES = replace(DRAFTING, rapid=read_rapid_rules(GIVEN), cues=CUES)
REFERRAL = SafeReferral(
    days={"incident": "January 2019", "referred": "February 2019", "due": "March 2019"},
    answers={"multi_agency": "Yes: police & health.", "lessons": ""},
    within="15 working days",
    source="the board (not verified)",
    at_incident=("E0002",),
    after_incident=("E0003", "E0004"),
)


def finding(number, kind, events, entry=0, **more):
    return SafeFinding(
        **{
            "id": f"F{number:04}", "kind": kind, "events": events, "agencies": ("Police", "Health"), "period": "", "certainty": "possible",
            "rule": "a rule", "standard": "", "source": "", "question": f"Question {number}?", "entry": entry, **more,
        }
    )  # fmt: skip


FINDINGS = (
    finding(1, "same-event", ("E0002", "E0003"), 1),
    finding(2, "unanswered-handover", ("E0004",), 2),
    finding(3, "unanswered-handover", ("E0005",), 2),
    finding(4, "pattern", ("E0001", "E0006"), 3, about="missed-contacts"),
    finding(5, "pattern", ("E0003",), 4, about="escalation-or-disagreement"),
    finding(6, "silence", ("E0004", "E0005")),
    finding(7, "coverage", (), 5),
    finding(8, "late", ("E0005",), dismissed=True),
)
PACK = replace(SAFE, kind="rapid-review", findings=FINDINGS, referral=REFERRAL)


@pytest.fixture
def written(tmp_path):
    def write(review=PACK, drafting=RULES):
        rapid_review.write(review, drafting, tmp_path / "pack.docx")
        return docx.Document(tmp_path / "pack.docx")

    return write


def under(document, title, level=1):
    """The texts of the paragraphs under a heading, up to the next of its level or above."""
    found, inside = [], False
    for each in document.paragraphs:
        style = each.style.name
        if style.startswith("Heading") and int(style[-1]) <= level:
            inside = each.text == title
        elif inside:
            found.append(each.text)
    return found


def table(document, about):
    return next(
        [[cell.text for cell in row.cells] for row in each.rows[1:]]
        for each in document.tables
        if each._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == about
    )


def test_the_sections_stand_in_order_and_every_place_is_filled(written):
    document = written()
    assert [each.text for each in document.paragraphs if each.style.name == "Heading 1"] == [each.title for each in RAPID_REVIEW.sections]
    assert {section.place for section in RAPID_REVIEW.sections} - {""} == set(rapid_review.PLACES)
    assert not any("{{" in each.text for each in document.paragraphs)


def test_it_is_written_for_a_rapid_review_alone():
    report = next(each for each in ANONYMISED_REPORTS if each.file == "anonymised/rapid-review.docx")
    assert report.wanted(PACK)
    assert not report.wanted(SAFE)
    assert [each.file for each in ANONYMISED_REPORTS if not each.wanted(SAFE)] == [report.file]


def test_the_panel_is_told_its_working_days_and_no_exact_day(written):
    document = written()
    assert "The panel has 15 working days from the referral" in " ".join(under(document, "The referral and the time that the panel has"))
    days = dict(table(document, "The days of the case, in general words"))
    assert days["The incident"] == "January 2019"
    assert days["The last of these working days"] == "March 2019"
    assert days["The board was notified"].startswith("not shown")
    whole = "\n".join(
        [each.text for each in document.paragraphs]
        + [cell for each in document.tables for row in each.rows for cell in (c.text for c in row.cells)]
    )
    assert not re.search(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\b\d{1,2} (?:January|February|March)", whole)


def test_without_a_number_or_a_day_the_pack_says_what_is_missing(written):
    document = written(replace(PACK, referral=SafeReferral()))
    assert "cannot be counted" in " ".join(under(document, "The referral and the time that the panel has"))
    assert "incident_on" in " ".join(under(document, "The incident"))
    assert "case.toml gives none ([referral] lessons)." in under(document, "3. Could lessons be learnt?", 2)


def test_each_question_has_its_answer_and_its_evidence_by_row(written):
    document = written()
    first = under(document, "1. Was there multi-agency involvement?", 2)
    assert first[1] == "Yes: police & health."
    assert "2 agencies recorded involvement: Police (2 rows) and Health (4 rows)." in first
    assert "Question 1? (possible, not certain) [E0002], [E0003]" in first
    second = under(document, "2. Are there concerns about how partners worked together?", 2)
    assert "Question 2? (possible, not certain) [E0004] 1 other like it: [E0005]" in second
    assert "Question 5? (possible, not certain) [E0003]" in second
    third = under(document, "3. Could lessons be learnt?", 2)
    assert "Question 4? (possible, not certain) [E0001], [E0006]" in third
    assert "Further questions, which the board's working timeline lists: Silence: no agency recorded anything 1." in third
    assert not any("Question 7?" in each.text or "Question 8?" in each.text for each in document.paragraphs)


def test_the_incident_and_the_actions_after_it_are_quoted_whole_with_their_rows(written):
    document = written()
    assert "Police, January 2019: “Mother arrested.” [E0002]" in under(document, "The incident")
    assert "Police, January 2019: “NFA” [E0002]" in under(document, "Immediate safety action")


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("Strategy discussion held.", True),
        ("Police arrested Father.", True),
        ("No strategy discussion was held.", False),
        ("Father was not arrested.", False),
        ("Plan: strategy discussion to be arranged.", False),
        ("Routine letter.", False),
    ],
)
def test_a_safety_action_is_one_that_a_row_says_was_taken(said, counts):
    event = safe_event(1, "Police", "January 2019", said, "event")
    review = replace(safe(event), referral=SafeReferral(at_incident=("E0001",)))
    assert bool(Pack(review, RULES).safety) is counts


def test_a_row_before_the_incident_or_of_no_known_day_is_no_safety_action():
    event = safe_event(1, "Police", "January 2019", "Strategy discussion held.", "event")
    assert Pack(safe(event), RULES).safety == ()


def far_references(document):
    return re.findall(
        r'HYPERLINK "timeline.html" \\l "row-(E\d+)"', "".join(each.text for each in document.element.iter(qn("w:instrText")))
    )


def test_every_reference_leads_to_a_row_of_the_pack_or_of_the_timeline_beside_it(written):
    document = written()
    anchors = {each.get(qn("w:anchor")) for each in document.element.iter(qn("w:hyperlink"))} - {None}
    marks = [each.get(qn("w:name")) for each in document.element.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks))
    assert anchors <= set(marks)
    far = far_references(document)
    assert far
    assert set(far) <= {event.id for event in PACK.events}
    assert not {f"row_{serial}" for serial in far} & set(marks)


def test_key_events_are_those_that_the_overview_report_would_tell_without_those_quoted_above(written):
    assert [row[0] for row in table(written(), "Key events")] == ["E0001", "E0006"]
    most = replace(RULES, points=Points(questions={"pattern": 3}), themes=())
    assert "E0003" not in {row[0] for row in table(written(PACK, most), "Key events")}  # it may tell the same event as E0002
    alone = replace(PACK, findings=FINDINGS[1:])
    rows = {row[0]: row[3:] for row in table(written(alone, most), "Key events")}
    assert rows["E0003"] == ["HV saw no bruise.\n“I like school”", "Pattern; first row of the agency"]
    assert "E0002" not in rows  # it is quoted as the incident


def test_key_events_are_as_many_as_the_board_allows_and_the_rest_is_counted(written):
    few = replace(RULES, rapid=replace(RULES.rapid, most_key_events=1))
    document = written(PACK, few)
    assert [row[0] for row in table(document, "Key events")] == ["E0001"]
    assert "The rules chose 1 row more." in " ".join(under(document, "Chronology of key events"))
    assert "E0006" in far_references(document)


def test_of_one_kind_only_the_first_questions_are_written_out_and_the_others_given_by_their_rows(written):
    many = tuple(finding(number, "unanswered-handover", (f"E000{number}",), number) for number in range(1, 6))
    said = under(written(replace(PACK, findings=many)), "2. Are there concerns about how partners worked together?", 2)
    assert sum("(possible, not certain)" in each for each in said) == 3
    assert "2 more questions of this kind, on [E0004], [E0005]" in said


def test_others_around_the_family_are_named_in_the_order_of_their_numbers(written):
    people = tuple(SafePerson(pseudonym=f"Person {number}", role="Person", kind="associate") for number in (10, 2, 1))
    assert "Others named around the family: Person 1, Person 2 and Person 10." in under(written(replace(PACK, people=people)), "The family")


def test_the_options_are_boxes_to_tick_and_what_the_panel_decides_is_blank(written):
    document = written()
    boxes = list(document.element.iter(qn("w:sdt")))
    assert len(boxes) == len(GIVEN["option"])
    checked = "{http://schemas.microsoft.com/office/word/2010/wordml}"
    assert all(each.find(f".//{checked}checkbox/{checked}checked").get(f"{checked}val") == "0" for each in boxes)
    assert len({each.find(f".//{qn('w:id')}").get(qn("w:val")) for each in boxes}) == len(boxes)
    assert all(not row[1].strip() for row in table(document, "The decision, to be filled in"))
    assert all(not cell.strip() for row in table(document, "Signatures, to be filled in") for cell in row[1:])


@pytest.mark.parametrize("review", [EMPTY_SAFE, safe(safe_event(1, "Police", "", ""))], ids=["no events", "one with no words"])
@pytest.mark.parametrize("drafting", [RULES, DRAFTING], ids=["rules", "no rules"])
def test_a_review_with_little_in_it_has_a_pack_too(written, review, drafting):
    assert written(replace(review, kind="rapid-review"), drafting).tables


def test_two_packs_of_one_review_are_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        rapid_review.write(PACK, RULES, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_every_kind_of_finding_is_evidence_for_a_question_or_is_said_to_be_for_none():
    assert [kind for kind in KINDS if not RULES.rapid.question(kind, "") and kind not in RULES.rapid.left_out] == []
    assert {each.id for each in RULES.rapid.questions} == {"multi_agency", "working_together", "lessons"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"safety_action": []}, "safety_action is unknown"),
        ({"most_key_events": 0}, "most_key_events is a whole number"),
        ({"most_key_events": True}, "most_key_events is a whole number"),
        ({"most_of_a_kind": 0}, "most_of_a_kind is a whole number"),
        ({"safety_actions": [""]}, "safety_actions is a list of texts"),
        ({"safety_actions": ["… x"]}, "safety_actions"),
        ({"option": [{"says": ""}]}, "option.* number 1: says is a text"),
        ({"option": "yes"}, "option is a list of tables"),
        ({"question": [{"id": "lessons", "asks": "x"}]}, "question.* number 1: kinds is missing"),
        ({"question": [{"id": "a", "asks": "x", "kinds": ["late", "late"]}]}, "late is named twice"),
    ],
)
def test_a_wrong_rule_is_a_clear_error(change, says):
    with pytest.raises(CaseError, match=f"rapid_review.toml.*{says}"):
        read_rapid_rules({**GIVEN, **change})


def test_a_key_event_says_the_two_weightiest_reasons_and_how_many_more_there_are(written):
    words = ("bruis*", "arrest*", "school")
    themes = tuple(Theme(f"Theme {number}", (word,), points=number) for number, word in enumerate(words, start=1))
    review = safe(safe_event(1, "Police", "2019", "Arrested. Bruise seen at school.", "event"))
    (row,) = table(written(review, replace(RULES, themes=themes)), "Key events")
    assert row[-1] == "Theme 3; first row of the agency; 3 more"
