"""Files made by the tests themselves, and the one way to read them."""

import csv
import io
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest

from extractors import Reading, extract, headings_from
from timeline.extraction import Extraction
from timeline.sources import SourceFile

ROOT = Path(__file__).resolve().parents[2]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(scope="session")
def reading() -> Reading:
    rules = tomllib.loads((ROOT / "rules" / "headings.toml").read_text("utf-8"))
    return Reading(headings=headings_from(rules))


@pytest.fixture
def source() -> SourceFile:
    return SourceFile(path="police/chronology", sha256="0" * 64, agency="Police", label="police/1")


@pytest.fixture
def read_bytes(tmp_path: Path, reading: Reading, source: SourceFile) -> Callable[..., Extraction]:
    def read(data: bytes, name: str = "chronology.bin") -> Extraction:
        path = tmp_path / name
        path.write_bytes(data)
        return extract(path, source, reading)

    return read


@pytest.fixture
def read_csv(read_bytes: Callable[..., Extraction]) -> Callable[..., Extraction]:
    def read(rows: Sequence[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8-sig") -> Extraction:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter).writerows(rows)
        return read_bytes(text.getvalue().encode(encoding), "chronology.csv")

    return read


@pytest.fixture
def read_book(read_bytes: Callable[..., Extraction]) -> Callable[..., Extraction]:
    def read(book: openpyxl.Workbook | Sequence[Sequence[object]], name: str = "chronology.xlsx") -> Extraction:
        if not isinstance(book, openpyxl.Workbook):
            rows, book = book, openpyxl.Workbook()
            for row in rows:
                book.active.append(row)
        packed = io.BytesIO()
        book.save(packed)
        return read_bytes(packed.getvalue(), name)

    return read


@pytest.fixture
def read_word(read_bytes: Callable[..., Extraction]) -> Callable[..., Extraction]:
    """Reads a python-docx document, or a list of blocks: a list of rows is a table, a text a paragraph, ("Heading 1", text) a heading."""

    def read(blocks: object) -> Extraction:
        document = blocks if hasattr(blocks, "save") else word_of(blocks)
        packed = io.BytesIO()
        document.save(packed)
        return read_bytes(packed.getvalue(), "chronology.docx")

    return read


def word_of(blocks: Sequence[object]) -> "docx.document.Document":
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        elif isinstance(block, tuple):
            document.add_paragraph(block[1], style=block[0])
        else:
            table = document.add_table(rows=0, cols=max(map(len, block)))
            for row in block:
                for cell, text in zip(table.add_row().cells, row, strict=False):
                    cell.text = text
    return document


@pytest.fixture
def read_body(read_bytes: Callable[..., Extraction]) -> Callable[..., Extraction]:
    """Reads a Word document whose body is this XML; `parts` are further parts by name."""

    def read(body: str, parts: dict[str, str] | None = None) -> Extraction:
        return read_bytes(package_of(body, parts or {}), "chronology.docx")

    return read


def package_of(body: str, parts: dict[str, str]) -> bytes:
    kinds = {"comments": "comments", "footnotes": "footnotes", "header1": "header", "styles": "styles"}
    related = "".join(
        f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kinds[name]}" Target="{name}.xml"/>'
        for n, name in enumerate(parts)
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>',
        )
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", xml)
    return packed.getvalue()
