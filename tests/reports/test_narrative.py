"""The narrative and the other quotations of a draft: every one an unbroken piece of one row, with its speaker, its denial and its reference."""

import re
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import draft_summary
from reports.clauses import clauses
from reports.draft import Draft
from reports.drafting import Phrases, Points
from reports.narrative import narrative
from reports.quotations import Abbreviations, quotation
from tests.reports.reviews import SHIPPED as AS_SHIPPED
from tests.reports.reviews import safe, safe_event
from timeline.safe import SafeAnalysis, SafeFinding, SafePerson

SHIPPED = replace(AS_SHIPPED, points=Points(first_or_last=3))  # so that tiny reviews have a narrative
LONG = (
    "Home visit completed. Mother seen in the kitchen with the new washing machine that the charity brought. Bedroom tidy and warm. "
    "Child had a bruise on the left cheek. Child denied any fall. Home conditions good, with food in the cupboard and "
    "clean clothes on the line in the yard behind the house. Father at work."
)
OTHER = "ED attendance: bruise on right cheek, no other injury. Mother said Child H fell."


def finding(kind, *events, number=1, **more):
    said = dict.fromkeys(("period", "rule", "standard", "source"), "")
    return SafeFinding(id=f"F{number:04}", kind=kind, events=events, agencies=(), certainty="possible", question="Why?", **(said | more))


def places(serial, text, phrase):
    return (serial, text.index(phrase), text.index(phrase) + len(phrase))


TOLD_BY_FOUR = (
    ("Police", "Mother arrested after a strategy discussion."),
    ("Hospital", "Mother admitted with a fracture."),
    ("School", "Heard of a bruise."),
    ("GP", "Letter: fracture, admitted."),
    ("Nursery", "Told of it."),
)
DIFFER = finding(
    "discrepancy", "E0002", "E0003", about="injury", phrases=(places("E0002", LONG, "left cheek"), places("E0003", OTHER, "right cheek"))
)
REVIEW = safe(
    safe_event(1, "Police", "2018", "HV rang, child has no bed. Advice given.", "event"),
    safe_event(2, "Health visiting", "March 2019", f"{LONG}\nHV to call GP; HV to call SW.\nN", "event", "action", "child_seen"),
    safe_event(3, "Hospital", "April 2019", OTHER, "event"),
    safe_event(
        4, "Health visiting", "April 2019", "Case unallocated, two posts vacant and caseloads high. Child H said “I like nan's”.", "event"
    ),
    safe_event(
        5, "School", "May 2019", "Good practice: the attendance officer went beyond what was asked.\n“I want my dog”", "event", "voice"
    ),
    safe_event(6, "Hospital", "May 2019", "No bruise seen on Child H today.", "event"),
    safe_event(7, "Police", "", "An undated letter.", "other"),
    findings=(DIFFER,),
    analyses=(SafeAnalysis(id="A0001", agency="Police", heading="Analysis", text="There was good practice.\nTwo posts were vacant."),),
    people=(
        SafePerson(pseudonym="Child H", role="Subject Child", kind="subject"),
        SafePerson(pseudonym="Mother", role="Mother", kind="family"),
    ),
)


@pytest.fixture
def draft(tmp_path):
    def write(review=REVIEW, drafting=SHIPPED):
        draft_summary.write(review, drafting, tmp_path / "draft.docx")
        return docx.Document(tmp_path / "draft.docx")

    return write


def section(document, title):
    """The paragraphs under a heading of level 1, up to the next, tables left out."""
    found, inside = [], False
    for each in document.paragraphs:
        if each.style.name == "Heading 1":
            inside = each.text == title
        elif inside:
            found.append(each)
    return found


_SIGNS = {qn("w:br"): "\n", qn("w:tab"): "\t"}


def quoted(paragraph):
    """The quotations of a paragraph as the row has them: what the program added stands in runs of no style and falls away."""
    found = []
    for run in paragraph._p.iter(qn("w:r")):
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        text = "".join(_SIGNS.get(each.tag, each.text or "") for each in run if each.tag in (qn("w:t"), *_SIGNS))
        if style is not None and style.get(qn("w:val")) in ("Quotation", "Differing"):
            found[-1] += text
        elif style is None and text == "“":
            found.append("")
    return found


def quotations_with_rows(document, title):
    """(quotation, serial of the reference that follows it) for every quotation of a section."""
    for paragraph in section(document, title):
        text, pieces = paragraph.text, quoted(paragraph)
        references = [each[1:-1] for each in re.findall(r"\[[EA]\d+\]", text)]
        if pieces:
            assert references, text
            yield paragraph, pieces, references


def test_every_quotation_of_a_draft_is_one_unbroken_piece_of_a_row_that_the_paragraph_refers_to(draft):
    rows = {each.id: each.text for each in (*REVIEW.events, *REVIEW.analyses)}
    document, found = draft(), 0
    for title in ("Narrative by period", "The voice of the child or adult", "Good practice", "The context of decisions"):
        for _, pieces, references in quotations_with_rows(document, title):
            for piece in pieces:
                assert any(piece in rows[serial] for serial in references), piece
                found += 1
    assert found >= 12


def test_the_pieces_of_a_row_stand_in_the_row_s_order_and_each_is_made_of_whole_clauses():
    built = Draft(REVIEW, SHIPPED)
    for episode in built.episodes:
        for account in episode.accounts:
            starts = [each.start for each in account.passages]
            assert starts == sorted(starts)
            for start, end, (first, last) in ((each.start, each.end, each.cell) for each in account.passages):
                whole = clauses(account.event.text[first:last], built.rows.clause_rules)
                assert start - first in {each.start for each in whole}
                assert end - first in {each.end for each in whole}


def test_of_a_long_cell_the_first_clause_and_those_that_matter_are_told_with_a_sign_where_something_is_left_out(draft):
    told = "\n".join(each.text for each in section(draft(), "Narrative by period"))
    assert (
        "Health visiting recorded: “Home visit completed.” […] “Child had a bruise on the left cheek. Child denied any fall.” […] Action or"
        in told
    )


def test_accounts_that_differ_stand_in_one_paragraph_with_the_words_of_both_underlined(draft):
    (paragraph,) = [each for each in section(draft(), "Narrative by period") if "[E0002]" in each.text]
    assert paragraph.text.startswith("Possibly one event, in 2 accounts.\nHealth visiting recorded: ")
    assert "Hospital, April 2019, recorded: “ED [emergency department] attendance" in paragraph.text
    assert paragraph.text.endswith("The accounts differ about the injury: [E0002], [E0003].")
    assert [run.text for run in paragraph.runs if run.style.name == "Differing"] == ["left cheek", "right cheek"]


def test_words_in_which_accounts_differ_are_told_whatever_their_column(draft):
    text = "Ward round.\nDoctor 2 and Mother"
    events = (
        safe_event(1, "Hospital", "2019", text, "event", "people_involved"),
        safe_event(2, "Police", "2019", "Seen with father.", "event"),
    )
    differ = finding("discrepancy", "E0001", "E0002", about="who", phrases=(places("E0001", text, "Mother"), ("E0002", 5, 16)))
    (paragraph,) = [each for each in section(draft(safe(*events, findings=(differ,))), "Narrative by period") if "[E0001]" in each.text]
    assert "Hospital recorded: “Ward round.”; “Doctor 2 and Mother” [E0001]" in paragraph.text


def test_an_account_that_differs_from_a_row_that_is_not_told_stands_by_itself(draft):
    events = [safe_event(number, "Police", "2019", "Mother arrested, fracture." if number == 2 else "x", "event") for number in range(1, 6)]
    same = finding("same-event", "E0001", "E0002", number=2)
    for serials in (("E0002", "E0003"), ("E0003", "E0002"), ("E0003", "E0004")):
        differ = finding("discrepancy", *serials, about="date")
        text = "\n".join(each.text for each in section(draft(safe(*events, findings=(same, differ))), "Narrative by period"))
        assert "Police recorded: “Mother arrested, fracture.” [E0002]" in text
        assert "The accounts differ" not in text


def test_an_abbreviation_is_explained_at_first_sight_in_each_period_outside_the_row_s_words(draft):
    told = [each.text for each in section(draft(), "Narrative by period")]
    assert told[3] == "Police recorded: “HV [health visitor] rang, child has no bed. Advice given.” [E0001]"
    (second,) = [each for each in told if "[E0002]" in each]
    assert "HV [health visitor] to call GP [general practitioner]; HV to call SW [social worker]." in second


@pytest.mark.parametrize(
    ("piece", "explained"),
    [
        ("HV and GP, HV again", [(2, " [health visitor]"), (9, " [general practitioner]")]),
        ("[HV] stays, HVs too, hv, HV1, HV 1", []),
        ("ALL IN CAPITALS BY HV", []),
        ("to A&E", [(6, " [accident and emergency department]")]),
        ("", []),
    ],
)
def test_what_an_abbreviation_means_is_added_and_never_put_in_its_place(piece, explained):
    assert list(Abbreviations(SHIPPED.abbreviations).explain(piece)) == explained


@given(st.text(max_size=40), st.data())
def test_a_quotation_holds_its_words_whatever_is_added_and_marked(text, data):
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    cuts = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).map(tuple)
    marked = data.draw(st.lists(cuts, max_size=3))
    said = text[start:end]
    added = [(place, "*") for place in data.draw(st.sets(st.integers(1, len(said)), max_size=3))] if said else []
    made = quotation(text, (start, end), lambda piece: iter(added if piece == said else ()), marked)
    runs = re.findall(r"<w:r>(.*?)</w:r>", made, re.DOTALL)
    kept = "".join(re.sub(r"<[^>]*>", "", run) for run in runs if "rStyle" in run)
    plain = "".join(
        re.sub(r"<[^>]*>", "", run) for run in re.findall(r"<w:r>(.*?)</w:r>", quotation(text, (start, end), no_more), re.DOTALL)
    )
    assert plain == f"“{kept}”"


def no_more(_):
    return iter(())


SENTENCES = st.sampled_from(
    [
        "Mother seen at home. ",
        "No bruise seen. ",
        "She denied it. ",
        "Father said: “I never did. Ask her.” ",
        "Child had a bruise; ",
        "HV to visit. ",
        "not brought. ",
        "Police arrested Father. ",
        "\n",
        "But he left. ",
        "Dr. Who came. ",
        "Home conditions poor. ",
        "T/C from school. ",
    ]
)
ROWS = st.lists(
    st.tuples(st.sampled_from(["Police", "School"]), st.lists(SENTENCES, min_size=1, max_size=14).map("".join)), min_size=1, max_size=6
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_whatever_the_rows_every_passage_is_whole_clauses_of_its_cell_and_no_significant_row_is_lost(rows):
    review = safe(*(safe_event(number, agency, "2019", text, "event") for number, (agency, text) in enumerate(rows, start=1)))
    built = Draft(review, replace(SHIPPED, phrases=Phrases(whole_cell_characters=40, most_rows=2)))
    told = [account.event.id for episode in built.episodes for account in episode.accounts]
    assert sorted(told) == sorted(built.chosen)
    assert not set(told) & set(built.ranks.left_out)
    assert all(built.standing(each.id) for each in review.events)
    for episode in built.episodes:
        for account in episode.accounts:
            for passage in account.passages:
                first, last = passage.cell
                found = clauses(account.event.text[first:last], built.rows.clause_rules)
                assert {passage.start - first, passage.end - first} <= {edge for each in found for edge in each}
    assert "".join(narrative(built))


def test_passages_long_enough_to_be_searched_for_are_listed_for_the_board_and_counted(draft):
    document = draft()
    table = next(table for table in document.tables if table.rows[0].cells[-1].text == "What the board decided")
    listed = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert ["[E0003]", "ED attendance: bruise on right cheek, …", "14", "waits for the board"] in listed
    assert not any(row[0] == "[E0001]" for row in listed)
    assert all(int(row[2]) > 12 for row in listed)
    counts = next(table for table in document.tables if table.rows[0].cells[0].text == "What was counted")
    counted = {row.cells[0].text: row.cells[1].text for row in counts.rows}
    assert counted["Passages of more than 12 words in the narrative"] == str(len(listed))
    assert counted["Significant rows that are left out, listed above"] == "0"


def test_rows_that_may_tell_an_event_and_are_not_told_stand_beside_it_by_reference(draft):
    events = [safe_event(number, agency, "2019", text, "event") for number, (agency, text) in enumerate(TOLD_BY_FOUR, start=1)]
    same = finding("same-event", *(each.id for each in events))
    (paragraph,) = [
        each.text for each in section(draft(safe(*events, findings=(same,)), AS_SHIPPED), "Narrative by period") if "[E0001]" in each.text
    ]
    assert paragraph.startswith(
        "Possibly one event, in 3 accounts.\nPolice recorded: “Mother arrested after a strategy discussion.” [E0001]\nHospital"
    )
    assert paragraph.endswith("Possibly the same event, in rows that are not told here: [E0003], [E0005].")


def test_a_significant_row_that_is_left_out_is_listed_with_the_reason_and_leads_to_its_row(draft):
    twice = finding("duplicate", "E0002", "E0006")
    again = safe_event(6, "Hospital", "May 2019", "Child had a bruise.", "event")
    document = draft(replace(REVIEW, events=(*REVIEW.events[:5], again, *REVIEW.events[6:]), findings=(twice,)), SHIPPED)
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "Significant row")
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [["[E0006]", "it seems to be the same entry as E0002"]]


def test_what_was_known_names_the_first_row_of_each_agency_and_those_of_which_none_shows_it(draft):
    table = next(table for table in draft().tables if table.rows[0].cells[1].text == "First row that shows it")
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        ["Health visiting", "March 2019 [E0002]", "“Child had a bruise on the left cheek. Child denied any fall.”", "1"],
        ["Hospital", "April 2019 [E0003]", f"“{OTHER}”", "1"],
    ]
    told = [each.text for each in section(draft(), "What was known to whom and when")]
    assert "No row shows it: Police and School." in told


def test_the_voice_is_what_stands_in_its_column_and_what_the_person_says_in_other_rows(draft):
    assert [each.text for each in section(draft(), "The voice of the child or adult") if each.style.name == "List Bullet"] == [
        "Health visiting, April 2019: “Case unallocated, two posts vacant and caseloads high. Child H said “I like nan's”.” [E0004]",
        "School, May 2019: ““I want my dog”” [E0005]",
    ]


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Child H told the nurse that she was scared.", True),
        ("Wishes and feelings recorded.", True),
        ("Mother said Child H was fine.", False),
        ("Mother said that she wanted help.", False),
        ("Child H was told to wait.", False),
        ("Child H said to be asleep.", False),
        ("Child H did not say.", False),
        ("Child H seen. He said no.", False),
        ("Child H not at school, father said.", False),
    ],
)
def test_a_voice_is_the_person_s_only_where_the_person_speaks(draft, text, voice):
    review = replace(REVIEW, events=(safe_event(1, "School", "2019", text, "event"),), findings=(), analyses=())
    assert bool([each for each in section(draft(review), "The voice of the child or adult") if "[E0001]" in each.text]) is voice


@pytest.mark.parametrize(("role", "voice"), [("Subject Adult", True), ("Subject Child", False)])
def test_in_the_review_of_an_adult_he_said_is_the_adult_s_where_nobody_was_named_in_the_cell(draft, role, voice):
    subject = SafePerson(pseudonym="Adult C", role=role, kind="subject")
    rows = [
        safe_event(1, "Care", "2019", "Carer 1\nHe told me the names of forty cows.", "practitioner", "event"),
        safe_event(2, "Care", "2019", "Carer 1\nNeighbour came. He told me of cows.", "practitioner", "event"),
    ]
    told = [each.text for each in section(draft(replace(safe(*rows), people=(subject,))), "The voice of the child or adult")]
    assert any("[E0001]" in each for each in told) is voice
    assert not any("[E0002]" in each for each in told)


def test_a_cell_that_is_all_hidden_is_not_quoted(draft):
    row = safe_event(1, "Police", "2019", "[reference number]\nSeen.", "other", "other")
    assert "Police recorded: “Seen.” [E0001]" in [each.text for each in section(draft(safe(row)), "Narrative by period")]


def test_good_practice_is_quoted_from_rows_and_from_analyses(draft):
    assert [each.text for each in section(draft(), "Good practice") if each.style.name == "List Bullet"] == [
        "School, May 2019: “Good practice: the attendance officer went beyond what was asked.” [E0005]",
        "Police, its own analysis: “There was good practice.\nTwo posts were vacant.” [A0001]",
    ]


def test_the_context_of_decisions_is_quoted_without_comment_and_an_analysis_can_be_reached(draft):
    document = draft()
    told = [each.text for each in section(document, "The context of decisions")]
    assert "Workload and staffing" in told
    assert any("“Case unallocated, two posts vacant and caseloads high. Child H said “I like nan's”.” [E0004]" in each for each in told)
    anchors = {each.get(qn("w:anchor")) for each in document.element.iter(qn("w:hyperlink"))}
    names = {each.get(qn("w:name")) for each in document.element.iter(qn("w:bookmarkStart"))}
    assert "row_A0001" in anchors
    assert anchors <= names


def test_more_rows_than_are_quoted_are_given_by_reference(draft):
    events = [safe_event(number, "Police", "2019", "Officer on sick leave.", "event") for number in range(1, 6)]
    few = replace(SHIPPED, phrases=Phrases(most_quotations=3))
    told = [each.text for each in section(draft(safe(*events), few), "The context of decisions")]
    assert "2 further rows: [E0004], [E0005]" in told


def test_an_agency_s_own_comments_on_its_rows_stand_in_its_account(draft):
    row = safe_event(1, "Police", "2019", "Seen.\nStaff should have asked.", "event", "missed_opportunity")
    told = [each.text for each in section(draft(safe(row)), "Involvement of each agency")]
    assert "Missed opportunity, 2019: “Staff should have asked.” [E0001]" in told
