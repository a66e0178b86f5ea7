"""Every page of every document as a person sees it: the sample run, its documents made pages by LibreOffice and a browser, and looked at."""

import re
import shutil
import subprocess
from itertools import pairwise

import docx
import openpyxl
import pypdfium2
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph
from openpyxl.utils import range_boundaries

from pipelines.cli import main
from reports.draft import BANNER as DRAFT_BANNER
from reports.panel_templates import LEARNING_BANNER
from reports.sheets import HEADER_ROW
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: no document can be made pages"),
]
SAMPLE = ROOT / "data" / "samples" / "harbour"
BANNERS = {
    "working": ("IDENTIFIABLE — for the",),
    "anonymised": (DRAFT_BANNER, LEARNING_BANNER),
    "review": ("IDENTIFIABLE: names beside pseudonyms",),
}
EDGE = 12  # points that stay free at each side: the narrowest margin of a sheet is 0.4 inch


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """The output of the sample as a rapid review, so that every document is written."""
    review = tmp_path_factory.mktemp("pages") / "harbour"
    shutil.copytree(SAMPLE, review, ignore=shutil.ignore_patterns("output", "record", "gold.json"))
    case = (review / "case.toml").read_text("utf-8")
    days = 'kind = "rapid-review"\nincident_on = 2020-06-09\nnotified_on = 2020-06-10\nreferred_on = 2020-06-11'
    (review / "case.toml").write_text(re.sub(r'^kind = "\w+"', days, case, count=1, flags=re.MULTILINE), "utf-8")
    assert main(["run", str(review)]) == 1  # the sample has files that cannot be read
    return review / "output"


@pytest.fixture(scope="module")
def pages(output, tmp_path_factory):
    """Document -> its PDF."""
    folder = tmp_path_factory.mktemp("pdf")
    documents = sorted(path for path in output.rglob("*") if path.suffix in (".docx", ".xlsx"))
    named = {folder / "_".join(path.relative_to(output).parts).replace(".", "-"): path for path in documents}
    for copy, path in named.items():
        shutil.copy(path, copy.with_suffix(path.suffix))
    home = f"-env:UserInstallation=file://{folder / 'office'}"
    copies = [str(copy.with_suffix(path.suffix)) for copy, path in named.items()]
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *copies]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    made = {path: pypdfium2.PdfDocument(copy.with_suffix(".pdf")) for copy, path in named.items()}
    yield made
    for each in made.values():
        each.close()


def squeezed(text):
    """The text without blanks and hyphens, at which lines are broken, and without the dots of lists and the signs for control characters."""
    return re.sub(r"[\s\u0002\ufffe\uf0b7•\u2400-\u2426-]+", "", text)


def lines_of(page):
    """The lines of a page from the top, its banner and its foot among them."""
    return [line.strip() for line in page.get_textpage().get_text_bounded().splitlines() if line.strip()]


def everything(made):
    """(document, number of the page, page) of all."""
    return [(path, number, page) for path, document in made.items() for number, page in enumerate(document, start=1)]


def of_kind(made, suffix):
    return {path: document for path, document in made.items() if path.suffix == suffix}


def blocks(path):
    """The paragraphs and tables of a Word document in order."""
    return list(docx.Document(path).iter_inner_content())


def test_every_document_becomes_pages(pages, output):
    names = {path.relative_to(output).as_posix() for path in pages}
    assert {f"anonymised/{name}.docx" for name in ("draft-summary", "rapid-review", "learning-report", "seven-minute-briefing")} <= names
    assert {"working/timeline.docx", "working/timeline.xlsx", "anonymised/timeline.xlsx", "review/anonymisation-review.xlsx"} <= names
    assert all(len(document) for document in pages.values())


def test_no_page_is_blank(pages):
    for path, number, page in everything(pages):
        own = [
            line for line in lines_of(page) if not re.search(r"Page \d+ of \d+$", line) and not line.startswith(("IDENTIFIABLE", "DRAFT"))
        ]
        ink = (page.render(scale=0.5).to_numpy()[..., :3].min(axis=2) < 128).mean()
        assert own, f"{path.name} page {number} has no words"
        assert ink > 0.0005, f"{path.name} page {number} shows nothing"


def test_the_banner_and_the_number_stand_on_every_page(pages, output):
    for path, number, page in everything(pages):
        text = page.get_textpage().get_text_bounded()
        banners = BANNERS[path.relative_to(output).parts[0]]
        assert any(banner in text for banner in banners), f"{path.name} page {number}"
        assert f"Page {number} of {len(pages[path])}" in text, f"{path.name} page {number}"


def test_nothing_is_cut_at_the_edges(pages):
    for path, number, page in everything(pages):
        width, height = page.get_size()
        shown = page.get_textpage()
        for at in range(shown.count_rects()):
            left, bottom, right, top = shown.get_rect(at)
            assert left >= EDGE, f"{path.name} page {number}"
            assert right <= width - EDGE, f"{path.name} page {number}"
            assert bottom >= 0, f"{path.name} page {number}"
            assert top <= height, f"{path.name} page {number}"


def test_every_word_of_a_word_document_is_on_its_pages(pages):
    for path, document in of_kind(pages, ".docx").items():
        shown = squeezed("".join("".join(lines_of(page)) for page in document))
        for block in blocks(path):
            texts = (
                [block.text]
                if isinstance(block, Paragraph)
                else [run for row in block.rows for cell in row.cells for run in cell.text.split("\n")]
            )
            for text in texts:
                for piece in re.findall(r"\S+", text):
                    assert squeezed(piece) in shown, path.name


def test_every_word_of_the_printed_columns_of_a_workbook_is_on_its_pages(pages):
    for path, document in of_kind(pages, ".xlsx").items():
        shown = squeezed("".join("".join(lines_of(page)) for page in document))
        for sheet in openpyxl.load_workbook(path).worksheets:
            last = range_boundaries(sheet.print_area.split("!")[-1].replace("$", ""))[2] if sheet.print_area else sheet.max_column
            cells = [cell for row in sheet.iter_rows(max_col=last) for cell in row if isinstance(cell.value, str)]
            told = [cell for cell in cells if not sheet.column_dimensions[cell.column_letter].hidden and sheet.sheet_state == "visible"]
            # a line may end at a hyphen, and the next column's words then stand between the halves
            words = [part for cell in told for word in cell.value.split() for part in word.split("-")]
            assert all(squeezed(word) in shown for word in words), f"{path.name}, sheet {sheet.title}"


def test_no_mark_of_a_template_and_no_empty_heading_is_left(pages):
    for path, number, page in everything(pages):
        assert not re.search(r"\{\{|\}\}|\{%|%\}", page.get_textpage().get_text_bounded()), f"{path.name} page {number}"
    for path in of_kind(pages, ".docx"):
        around = [*blocks(path), None]
        for block, after in pairwise(around):
            level = heading_level(block)
            if level:
                assert block.text.strip(), path.name
                assert after is not None, f"{path.name}: nothing stands under its last heading"
                assert not 0 < heading_level(after) <= level, f"{path.name}: nothing stands under “{block.text}”"


def heading_level(block):
    """1 to 9 of a heading, 0 of anything else."""
    style = block.style.name if isinstance(block, Paragraph) else ""
    return int(style.removeprefix("Heading ")) if style.startswith("Heading ") else 0


def test_a_table_that_goes_over_a_page_begins_the_next_with_its_header_row(pages):
    for path, document in of_kind(pages, ".docx").items():
        prose = "".join(squeezed(block.text) for block in blocks(path) if isinstance(block, Paragraph))
        heads = [
            set(re.findall(r"\S+", " ".join(cell.text for cell in block.rows[0].cells)))
            for block in blocks(path)
            if isinstance(block, Table)
        ]
        for number, page in list(enumerate(document, start=1))[1:]:
            first = lines_of(page)[1]
            begun = squeezed(first) in prose or any(set(first.split()) <= head for head in heads)
            assert begun, f"{path.name} page {number} begins inside a table without its header row"
    for path, document in of_kind(pages, ".xlsx").items():
        heads = {
            sheet.title: [cell.value for cell in sheet[HEADER_ROW + 1] if cell.value] for sheet in openpyxl.load_workbook(path).worksheets
        }
        for number, page in enumerate(document, start=1):
            shown = squeezed("".join(lines_of(page)))
            tab = max((tab for tab in heads if squeezed(f"· {tab}") in shown), key=len)
            assert all(word in shown for head in heads[tab][:2] for word in head.split()), f"{path.name} page {number}, sheet {tab}"


def test_no_heading_is_the_last_line_of_a_page(pages):
    for path, document in of_kind(pages, ".docx").items():
        tables = squeezed(
            "".join(cell.text for block in blocks(path) if isinstance(block, Table) for row in block.rows for cell in row.cells)
        )
        headings = {squeezed(block.text) for block in blocks(path) if heading_level(block)}
        headings = {heading for heading in headings if heading not in tables}
        for number, page in enumerate(document, start=1):
            *_, last, _foot = lines_of(page)
            assert squeezed(last) not in headings, f"{path.name} page {number} ends with a heading"
