"""Every workbook that is written: no cell can become a formula or a link, and nothing too long for a cell is cut in silence."""

import io
import re
import zipfile
from dataclasses import replace
from urllib.parse import unquote

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports import anonymised_workbook, blank_workbook, review_workbook, working_workbook
from reports.printable import printable
from reports.sheets import LONGEST_CELL
from reports.working import Working
from tests.making import case
from tests.reports.reviews import CASE, DRAFTING, POLICE, SAME, SILENCE, event, read, safe, safe_event
from tests.reports.test_rapid_review import finding
from tests.reports.test_review_workbook import EXAMPLE, contents
from timeline.extraction import Difference, Extraction, SetAside
from timeline.findings.finding import Finding
from timeline.marked import MarkedSpan
from timeline.people import Person
from timeline.sources import SourceFile
from timeline.timeline import Timeline
from timeline.views import Views
from timeline.views.known import Knowing, Known

# how spreadsheets begin a formula, a command to another program, a link or a number; and what breaks out of quotation marks
HOSTILE = (
    "=1+1", "+44 1534 123456", "-2+3", "@SUM(A1:A9)", "{=1+1}", "\t=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\uff1d1+1", "'=1+1", '"=1+1"',
    "=cmd|' /C calc'!A0",
    "=DDE(\"cmd\",\"/C calc\",\"x\")", '=HYPERLINK("http://example.org","see")', '=IMPORTXML("http://example.org","//a")', "=WEBSERVICE(A1)",
    "http://example.org/a", "https://example.org", "mailto:a@example.org", "ftp://example.org", "internal:Sheet1!A1", "external:c:\\a.xlsx", "file:///etc/passwd",
    "007", "1e5", "12/03/2019", "TRUE", "#REF!", "_x003D_1+1", "<f>1+1</f>", "]]><f>1</f>", "=1+1" * 9_000,
)  # fmt: skip
LONG = " ".join(f"word{number}" for number in range(12_000))
assert len(LONG) > 3 * 32_767


def working_with(said):
    """A working review in which every text that somebody else wrote is `said`."""
    file = replace(POLICE, path=f"police/{said}", agency=said)
    told = replace(
        event(1, file, "2019-01-04", ("event", said, said), problems=(said,), assumed=(said,)),
        marked=(MarkedSpan(kind="deleted", words=said, where=said, before=said, start=None, end=None),),
    )
    other = event(2, file, "2019-02-04", ("event", "Entry", "Met."))
    scan = Extraction(source=SourceFile(path=said, sha256="d" * 64, agency=said, label="x/2", format="pdf"), status="rejected", reason=said)
    old = Extraction(
        source=replace(scan.source, sha256="e" * 64), status="superseded", reason=said,
        differences=(Difference(earlier=file, later=file, kind="whole", same=0, changed=((told, other),), added=(told,), gone=(told,)),),
    )  # fmt: skip
    returns = (
        read(file, told, other, unread=(SetAside(said, said, said),), ignored=(SetAside(said, said, said),), notes=(said,)),
        scan,
        old,
    )
    knowing = Knowing(agency=said, event="id-1", since=None, until=None, rows=1, lag_days=None)
    asked = Finding(
        id="f", kind="late", events=("id-1",), agencies=(said,), since=None, until=None, days=None, certainty="certain", rule=said, standard=said,
        source=said, question=said, more={"start": 0, "end": len(said)},
    )  # fmt: skip
    return Working(
        case=replace(CASE, referral={"lessons": said}),
        timeline=Timeline(events=(told, other), returns=returns),
        findings=(asked, replace(SILENCE, events=("id-1",)), replace(SAME, events=("id-1", "id-2"))),
        people=(Person(id="P1", name=said, also_known_as=(said,), role=said, kind="subject"),),
        methods=((said, said),),
        views=Views(known=(Known(said, (knowing,)),)),
        named={"id-1": (said,)},
        kinds={"id-1": (said,)},
    )  # fmt: skip


def safe_with(said):
    asked = finding(1, "late", ("E0001",), 1, question=said, rule=said, standard=said, source=said, period=said, agencies=(said,))
    return safe(safe_event(1, said, said, said, "event"), safe_event(2, "Police", "", "Met."), findings=(asked,))


def review_with(said):
    given, shown = contents(), replace(EXAMPLE, where=said, before=said, words=said, after=said)
    told = {"words": said, "why": said, "by": said}
    return replace(
        given,
        people=tuple(
            replace(p, name=said, role=said, agency=said, forms=((said, 1),), examples=(shown,), said=replace(p.said, **told))
            for p in given.people
        ),
        replacements=tuple(replace(r, form=said, becomes=(said,), whose=said, doubt=said, examples=(shown,)) for r in given.replacements),
        passages=tuple(replace(p, context=shown, why=said, becomes=said) for p in given.passages),
        left=tuple(replace(r, form=said, why=said, decided=said, examples=(shown,)) for r in given.left),
        notes=(said,),
        case=case("Police"),
    )


WORKBOOKS = {
    "working": lambda said, path: working_workbook.write(working_with(said), path),
    "anonymised": lambda said, path: anonymised_workbook.write(safe_with(said), DRAFTING, path),
    "review": lambda said, path: review_workbook.write(review_with(said), path),
}


@pytest.fixture
def book_of(tmp_path):
    """A workbook of a kind in which every text is the one given: its parts, and its sheets as openpyxl reads them."""

    def write(kind, said):
        WORKBOOKS[kind](said, tmp_path / "book.xlsx")
        made = (tmp_path / "book.xlsx").read_bytes()
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            parts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
        return parts, openpyxl.load_workbook(io.BytesIO(made))

    return write


INTO_INTAKE = re.compile(r"\.\.\\\.\.\\intake\\(?!.*\.\.)[A-Za-z0-9_.~%\\-]+")  # Excel's way of writing a path


def check_inert(parts, book):
    """No formula, link, outside part or value that Excel would work out stands in any part; the program's own links to read files apart."""
    for name, part in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            assert "<f>" not in part, name
            assert "<f " not in part, name
            assert 't="str"' not in part, name
        for target in re.findall(r'Target="([^"]*)" TargetMode="External"', part):
            assert INTO_INTAKE.fullmatch(target), (name, target)
        assert part.count('TargetMode="External"') == len(re.findall(r'Target="[^"]*" TargetMode="External"', part))
        assert not any(
            word in name.casefold() for word in ("external", "vba", "activex", "embeddings", "connections", "querytable", "dde")
        ), name
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in "snd", (sheet.title, cell.coordinate)
                assert not cell.hyperlink or (sheet.title == "Timeline" and sheet.cell(4, cell.column).value == "Place in the file"), (
                    cell.coordinate
                )


def test_the_place_of_a_row_leads_to_the_file_that_it_was_read_from(tmp_path):
    file = replace(POLICE, path="police/Log 50% #2 RENOUF.docx")
    told = event(1, file, "2019-01-04", ("event", "", "Met."))
    review = replace(working_with("x"), timeline=Timeline(events=(told,), returns=(read(file, told),)), findings=())
    path = tmp_path / "output" / "working" / "timeline.xlsx"
    path.parent.mkdir(parents=True)
    working_workbook.write(review, path)
    (cell,) = [cell for row in openpyxl.load_workbook(path)["Timeline"].iter_rows() for cell in row if cell.hyperlink]
    assert cell.value == "row 2"
    assert cell.hyperlink.target == "..\\..\\intake\\police\\Log%2050%25%20%232%20RENOUF.docx"
    assert (path.parent / unquote(cell.hyperlink.target).replace("\\", "/")).resolve() == tmp_path / "intake" / file.path


@pytest.mark.parametrize("kind", WORKBOOKS)
@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: ascii(said[:24]))
def test_no_text_becomes_a_formula_a_link_or_a_number(book_of, kind, said):
    parts, book = book_of(kind, said)
    check_inert(parts, book)
    texts = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any(printable(said) in text or printable(said).strip() in text for text in texts) or len(said) > LONGEST_CELL


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=40), st.sampled_from(sorted(WORKBOOKS)))
def test_no_text_whatever_becomes_a_formula_or_a_link(book_of, said, kind):
    check_inert(*book_of(kind, said))


@pytest.mark.parametrize("kind", WORKBOOKS)
@pytest.mark.parametrize("long", [LONG, "\U0001f600" * 40_000], ids=["words", "signs of two units"])
def test_a_text_too_long_for_a_cell_goes_on_in_further_rows_that_say_so(book_of, kind, long):
    _, book = book_of(kind, long)
    whole = 0
    for sheet in book:
        for column in sheet.iter_cols(values_only=True):
            texts = [value for value in column if isinstance(value, str)]
            assert all(len(value.encode("utf-16-le")) // 2 <= 32_767 for value in texts)
            whole += long in "".join(texts)
    assert whole >= 3
    firsts = [str(cell.value) for sheet in book for cell in sheet["A"] if cell.value]
    assert any("part 1 of" in each for each in firsts)


def test_a_title_too_long_for_its_cell_says_that_it_goes_on(tmp_path):
    review = replace(working_with("Met."), case=replace(CASE, title=LONG))
    working_workbook.write(review, tmp_path / "book.xlsx")
    title = openpyxl.load_workbook(tmp_path / "book.xlsx")["Timeline"]["A2"].value
    assert title.endswith("[…]")
    assert len(title) <= 32_767


def test_the_blank_chronology_for_agencies_holds_no_formula_either(tmp_path):
    blank_workbook.write_workbook(tmp_path / "blank.xlsx")
    with zipfile.ZipFile(tmp_path / "blank.xlsx") as package:
        parts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    check_inert(parts, openpyxl.load_workbook(tmp_path / "blank.xlsx"))
