"""Hostile files, as they come: each is refused or read within ten seconds in a process of its own, and never stops the next one."""

import csv
import io
import resource
import struct
import subprocess
import time
import zipfile
import zlib

import pytest

from extractors import Limits, extract_apart
from extractors.apart import office_program
from tests.extractors.making_pdf import pdf, text

MOST_SECONDS = 10  # of the processor; the clock on the wall, which depends on what else the machine does, gets some more
MOST_WALL_SECONDS = 60
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
GOOD = b"Date,Event,Action\n13/02/2019,Seen,None\n"


def zipped(parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return packed.getvalue()


def book(rows, *, beside="", parts=(), kind="openxmlformats-officedocument.spreadsheetml.sheet"):
    """A workbook of one sheet; `rows` is its XML, `parts` are further ones."""
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
            f'ContentType="application/vnd.{kind}.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{RELATED}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATED}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATED}"><sheetData>{rows}</sheetData>{beside}</worksheet>',
            **dict(parts),
        }
    )


def document(body, parts=(), kind="openxmlformats-officedocument.wordprocessingml.document"):
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" '
            f'ContentType="application/vnd.{kind}.main+xml"/></Types>',
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            **dict(parts),
        }
    )


def line(number, *cells):
    inner = "".join(f'<c t="inlineStr"><is><t>{each}</t></is></c>' for each in cells)
    return f'<row r="{number}">{inner}</row>'


ROWS = line(1, "Date", "Event", "Action") + line(2, "13/02/2019", "Seen", "None")
TABLE = "<w:tbl>{}</w:tbl>".format(
    "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{each}</w:t></w:r></w:p></w:tc>" for each in cells) + "</w:tr>"
        for cells in (("Date", "Event", "Action"), ("13/02/2019", "Seen", "None"))
    )
)


def words(*cells, more=""):
    """A row of a Word table; `more` are the properties of each cell."""
    return "<w:tr>" + "".join(f"<w:tc>{more}<w:p><w:r><w:t>{each}</w:t></w:r></w:p></w:tc>" for each in cells) + "</w:tr>"


def word_table(*rows):
    return document(f"<w:tbl>{''.join(rows)}</w:tbl>")


def hidden_runs(count):
    """A row of which one cell holds this many hidden runs, one beside the other."""
    runs = "".join(f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret{number} </w:t></w:r>" for number in range(count))
    row = f"<w:tr><w:tc><w:p><w:r><w:t>13/02/2019</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Seen</w:t></w:r>{runs}</w:p></w:tc></w:tr>"
    return word_table(words("Date", "Event"), row)


def shared(rows, text):
    """A workbook of which every row tells the one shared text."""
    told = "".join(f'<row r="{n}"><c t="inlineStr"><is><t>13/02/2019</t></is></c><c t="s"><v>0</v></c></row>' for n in range(2, rows))
    return book(
        line(1, "Date", "Event", "Action") + told, parts={"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'}
    )


def spreadsheet(rows):
    """An OpenDocument spreadsheet of one sheet."""
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<table:table table:name="A">{rows}</table:table>'
    sheet = f"<office:spreadsheet>{table}</office:spreadsheet>"
    content = f"<office:document-content{spaces}><office:body>{sheet}</office:body></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def shown(*cells, row="", cell=""):
    told = "".join(f'<table:table-cell office:value-type="string" {cell}><text:p>{each}</text:p></table:table-cell>' for each in cells)
    return f"<table:table-row {row}>{told}</table:table-row>"


def records(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def overlapping():
    """Many directory entries that all point at one packed part."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(bytes(900_000)) + packed.flush()
    name, crc = b"word/document.xml", zlib.crc32(bytes(900_000))
    header = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(body), 900_000, len(name), 0) + name + body
    central = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(body), 900_000, len(each), 0, 0, 0, 0, 0, 0) + each
        for each in (b"word/%03d.xml" % number for number in range(900))
    )
    return header + central + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 900, 900, len(central), len(header), 0)


def bomb_in_a_pdf():
    squeezed = zlib.compress(b"q Q " * 15_000_000)
    return pdf(text(50, 80, "13/02/2019 - Seen.")).replace(
        b"/MediaBox", b"/Annots 100 0 R /MediaBox"
    ) + b"100 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(squeezed), squeezed)


def content_bomb_in_a_pdf():
    squeezed = zlib.compress(b" " * 50_000_000)
    made = pdf("x")
    at = made.index(b"11 0 obj")
    return (
        made[:at]
        + b"11 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(squeezed), squeezed)
        + made[at:].partition(b"endobj\n")[2].partition(b"xref")[0]
        + b"trailer\n<< /Root 1 0 R /Size 200 >>\n%%EOF\n"
    )


DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
LONG = "word " * 6_500
# name: (how the file is made, a word of the reason why it is refused)
REFUSED = {
    "a bomb of a part": (lambda: document("", {"word/media/a.png": bytes(60_000_000)}), "unpacks"),
    "a bomb of overlapping parts": (overlapping, "unpacks"),
    "a bomb in a bomb": (lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c": bytes(900_000)})})}), "archive"),
    "rows without end": (lambda: book("".join(line(number, number) for number in range(1, 151_000))), "rows of text"),
    "cells without end in one row": (lambda: book("<row>" + "".join(f'<c s="{n}"/>' for n in range(500_000)) + "</row>"), "cells"),
    "one text told by every cell": (lambda: shared(60_000, LONG), "more text"),
    "one long text told by few hundred rows": (lambda: shared(400, LONG), "repeat"),
    "one middling text told by very many rows": (lambda: shared(30_000, LONG[:900]), "more text"),
    "lines without end": (lambda: b"word\n" * 1_000_000, "rows of text"),
    "dated lines without end": (lambda: b"13/02/2019 - Seen\n" * 300_000, "rows of text"),
    "records without end": (lambda: GOOD + b"13/02/2019,Seen,None\n" * 300_000, "rows of text"),
    "a wide and long sheet": (
        lambda: book(
            "".join(f"<row>{''.join(f'<c><v>{n}</v></c>' for n in range(number, number + 490))}</row>" for number in range(1_700))
        ),
        "cells",
    ),
    "a Word table of two thousand columns": (lambda: word_table(*(words(*range(n, n + 2_000)) for n in range(30))), "columns"),
    "Word cells that span two hundred columns each": (
        lambda: word_table(*(words(*range(n, n + 300), more='<w:tcPr><w:gridSpan w:val="200"/></w:tcPr>') for n in range(60))),
        "columns",
    ),
    "links without end": (
        lambda: book(ROWS, beside=f"<hyperlinks>{''.join(f'<hyperlink ref="B{n}" r:id="r{n}"/>' for n in range(1, 300_000))}</hyperlinks>"),
        "links",
    ),
    "rows repeated without end": (
        lambda: spreadsheet(shown("Date", "Event") + shown("13/02/2019", "Seen", row='table:number-rows-repeated="1048576"')),
        "rows of text",
    ),
    "columns repeated without end": (
        lambda: spreadsheet(shown("Date", "Event") + shown("Seen", cell='table:number-columns-repeated="16384"')),
        "columns",
    ),
    "a PDF page of very many lines": (lambda: pdf("\n".join(f"{n % 590} {n % 800} m {n % 580} 9 l S" for n in range(150_000))), "lines"),
    "PDF pages of many lines each": (lambda: pdf(*["\n".join(f"{n % 590} {n} m 9 9 l S" for n in range(12_000))] * 40), "lines"),
    "Word rows without end": (
        lambda: document(f"<w:tbl>{''.join(f'<w:tr><w:tc><w:p n="{n}"/></w:tc></w:tr>' for n in range(160_000))}</w:tbl>"),
        "rows",
    ),
    "entities that swell": (lambda: document("", {"word/document.xml": f"{DTD}<x>&b;</x>"}), "DOCTYPE"),
    "entities in a part of another name": (
        lambda: book(ROWS, parts={"xl/worksheets/sheet1.xml": f'{DTD}<worksheet xmlns="{MAIN}"/>'}),
        "DOCTYPE",
    ),
    "a part that leads out": (lambda: document(TABLE, {"../../outside.xml": "<x/>"}), "named"),
    "a part twice": (lambda: document(TABLE, {"WORD/document.xml": "<x/>"}), "named"),
    "a text in a far column on every row": (
        lambda: book(
            "".join(f'<row r="{n}"><c r="{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{n}"><v>1</v></c></row>' for n in range(1, 700))
        ),
        "columns",
    ),
    "a workbook cut short": (lambda: book(ROWS)[:-300], "damaged"),
    "a sheet cut short": (lambda: book(ROWS, parts={"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row>'}), "damaged"),
    "a PDF whose page swells": (content_bomb_in_a_pdf, "lines"),
    "noise behind a zip's first letters": (lambda: b"PK\x03\x04" + bytes(range(256)) * 40, "damaged"),
}
READ = {
    "a million empty rows": lambda: book(ROWS + "".join(f'<row r="{number}"/>' for number in range(3, 1_000_000))),
    "cells at the four corners": lambda: book(ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a false size": lambda: book(
        ROWS,
        parts={"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1:A1"/><sheetData>{ROWS}</sheetData></worksheet>'},
    ),
    "a cell of 32,000 letters": lambda: book(line(1, "Date", "Event", "Action") + line(2, "13/02/2019", LONG, "None")),
    "a cell of nine hundred times": lambda: book(line(1, "Date", "Event") + line(2, "13/02/2019", "10:30 " * 900 + "- \n" * 9_000)),
    "a date cell of nine hundred dates": lambda: book(line(1, "Date", "Event", "Action") + line(2, "1 May 2019 to " * 900, "Seen", "None")),
    "a Word cell of very many hidden runs": lambda: hidden_runs(20_000),
    "macros in a workbook": lambda: book(ROWS, parts={"xl/vbaProject.bin": "x"}, kind="ms-excel.sheet.macroEnabled"),
    "macros in a document": lambda: document(TABLE, {"word/vbaProject.bin": "x"}, kind="ms-word.document.macroEnabled"),
    "a picture from elsewhere": lambda: document(
        TABLE,
        {
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r9" Type="{RELATED}/image" '
            'Target="https://example.org/a.png" TargetMode="External"/></Relationships>'
        },
    ),
    "a stray bomb in a PDF": bomb_in_a_pdf,
}


def spent():
    """Processor seconds of the children so far: what the clock on the wall says depends on what else the machine does."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def read(tmp_path, source, reading):
    def read(data, name="chronology.bin"):
        path = tmp_path / name
        path.write_bytes(data)
        start, began = spent(), time.monotonic()
        extraction = extract_apart(path, source, reading, Limits(wall_seconds=MOST_WALL_SECONDS))
        assert spent() - start < MOST_SECONDS
        assert time.monotonic() - began < MOST_WALL_SECONDS
        return extraction

    return read


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_within_ten_seconds_in_plain_words(name, read):
    make, word = REFUSED[name]
    refused = read(make())
    assert (refused.status, refused.seen) == ("rejected", 0)
    assert word in refused.reason
    assert "processor time" not in refused.reason
    assert "fault" not in refused.reason


@pytest.mark.parametrize("name", READ)
def test_it_is_read_within_ten_seconds(name, read):
    assert len(read(READ[name]()).entries) == 1


def test_after_a_hostile_file_the_next_one_is_read_as_ever(read):
    read(overlapping())
    assert len(read(GOOD, "next.csv").entries) == 1


@pytest.mark.parametrize("name", ["-rf", "a\nb.csv", "$(id) 'b\";.csv", "é\u202ecod.csv"])
def test_odd_file_names_are_only_names(name, read):
    assert len(read(GOOD, name).entries) == 1


def test_macros_and_addresses_are_told(read):
    assert any("macros" in note for note in read(READ["macros in a document"]()).notes)
    assert any("outside" in note for note in read(READ["a picture from elsewhere"]()).notes)


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\U000e0041", "\x07", "\x00"])
def test_control_and_invisible_characters_neither_hide_a_row_nor_its_date(hidden, read_bytes):
    read = read_bytes(f"Date,Event,Action\n{hidden}13/02/2019{hidden},Seen {hidden}Sarah,None\n".encode())
    assert [entry.when.edtf for entry in read.entries] == ["2019-02-13"]
    assert "Sarah" in read.entries[0].text


# what makes a pattern that was written carelessly look again and again at the same letters
PIECES = [
    "- \n",
    "-",
    "- ",
    ".",
    "/",
    "a ",
    "a",
    "1",
    "1 ",
    "1/",
    "10:30 ",
    "3 April 2019 ",
    "3 April 2019: seen\n",
    "on ",
    "the next ",
    "(",
    "[",
    '"',
    "'",
]
PIECES += [
    ",",
    ", ",
    "?",
    "* ",
    "a.",
    "a/",
    "Ab ",
    "_",
    "1.",
    "and ",
    "no ",
    "x\n",
    "&",
    "1-",
    "–",
    ":",
    "w/c ",
    " to ",
    "1 to ",
    "may ",
    "1 of ",
    "total ",
]


@pytest.mark.parametrize("place", ["event", "date", "time", "heading", "line"])
def test_no_text_that_repeats_itself_takes_long_wherever_it_stands(place, read):
    repeated = [(piece * 30_000)[:30_000] + "!x" for piece in PIECES]
    if place == "line":
        data = "\n".join(f"13/02/2019 - Seen\n{each.replace(chr(10), ' ')}" for each in repeated).encode()
    else:
        cells = {"event": ("13/02/2019", "", 0, "None"), "date": (0, "", "Seen", "None"), "time": ("13/02/2019", 0, "Seen", "None")}
        rows = [("Date", "Time", "Event", "Action"), ("13/02/2019", "", "Seen", "None")]
        rows += [tuple(each if cell == 0 else cell for cell in cells.get(place, (0, "Time", "Event", "Action"))) for each in repeated]
        data = records(rows)
    assert read(data).status == "read"


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_far_apart_cells_of_an_old_workbook_are_read(read, tmp_path):
    far = '<row r="65536"><c r="IV65536"><v>1</v></c></row>'
    (tmp_path / "far.xlsx").write_bytes(book(ROWS + far))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office_program(), profile, "--headless", "--convert-to", "xls", "--outdir", tmp_path, tmp_path / "far.xlsx"], check=True
    )
    assert len(read((tmp_path / "far.xls").read_bytes()).entries) == 1
