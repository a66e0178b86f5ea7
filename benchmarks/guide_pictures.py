"""The pictures of docs/board.md, made anew from the sample: sheets of the review's workbook, and a page of a checked document (make pictures)."""

import io
import shutil
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pdfplumber
import pypdfium2
from lxml import etree
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SAMPLE = ROOT / "data" / "samples" / "tiny"
_WIDTH, _SCALE, _HIGHEST = 1400, 2.0, 460
_COLOURS = 48
_GAP = 60  # rows of white after which a page's footer follows
_NO_COMMENTS = '{"ExportNotes":{"type":"boolean","value":"false"}}'  # as signs they would lie over the words; they are set beside them
_MARGIN, _LETTERS, _LINE = 520, 17, 46  # pixels, pixels, and characters

# the author's words for the page of a checked document: invented, like the sample
REPORT = (
    "Child T was seen in school on most days of the period. Staff wrote down what they saw, and nobody asked Child T what it was like at home.",
    "In the autumn Toby told the learning mentor that he slept badly. The mentor rang Ms Nandakumar, who spoke to Mother on 14 October 2022.",
    "The police came to the address three times. Each visit was read on its own.",
)


def main() -> None:
    """Runs the sample in a folder of its own and makes the pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        review = Path(shutil.copytree(SAMPLE, Path(place) / "review", ignore=shutil.ignore_patterns("output", "record")))
        chronology("run", review)
        book = pdf_of(review / "output" / "review" / "anonymisation-review.xlsx", place)
        picture(book, "Every form found", "review-people.png")
        report = Path(place) / "report.docx"
        written(report)
        chronology("check", review, report)
        copies = sorted((review / "output" / "review").glob("*.docx"))
        picture(pdf_of(review / "output" / "review" / "report-check.xlsx", place), "As it is written", "check-sheet.png")
        picture(pdf_of(copies[-1], place), "Toby", "checked-document.png", comments_of(copies[-1]))


def chronology(*arguments: object) -> None:
    """Runs our command; ends where it could not."""
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)


def written(path: Path) -> None:
    """The author's report."""
    document = docx.Document()
    document.add_heading("What the review found", level=1)
    for each in REPORT:
        document.add_paragraph(each)
    document.save(str(path))


def pdf_of(path: Path, place: str) -> Path:
    """The document as LibreOffice prints it."""
    options = f"pdf:writer_pdf_Export:{_NO_COMMENTS}" if path.suffix == ".docx" else "pdf"
    home = f"-env:UserInstallation=file://{place}/office"
    subprocess.run(["soffice", home, "--headless", "--convert-to", options, "--outdir", place, str(path)], check=True, capture_output=True)
    return Path(place) / f"{path.stem}.pdf"


def picture(printed: Path, words: str, name: str, comments: Sequence[str] = ()) -> None:
    """The first page that holds these words, cut to what is on it and made small, its comments in the margin."""
    with pdfplumber.open(printed) as opened:
        number = next(n for n, page in enumerate(opened.pages) if words in " ".join((page.extract_text() or "").split()))
    page: Image.Image = pypdfium2.PdfDocument(printed)[number].render(scale=_SCALE).to_pil().convert("RGB")
    page = shown(page)
    across = _WIDTH - (_MARGIN if comments else 0)
    page = page.resize((across, round(page.height * across / page.width)), Image.Resampling.LANCZOS)
    page = with_margin(page, comments) if comments else page
    page = page.crop((0, 0, _WIDTH, min(page.height, _HIGHEST))).quantize(_COLOURS)
    held = io.BytesIO()
    page.save(held, "PNG", optimize=True)
    (PICTURES / name).write_bytes(held.getvalue())


def comments_of(path: Path) -> list[str]:
    """The comments of a Word document, in order."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/comments.xml"))
    return [" ".join("".join(each.itertext()).split()) for each in root]


def with_margin(page: Image.Image, comments: Sequence[str]) -> Image.Image:
    """The page with its comments beside it, as Word shows them."""
    letters = ImageFont.load_default(_LETTERS)
    told = ["\n".join(textwrap.wrap(each, _LINE)) for each in comments]
    height = max(page.height, sum(22 * (each.count("\n") + 1) + 26 for each in told) + 20)
    whole = Image.new("RGB", (_WIDTH, height), "white")
    whole.paste(page, (0, 0))
    drawn, top = ImageDraw.Draw(whole), 14
    for each in told:
        end = top + 22 * (each.count("\n") + 1) + 14
        drawn.rounded_rectangle((page.width + 10, top, _WIDTH - 8, end), 6, fill="#FFF3D6", outline="#C58A00")
        drawn.multiline_text((page.width + 22, top + 6), each, fill="#1F2328", font=letters, spacing=5)
        top = end + 12
    return whole


def shown(page: Image.Image) -> Image.Image:
    """What stands on a page, without its white edges and its footer."""
    dark = Image.eval(page.convert("L"), lambda light: 255 - light)
    across = dark.getbbox() or (0, 0, *page.size)
    rows = [bool(dark.crop((0, at, page.width, at + 1)).getbbox()) for at in range(page.height)]
    top = rows.index(True)
    end = next((at for at in range(top + _GAP * 3, page.height - _GAP) if not any(rows[at : at + _GAP])), page.height)
    return page.crop((max(across[0] - 20, 0), max(top - 20, 0), min(across[2] + 20, page.width), end + 20))


if __name__ == "__main__":
    main()
