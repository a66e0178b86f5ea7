"""The learning report and its briefing: publishable by construction, because nothing of a review but numbers reaches them."""

import json
import re
import shutil
import subprocess
import tomllib
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports import learning_report, working_workbook
from reports.learning_report import BRIEFING, PLACES, REPORT
from reports.learning_rules import read_learning
from reports.left_out import TAB, in_ranges
from reports.sheets import HEADER_ROW
from reports.template_sources import TEMPLATES
from reports.wording import KINDS
from tests.conftest import ROOT
from tests.reports.reviews import DRAFTING, EMPTY_SAFE, SAFE, TINY, safe, safe_event
from tests.reports.test_rapid_review import FINDINGS, finding
from timeline.errors import CaseError

GIVEN = tomllib.loads((ROOT / "rules" / "learning.toml").read_text("utf-8"))
RULES = replace(DRAFTING, learning=read_learning(GIVEN))
WRITE = {REPORT: learning_report.write, BRIEFING: learning_report.write_briefing}
PATTERNS = [each["id"] for each in tomllib.loads((ROOT / "rules" / "patterns.toml").read_text("utf-8"))["pattern"]]
# a finding of every kind, and of every pattern
EVERY_KIND = (
    *(finding(number, kind, (), certainty="certain" if number % 2 else "possible") for number, kind in enumerate(KINDS)),
    *(finding(100 + number, "pattern", (), about=name) for number, name in enumerate(PATTERNS)),
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MONTH = (
    r"January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DATE = re.compile(
    rf"\b(?:{_MONTH})\b|\b(?:19|20)\d\d\b|\d{{1,2}}[./-]\d{{1,2}}|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|spring|summer|autumn|winter"
)


@pytest.fixture
def words_of(tmp_path):
    """Everything that a document shows, in its body, its header and its footer."""

    def read(name, review, drafting=RULES):
        WRITE[name](review, drafting, tmp_path / name)
        document = docx.Document(tmp_path / name)
        part = document.sections[0]
        cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
        held = (document, *cells, part.header, part.footer)
        return "\n".join([*(each.text for one in held for each in one.paragraphs), document.core_properties.title])

    return read


def runs(text, length=4):
    words = [word.casefold() for word in _WORD.findall(text)]
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


TEXTS = st.text(min_size=1, max_size=30)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=10, max_size=10))
def test_whatever_a_review_says_the_same_findings_give_the_same_bytes(tmp_path, said):
    title, reference, period, question, where, row, analysis, answer, when, name = said
    review = replace(SAFE, findings=FINDINGS)
    other = replace(
        review,
        title=title,
        reference=reference,
        period=period,
        kind="sar",
        policy=name,
        agencies=tuple(where + each for each in review.agencies),
        events=tuple(replace(each, text=row, cells=(), date=when, agency=where) for each in review.events),
        analyses=tuple(replace(each, text=analysis, heading=analysis) for each in review.analyses),
        people=tuple(replace(each, pseudonym=name, role=name) for each in review.people),
        findings=tuple(
            replace(each, question=question, period=period, agencies=(where,), rule=row, source=row) for each in review.findings
        ),
        referral=replace(review.referral, answers={"lessons": answer}, days={"incident": when}, within=when),
    )
    for document, write in WRITE.items():
        write(review, RULES, tmp_path / "one")
        write(other, RULES, tmp_path / "other")
        assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes(), document


@pytest.mark.parametrize("name", WRITE)
@pytest.mark.parametrize("sample", ["harbour", "tenter", "berllan"])
def test_no_four_words_of_any_row_in_a_row_and_no_date_stand_in_it(words_of, name, sample):
    gold = json.loads((ROOT / "data" / "samples" / sample / "gold.json").read_text("utf-8"))
    rows = [safe_event(number, each["agency"], each["date"], each["text"], "event") for number, each in enumerate(gold["events"], 1)]
    said = words_of(name, replace(safe(*rows), findings=EVERY_KIND))
    told = runs(said)
    assert len(told) > 100
    assert {run for each in rows for run in runs(each.text)} & told == set()
    assert _DATE.findall(said) == []


def test_what_the_search_for_dates_would_find():
    assert all(_DATE.search(each) for each in ("in May 2019", "4/3", "2019", "last Tuesday", "12.03.19", "over the summer"))


@pytest.mark.parametrize("name", WRITE)
def test_every_place_of_the_template_is_filled_and_nothing_else_is_asked_for(words_of, name):
    assert {section.place for section in TEMPLATES[name].sections} - {""} == set(PLACES[name])
    assert "{{" not in words_of(name, SAFE)


def test_every_place_of_every_template_is_listed_for_the_board():
    lines = (ROOT / "docs" / "board-settings.md").read_text("utf-8").splitlines()
    for name, template in TEMPLATES.items():
        (line,) = [each for each in lines if each.startswith(f"| `{name}` |")]
        assert set(re.findall(r"`(\w+)`", line.rpartition(" | ")[2])) == {section.place for section in template.sections} - {""}


def test_each_theme_stands_with_its_sentence_its_question_and_its_number(words_of):
    said = words_of(REPORT, replace(SAFE, findings=EVERY_KIND))
    for theme in RULES.learning.in_order:
        assert theme.found in said
        assert theme.question in said
    assert "Raised 2 times: 1 certain, 1 possible." in said


def test_the_most_exact_name_of_a_kind_counts_and_a_boards_own_pattern_has_a_theme_too():
    assert RULES.learning.theme("pattern", "missed-contacts").title == "When contact is missed"
    assert RULES.learning.theme("pattern", "our-own").title == "Seeing the pattern"


def test_what_the_author_dismissed_teaches_nothing(words_of):
    said = words_of(REPORT, replace(SAFE, findings=(finding(1, "late", (), dismissed=True),)))
    assert "Steps in time" not in said
    assert "1 question that rules raised has no theme here." in said


@pytest.mark.parametrize("name", WRITE)
@pytest.mark.parametrize("drafting", [RULES, DRAFTING], ids=["rules", "no rules"])
def test_a_review_with_no_findings_has_one_too(words_of, name, drafting):
    assert "No rule has raised a question" in words_of(name, EMPTY_SAFE, drafting)


def test_every_kind_of_finding_has_a_theme_or_a_reason():
    learning = RULES.learning
    assert [kind for kind in KINDS if not learning.theme(kind, "") and kind not in learning.left_out] == []
    known = {*KINDS, *(f"pattern/{each}" for each in PATTERNS)}
    assert {*learning.themes, *learning.left_out} <= known


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_briefing_with_its_longest_themes_fills_one_page(tmp_path):
    longest = sorted(RULES.learning.in_order, key=lambda each: -len(each.found + each.question))
    learning = replace(RULES.learning, themes={str(number): each for number, each in enumerate(longest) if not each.good})
    raised = tuple(finding(number, str(number), ()) for number in range(len(longest)))
    learning_report.write_briefing(replace(SAFE, findings=raised), replace(RULES, learning=learning), tmp_path / "briefing.docx")
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "briefing.docx")]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    with pdfplumber.open(tmp_path / "briefing.pdf") as printed:
        assert len(printed.pages) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"themes": []}, "themes is unknown"),
        ({"themes_on_one_page": 0}, "themes_on_one_page is a whole number"),
        ({"theme": [{"title": "T", "kinds": ["late"], "found": "F"}]}, "number 1: question is missing"),
        ({"theme": [{"title": "T", "kinds": "late", "found": "F", "question": "Q"}]}, "number 1: kinds is a list"),
        ({"theme": [{"title": "T", "kinds": ["late"], "found": "F", "question": "Q", "good": "yes"}]}, "number 1: good is true or false"),
        ({"left_out": [{"kinds": ["late"], "why": " "}]}, "number 1: why is a text"),
        ({"left_out": [{"kinds": ["late"], "why": "x"}, {"kinds": ["late"], "why": "y"}]}, "late is named twice"),
    ],
)
def test_a_wrong_rule_is_a_clear_error(change, says):
    with pytest.raises(CaseError, match=f"learning.toml.*{says}"):
        read_learning({**GIVEN, **change})


def left_out(review, tmp_path):
    working_workbook.write(review, tmp_path / "timeline.xlsx")
    header, *body = openpyxl.load_workbook(tmp_path / "timeline.xlsx")[TAB].iter_rows(min_row=HEADER_ROW + 1, values_only=True)
    return [dict(zip(header, row, strict=True)) for row in body]


def test_the_board_is_told_what_the_learning_report_leaves_out_and_why(tmp_path):
    silence, same = TINY.findings
    dismissed = replace(
        silence, id="f-3", more={"decision": {"verdict": "dismiss", "by": "AB", "at": "2031-01-01", "notes": [], "rows_changed": False}}
    )
    case = replace(TINY.case, referral={"lessons": "Anna Renouf."}, incident_on=date(2019, 1, 4))
    found = left_out(replace(TINY, case=case, learning=RULES.learning, findings=(silence, same, dismissed)), tmp_path)
    assert [(row["What"], row["Rows of the timeline"]) for row in found if row["What"].startswith("All rows")] == [
        ("All rows: 2", "1–2"),
        ("All rows: 3", "3–5"),
    ]
    by_id = {row["Id"]: row for row in found if row["Id"]}
    assert set(by_id) == {"an-1", "f-1", "f-2", "f-3"}
    assert by_id["f-1"]["What stays of it"] == "one of the number of “Quiet periods”"
    assert "for the author to compare" in by_id["f-2"]["Why the rest is left out"]
    assert by_id["f-3"]["Why the rest is left out"] == "the author decided that it is no question"
    assert any(row["What"] == "What the referral says" for row in found)
    assert all(row["Why the rest is left out"] for row in found)


def test_runs_of_rows_are_shown_as_ranges():
    assert in_ranges([1, 2, 3, 7, 9, 10]) == "1–3, 7, 9–10"
    assert in_ranges([]) == ""
