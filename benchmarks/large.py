"""A large review on the disk, made of a sample: an agency's rows half in a workbook, half in a Word table, no text twice, spread over ten years."""

import random
import re
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
from stages import enlarged

from pipelines.intake import intake
from pipelines.reading import extract
from pipelines.review import open_review
from pipelines.setting import set_up
from timeline.merging import merge

YEARS = 10
HEADINGS = ("Date", "Event", "Action taken")
START = date(2012, 1, 1)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)

type Row = tuple[str, str, str]


def make_large(sample: Path, folder: Path, count: int) -> Path:
    """A review of so many rows in `folder`, with the sample's cast and agencies; the same each time."""
    review = open_review(sample)
    setting = set_up(review)
    timeline = merge([extract(setting, each) for each in intake(review, setting.case)], b"s" * 32)
    folders = {agency.name: agency.folder for agency in setting.case.agencies}
    chance = random.Random(count)  # noqa: S311 - a fixed start: the same rows every time
    rows: dict[str, list[Row]] = {}
    for event in enlarged(timeline, count).events:
        day = START + timedelta(days=chance.randrange(365 * YEARS))
        first, _, rest = event.text.partition("\n")
        rows.setdefault(folders[event.agency], []).append((day.isoformat(), first, "; ".join(rest.splitlines())))
    folder.mkdir()
    case = (sample / "case.toml").read_text("utf-8")
    case = re.sub(r"period_start = .*", f"period_start = {START}", case)
    (folder / "case.toml").write_text(re.sub(r"period_end = .*", f"period_end = {START + timedelta(days=365 * YEARS)}", case), "utf-8")
    shutil.copy(sample / "people.csv", folder)
    for agency, listed in rows.items():
        place = folder / "intake" / agency
        place.mkdir(parents=True)
        listed = [(f"{each[8:10]}/{each[5:7]}/{each[:4]}", *texts) for each, *texts in sorted(listed)]
        half = len(listed) // 2
        _write_workbook(place / "first.xlsx", listed[:half])
        _write_document(place / "second.docx", listed[half:])
    return folder


def _write_workbook(path: Path, rows: Iterable[Row]) -> None:
    workbook = openpyxl.Workbook()
    for row in (HEADINGS, *rows):
        workbook.active.append(row)
    workbook.save(path)


def _write_document(path: Path, rows: Sequence[Row]) -> None:
    def cell(text: str) -> str:
        return f'<w:tc><w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'

    lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in (HEADINGS, *rows))
    body = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_W}><w:body><w:tbl>{lines}</w:tbl><w:p/></w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELS), ("word/document.xml", body)):
            package.writestr(name, text)
