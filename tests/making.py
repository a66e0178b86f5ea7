"""Small invented rows, files and reviews for the tests of every room."""

from datetime import date

from timeline.case import Agency, Case
from timeline.events import Entry, cells_of
from timeline.extraction import Extraction
from timeline.merging import merge
from timeline.sources import SourceFile, SourceRef
from timeline.written_dates import WrittenDate, date_rows

SECRET = b"s" * 32


def source(agency="Police", number=1, path=None, sha256=None):
    path = path or f"{agency.lower()}/{number}.docx"
    return SourceFile(path=path, sha256=sha256 or f"hash of {path}", agency=agency, label=f"{agency.lower()}/{number}", format="docx")


def entry(file, written, text, position=1, time=None):
    dated = date_rows([WrittenDate(text=written, time_text=time or "")])[0]
    whole, cells = cells_of([("event", "Event", text)])
    return Entry(
        when=dated.when,
        time=dated.time,
        text=whole,
        cells=cells,
        source=SourceRef(file, f"row {position}", position),
        problems=dated.problems,
    )


def returned(file, rows):
    """A file that was read: rows are (date, text) or (date, text, time)."""
    entries = tuple(entry(file, row[0], row[1], number, *row[2:]) for number, row in enumerate(rows, start=1))
    return Extraction(source=file, status="read", seen=len(entries), entries=entries)


def timeline(**agencies):
    """A timeline of one file an agency: timeline(Police=[(date, text), …])."""
    return merge([returned(source(agency), rows) for agency, rows in agencies.items()], SECRET)


def case(*agencies, start=date(2019, 1, 1), end=date(2019, 12, 31), **more):
    listed = tuple(Agency(name=name, folder=name.lower()) for name in agencies)
    return Case(reference="T-1", kind="scr", title="Child T", period_start=start, period_end=end, agencies=listed, **more)
