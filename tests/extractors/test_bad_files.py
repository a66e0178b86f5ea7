"""Files that are broken, hostile or no chronology at all: each is refused in plain words, and none raises."""

import io
import os
import struct
import zipfile
import zlib

import docx
import openpyxl
import pytest

from extractors import extract

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def word_bytes(**parts):
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for row in (("Date", "Event"), ("13/02/2019", "Seen")):
        for box, text in zip(table.add_row().cells, row, strict=True):
            box.text = text
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return packed.getvalue()


def book_bytes():
    book = openpyxl.Workbook()
    for row in (["Date", "Event", "Action"], ["13/02/2019", "Seen", "None"], ["14/02/2019", "Rang", "None"]):
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def with_sheet(change):
    """A workbook whose sheet XML went through `change`."""
    old, new = zipfile.ZipFile(io.BytesIO(book_bytes())), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as package:
        for name in old.namelist():
            data = old.read(name)
            package.writestr(name, change(data) if name.endswith("sheet1.xml") else data)
    return new.getvalue()


REFUSED = {
    "no bytes": (b"", "empty"),
    "blank bytes": (b"\x00\r\n  ", "empty"),
    "a PDF cut short": (b"%PDF-1.7 ...", "PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n....", "picture"),
    "a program": (b"MZ\x90\x00" + bytes(200), "program"),
    "a web page named as a sheet": (b"<html><table><tr><td>13/02/2019</td></tr></table></html>", "web page"),
    "noise": (bytes(range(1, 32)) * 50, "no format"),
    "a protected workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password protected"),
    "an old Word document, read in this very process": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "LibreOffice",
    ),
    "a broken old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + bytes(2000), "damaged"),
    "a zip cut short": (word_bytes()[:3000], "damaged"),
    "a zip of other things": (None, "archive"),
    "a DOCTYPE": (word_bytes(word__extra_xml='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "DOCTYPE"),
    "a DOCTYPE in UTF-16": (
        word_bytes(word__extra_xml='<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16")),
        "DOCTYPE",
    ),
    "a part that leads out": (word_bytes(**{"..__..__x_xml": "<x/>"}), "parts"),
    "a part with an absolute name": (word_bytes(__x_xml="<x/>"), "parts"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_plain_words(name, read_bytes):
    data, word = REFUSED[name]
    if data is None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as package:
            package.writestr("chronology.csv", "Date,Event")
        data = packed.getvalue()
    read = read_bytes(data)
    assert read.status == "rejected"
    assert word in read.reason
    assert read.seen == 0


def test_the_content_tells_the_format_and_not_the_name(read_bytes):
    assert len(read_bytes(word_bytes(), "chronology.csv").entries) == 1
    assert len(read_bytes(book_bytes(), "chronology.docx").entries) == 2


def test_a_bomb_is_refused_before_it_is_unpacked(read_bytes):
    assert "unpacks" in read_bytes(word_bytes(word__media_xml=bytes(50_000_000))).reason


def test_a_part_that_lies_about_its_size_is_refused(read_bytes):
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(bytes(5_000_000)) + packed.flush()
    name = b"word/document.xml"
    header = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(body), 10, len(name), 0)
    central = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(body), 10, len(name), 0, 0, 0, 0, 0, 0)
    start = len(header) + len(name) + len(body)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central) + len(name), start, 0)
    assert read_bytes(header + name + body + central + name + end).status == "rejected"


def test_two_parts_of_one_name_are_refused(read_bytes):
    packed = io.BytesIO(word_bytes())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(packed, "a") as package:
        package.writestr("word/document.xml", "<x/>")
    assert "parts" in read_bytes(packed.getvalue()).reason


def test_an_encrypted_zip_is_refused_as_protected(read_bytes):
    data = bytearray(word_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "password protected" in read_bytes(bytes(data)).reason


def test_a_sheet_that_claims_a_million_rows_is_read_by_its_cells(read_bytes):
    assert len(read_bytes(with_sheet(lambda xml: xml.replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"'))).entries) == 2


def test_a_sheet_that_claims_too_few_rows_loses_none(read_bytes):
    assert len(read_bytes(with_sheet(lambda xml: xml.replace(b'ref="A1:C3"', b'ref="A1:A1"'))).entries) == 2


def test_cells_far_apart_cost_nothing_and_are_not_lost(read_bytes):
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far away</t></is></c></row></sheetData>'
    read = read_bytes(with_sheet(lambda xml: xml.replace(b"</sheetData>", far)))
    assert len(read.entries) == 2
    assert any("far away" in each.text for each in (*read.unread, *read.ignored))
    assert read.seen < 100


def test_a_merge_over_the_whole_sheet_is_refused(read_bytes):
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert "merged" in read_bytes(with_sheet(lambda xml: xml.replace(b"</sheetData>", merge))).reason


def test_deeply_nested_xml_is_refused(read_bytes):
    deep = "<w:tbl><w:tr><w:tc>" * 5000
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{deep}'
        )
    assert "damaged" in read_bytes(packed.getvalue()).reason


def test_macros_are_told_and_not_run(read_bytes):
    packed = io.BytesIO(word_bytes())
    with zipfile.ZipFile(packed, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    read = read_bytes(packed.getvalue())
    assert (read.status, len(read.entries)) == ("read", 1)
    assert any("macros" in note for note in read.notes)
    assert not any("macros" in note for note in read_bytes(word_bytes()).notes)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("~$chronology.docx", b"\x06Someone" + bytes(150)),
        (".~lock.chronology.odt#", b"Someone,host"),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        (".DS_Store", b"\x00\x00\x00\x01Bud1"),
        ("desktop.ini", b"[.ShellClassInfo]"),
        ("chronology.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(100)),
        ("chronology", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(100)),
        ("chronology.url", b"[InternetShortcut]\nURL=file:///x"),
        ("chronology.docx.crdownload", b"PK\x03\x04"),
        ("chronology.csv.part", b"\x00\x01\x02" * 50),
        ("chronology.csv.tmp", b""),
        ("link.url", b"[InternetShortcut]\nURL=file:///x\n"),
    ],
)
def test_files_that_are_no_returns_are_ignored_with_a_reason(name, data, read_bytes):
    read = read_bytes(data, name)
    assert read.status == "ignored"
    assert read.reason


def test_a_real_document_with_a_lock_files_name_is_still_read(read_bytes):
    assert read_bytes(word_bytes(), "~$chronology.docx").status == "read"


@pytest.mark.parametrize("name", ["chronology.docx.part", "chronology.tmp", "chronology.download", "Thumbs.db"])
def test_a_real_document_is_read_whatever_its_name(name, read_bytes):
    assert read_bytes(word_bytes(), name).status == "read"


@pytest.mark.parametrize("name", ["export.csv.part", "export.tmp", "export.crdownload"])
def test_a_table_of_text_with_a_temporary_name_is_read(name, read_bytes):
    assert len(read_bytes(b"Date,Event,Action\n13/02/2019,Seen,None\n14/02/2019,Rang,None\n", name).entries) == 2


def test_links_folders_pipes_and_missing_files_are_refused(tmp_path, reading, source):
    outside = tmp_path / "outside.csv"
    outside.write_text("Date,Event,Action\n13/02/2019,Seen,None\n")
    link, pipe = tmp_path / "link.csv", tmp_path / "pipe.csv"
    link.symlink_to(outside)
    os.mkfifo(pipe)
    reasons = [extract(path, source, reading).reason for path in (link, pipe, tmp_path, tmp_path / "missing.csv")]
    assert "link" in reasons[0]
    assert all(reasons)


def test_no_reason_or_note_quotes_the_file(read_bytes):
    marker = "Zebediah"
    odd = [
        f"{marker},Event,{marker}\n13/02/2019,{marker},x\n14/02/2019,{marker},x\n".encode("cp1252") + b"\xe9",
        f"Dear {marker}".encode(),
        b"PK\x03\x04" + marker.encode(),
    ]
    for data in odd:
        read = read_bytes(data, f"{marker}.csv")
        assert marker not in read.reason
        assert not any(marker in note for note in read.notes)
