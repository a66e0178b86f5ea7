"""What a child answers, as plain JSON: nothing but texts and numbers, so that a hostile file cannot reach the parent.

An answer is an Extraction, or a HandOver: the bytes of a file that LibreOffice must write anew before it can be read.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast, get_args

from timeline.dates import FuzzyDate
from timeline.errors import FileError
from timeline.events import Analysis, Cell, Entry
from timeline.extraction import Extraction, SetAside, Status
from timeline.marked import MarkedSpan, MarkKind
from timeline.sources import SourceFile, SourceRef

_UNTRUSTED = "reading gave no answer that can be trusted"
_HANDED_OVER = b'{"ending":'
_ENDING = re.compile(r"\.[a-z]{2,5}")


@dataclass(frozen=True, slots=True)
class HandOver:
    """A file that is read through LibreOffice: its bytes, opened where they had a password, its ending, the `wanted` one (`docx`, `xlsx`),
    and notes on what the new file will not tell of any more.
    """

    data: bytes = field(repr=False)
    ending: str
    wanted: str
    notes: tuple[str, ...] = ()


def dump(answer: Extraction | HandOver) -> bytes:
    """The answer without its SourceFile, which the parent knows."""
    if isinstance(answer, HandOver):
        told = {"ending": answer.ending, "wanted": answer.wanted, "notes": answer.notes}
        return json.dumps(told, separators=(",", ":")).encode("ascii") + b"\n" + answer.data
    return _dump(answer)


def _dump(extraction: Extraction) -> bytes:
    """The extraction; each heading is written once and cells refer to it by number."""
    columns: dict[tuple[str, str], int] = {}
    entries = []
    for entry in extraction.entries:
        spans: list[int] = []
        for cell in entry.cells:
            spans += (columns.setdefault((cell.meaning, cell.heading), len(columns)), cell.start, cell.end)
        when = entry.when
        dated = [when.edtf, when.as_written, *when.assumed]
        entries.append(
            [dated, entry.time, entry.text, spans, entry.source.where, entry.source.position, entry.problems, _spans(entry.marked)]
        )
    return json.dumps(
        {
            "status": extraction.status,
            "reason": extraction.reason,
            "seen": extraction.seen,
            "columns": list(columns),
            "entries": entries,
            "unread": [[each.where, each.text, each.reason] for each in extraction.unread],
            "ignored": [[each.where, each.text, each.reason] for each in extraction.ignored],
            "analyses": [[each.id, each.heading, each.text, each.source.where, each.source.position] for each in extraction.analyses],
            "notes": extraction.notes,
            "marked": _spans(extraction.marked),
        },
        separators=(",", ":"),
        check_circular=False,
    ).encode("ascii")


def load(data: bytes, source: SourceFile) -> Extraction | HandOver:
    """What a child answered about this file; FileError for anything else, CountError where its rows do not add up."""
    try:
        if data.startswith(_HANDED_OVER):
            return _hand_over(*data.split(b"\n", 1))
        told = json.loads(data)
        columns = [(_text(meaning), _text(heading)) for meaning, heading in told["columns"]]
        status = _text(told["status"])
        if status not in ("read", "rejected", "ignored"):
            raise FileError(_UNTRUSTED)
        return Extraction(
            source=source,
            status=cast("Status", status),
            reason=_text(told["reason"]),
            seen=_number(told["seen"]),
            entries=tuple(_entries(told["entries"], columns, source)),
            unread=tuple(SetAside(_text(where), _text(text), _text(reason)) for where, text, reason in told["unread"]),
            ignored=tuple(SetAside(_text(where), _text(text), _text(reason)) for where, text, reason in told["ignored"]),
            analyses=tuple(
                Analysis(id=_text(key), heading=_text(heading), text=_text(text), source=SourceRef(source, _text(where), _number(position)))
                for key, heading, text, where, position in told["analyses"]
            ),
            notes=tuple(map(_text, told["notes"])),
            marked=tuple(map(_span, told["marked"])),
        )
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise FileError(_UNTRUSTED) from error


def _hand_over(head: bytes, data: bytes) -> HandOver:
    told = json.loads(head)
    ending, wanted = _text(told["ending"]), _text(told["wanted"])
    if not _ENDING.fullmatch(ending) or wanted not in ("docx", "xlsx"):
        raise ValueError
    return HandOver(data, ending, wanted, tuple(map(_text, told["notes"])))


def _entries(told: list[Any], columns: list[tuple[str, str]], source: SourceFile) -> Iterator[Entry]:
    for dated, time, text, spans, where, position, problems, marked in told:
        cells = tuple(
            Cell(columns[column][0], columns[column][1], _number(start), _number(end))
            for column, start, end in zip(spans[::3], spans[1::3], spans[2::3], strict=True)
        )
        yield Entry(
            when=_date(*dated),
            time=None if time is None else _text(time),
            text=_text(text),
            cells=cells,
            source=SourceRef(source, _text(where), _number(position)),
            problems=tuple(map(_text, problems)),
            marked=tuple(map(_span, marked)),
        )


def _spans(spans: tuple[MarkedSpan, ...]) -> list[list[object]]:
    return [[span.kind, span.words, span.where, span.before, span.start, span.end, span.whole_row] for span in spans]


def _span(told: list[Any]) -> MarkedSpan:
    kind, words, where, before, start, end, whole_row = told
    if kind not in get_args(MarkKind) or type(whole_row) is not bool:
        raise TypeError
    return MarkedSpan(
        kind=kind,
        words=_text(words),
        where=_text(where),
        before=_text(before),
        start=None if start is None else _number(start),
        end=None if end is None else _number(end),
        whole_row=whole_row,
    )


@lru_cache(maxsize=4096)
def _date(edtf: str, as_written: str, *assumed: str) -> FuzzyDate:
    return FuzzyDate(_text(edtf), _text(as_written), tuple(map(_text, assumed)))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value
