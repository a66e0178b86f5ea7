"""A document that is not whole never takes its place."""

import zipfile

import docx
import openpyxl
import pytest

from reports.opened import check_opens
from timeline.errors import OutputError


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "working" / "timeline.docx"
    path.parent.mkdir()
    made = docx.Document()
    made.add_paragraph("Seen at home")
    made.save(str(path))
    return path


def changed(path, name, becomes):
    """The package with one part changed, or left out."""
    with zipfile.ZipFile(path) as package:
        parts = {each: package.read(each) for each in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for each, data in parts.items():
            if (data := becomes(data) if each == name else data) is not None:
                package.writestr(each, data)


def test_what_was_written_whole_is_let_pass(document, tmp_path):
    check_opens(document)
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    check_opens(tmp_path / "book.xlsx")
    (tmp_path / "page.html").write_text("<html></html>\n", "utf-8")
    check_opens(tmp_path / "page.html")


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("word/document.xml", lambda data: data[: len(data) // 2]),
        ("word/document.xml", lambda data: None),
        ("word/styles.xml", lambda data: None),
        ("word/styles.xml", lambda data: b""),
        ("[Content_Types].xml", lambda data: None),
        ("word/_rels/document.xml.rels", lambda data: data + b"<"),
    ],
    ids=["cut short", "no text", "no styles", "empty styles", "no content types", "a broken relation"],
)
def test_a_package_of_which_a_part_is_missing_or_broken_is_told_by_its_place(document, name, becomes):
    changed(document, name, becomes)
    with pytest.raises(OutputError, match=r"^working/timeline\.docx was not written whole: run again"):
        check_opens(document)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html"])
def test_a_file_that_ends_too_early_is_told(document, suffix):
    path = document.with_suffix(suffix)
    path.write_bytes(document.read_bytes()[:-200] if suffix != ".html" else b"<html><p>Seen")
    with pytest.raises(OutputError, match="was not written whole"):
        check_opens(path)


def test_bytes_that_were_changed_on_the_disk_are_told(document):
    data = bytearray(document.read_bytes())
    with zipfile.ZipFile(document) as package:
        at = package.getinfo("word/document.xml").header_offset + 80
    data[at] ^= 0xFF
    document.write_bytes(bytes(data))
    with pytest.raises(OutputError, match="was not written whole"):
        check_opens(document)
