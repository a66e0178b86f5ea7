"""What the columns of a table mean: by their headings where a rule knows them, otherwise by what the column holds."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.date_boxes import holds_date, is_day_number, opens_with_day
from extractors.headings import LONGEST_HEADING, NOT_A_CHRONOLOGY
from extractors.model import Box, Row
from extractors.reading import Reading
from extractors.years import years_in
from timeline.date_points import MONTHS, month_number
from timeline.written_dates import is_date
from timeline.written_times import read_time

OTHER = "other"
# what a column that tells something may mean
NARRATIVE = frozenset(
    [
        *("event", "action", "rationale", "contact_type", "child_seen", "voice", "impact", "comment"),
        *("expected_practice", "good_practice", "missed_opportunity", "shared_with", "theme", "other"),
    ]
)
_WHEN = ("date", "date_recorded")
_WEAK = frozenset({"source", "contact_type", "people_involved", "practitioner"})
_TOLD = 40  # characters, on average, from which on a column tells something
OTHER_DATES = frozenset({"date_of_birth", "other_date"})
_MEAN_HEADING = 60
_PLENTY = 5
_SAMPLE_ROWS = 300
_DAY_ALONE = re.compile(r"(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?\W*", re.I)
_WHOLE_NUMBER = re.compile(r"\(?(\d{1,6})[.)]{0,2}")
_TIME = re.compile(r"(?:[01]?\d|2[0-4])(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)|(?:[01]?\d|2[0-4])[:.;]?\d\d(?::\d\d)?\s*(?:h|hrs|hours)?", re.I)


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns: meaning and heading of each, which hold date and time (index from 0), and which are left out of a row's text.

    Where day and month stand in columns of their own, `when` is one of them and `day` and `month` say which they are.
    `bare_days` says that the dates are numbers of days alone, under a month; `more_than_dates` that the date column is known to say more.
    `assumed` are columns whose meaning was taken from what they hold, `unknown` those whose heading no rule knows.
    """

    meanings: tuple[str, ...]
    headings: tuple[str, ...]
    when: int
    day: int | None = None
    month: int | None = None
    until: int | None = None
    at: int | None = None
    left_out: frozenset[int] = frozenset()
    serial: frozenset[int] = frozenset()
    assumed: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    bare_days: bool = False
    more_than_dates: bool = False


def headings_in(rows: Sequence[Row], reading: Reading) -> tuple[str, ...]:
    """The headings that one row, or two read together, give: a merged heading counts for each column that it covers.

    Of two the lower one stands alone where a rule knows it ("Time" under "When"), otherwise both together ("Action" over "by whom").
    """
    width = max(len(row.boxes) for row in rows)
    found: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        left = ""
        for index, box in enumerate(row.boxes):
            left = left if box.covered else box.text
            if left and left not in found[index]:
                found[index].append(left)
    return tuple(each[-1] if len(each) > 1 and reading.meaning(each[-1]) else " ".join(each) for each in found)


def reads_as_heading(headings: Sequence[str], reading: Reading) -> bool:
    """Whether the texts are headings of a chronology: a date among them, at least two meanings, half of them known (or five meanings, as
    in an export of forty columns), all of them short.
    """
    written = [text for text in dict.fromkeys(headings) if text]
    if len(written) < 2 or max(map(len, written)) > LONGEST_HEADING or sum(map(len, written)) > _MEAN_HEADING * len(written):
        return False
    known = [meaning for meaning in map(reading.meaning, written) if meaning]
    has_date = any(meaning in (*_WHEN, "month") for meaning in known)
    is_known = 2 * len(known) >= len(written) or len(set(known)) >= _PLENTY
    return has_date and len(set(known)) > 1 and is_known and not any(is_date(text) for text in written)


def dated_column(rows: Sequence[Row], skip: frozenset[int] = frozenset(), looks: Callable[[Box], bool] = holds_date) -> int | None:
    """The column of which most filled boxes are dates (`looks`), at least two of them (or one of very few rows); the leftmost of equals."""
    sample = [row for row in rows if not row.is_blank][:_SAMPLE_ROWS]
    with_more = [row for row in sample if len(row.written()) > 1]
    best, best_count = None, 0
    for index in range(max((len(row.boxes) for row in sample), default=0)):
        if index in skip:
            continue
        filled = [row.boxes[index] for row in with_more if index < len(row.boxes) and row.boxes[index].text]
        count = sum(map(looks, filled))
        if count > best_count and 2 * count >= len(filled) and (count > 1 or len(sample) <= 3):
            best, best_count = index, count
    return best


def columns_from(headings: Sequence[str], rows: Sequence[Row], reading: Reading, when: int | None = None) -> Columns | None:
    """The columns under these headings, `when` holding the dates if it is given; None where no column does."""
    width = max([len(headings), *(len(row.boxes) for row in rows)], default=0)
    headings = (*headings, *[""] * (width - len(headings)))
    known = [reading.meaning(heading) for heading in headings]
    unknown = tuple(index for index, meaning in enumerate(known) if meaning is None and _filled(rows, index))
    day, month = _parts(known, rows) if when is None else (None, None)
    when = (
        (_when(known, [reading.share_known(heading) for heading in headings], rows) if month is None else month) if when is None else when
    )
    if when is None:
        return None
    meanings = [_borne_out(meaning, rows, index) for index, meaning in enumerate(known)]
    for index in (when, day):
        if index is not None:
            meanings[index] = "date"
    assumed = ([when] if known[when] not in (*_WHEN, "month") else []) + _propose(meanings, unknown, rows)
    serial = frozenset(
        index for index in range(width) if meanings[index] != "date" and _counts_up(headings[index], meanings[index], rows, index)
    )
    meanings = ["serial" if index in serial else "reference" if meaning == "serial" else meaning for index, meaning in enumerate(meanings)]
    left_out = serial | {index for index, meaning in enumerate(meanings) if meaning in ("date", "end_date", "time", "end_time", "year")}
    until, at = _index(meanings, "end_date"), _index(meanings, "time")
    bare_days = month is None and _mostly(is_day_number, rows, when)
    more = when in assumed or reading.share_known(headings[when]) < 1
    return Columns(
        tuple(meanings), tuple(headings), when, day, month, until, at, left_out, serial, tuple(assumed), unknown, bare_days, more
    )


def _parts(meanings: Sequence[str | None], rows: Sequence[Row]) -> tuple[int | None, int | None]:
    """The columns that hold a day's number and a month where these stand apart, unless a column holds whole dates."""
    month = next((index for index, meaning in enumerate(meanings) if meaning == "month" and _mostly(_holds_month, rows, index)), None)
    if month is None or any(
        meaning == "date" and any(holds_date(box) and not _DAY_ALONE.fullmatch(box.text) for box in _boxes(rows, index))
        for index, meaning in enumerate(meanings)
    ):
        return None, None
    days = (index for index, meaning in enumerate(meanings) if meaning in ("day", "date"))
    return next((index for index in days if _mostly(_holds_day, rows, index)), None), month


def _mostly(looks: Callable[[Box], bool], rows: Sequence[Row], index: int) -> bool:
    boxes = _boxes(rows, index)
    return 2 * sum(map(looks, boxes)) > len(boxes)


def _holds_month(box: Box) -> bool:
    word = re.match(r"[a-z]+", box.text.casefold())
    return month_number(word[0]) is not None if word else box.text.isdigit() and 1 <= int(box.text) <= len(MONTHS)


def _holds_day(box: Box) -> bool:
    number = _DAY_ALONE.fullmatch(box.text)
    return number is not None and 1 <= int(number[1]) <= 31


def _when(meanings: Sequence[str | None], shares: Sequence[float], rows: Sequence[Row]) -> int | None:
    """Of the columns that are headed as the date, the one that holds most; a recording date serves where there is no other.

    Of those that hold about as much, it is the one whose heading the rules know best (`shares`): "Date of event" before "Date of referral".

    A column that is headed so and holds words but no date gives way to a dated one whose heading no rule knows; an empty one to a
    recording date.
    """
    fallback = None
    for wanted in _WHEN:
        candidates = [index for index, meaning in enumerate(meanings) if meaning == wanted]
        if candidates:
            most = max(_date_count(rows, index) for index in candidates)
            full = [index for index in candidates if 2 * _date_count(rows, index) >= most]
            best = max(full, key=lambda index: (shares[index], _date_count(rows, index), -index))
            if _date_count(rows, best):
                return best
            known = frozenset(index for index, meaning in enumerate(meanings) if meaning is not None)
            instead = dated_column(rows, known) if _boxes(rows, best) else None
            if instead is not None or _boxes(rows, best):
                return best if instead is None else instead
            fallback = best if fallback is None else fallback
    return fallback


def _borne_out(meaning: str | None, rows: Sequence[Row], index: int) -> str:
    """The heading's meaning, unless what the column holds denies it: "To" may head the day that something ended, or whom a letter went to."""
    if meaning in (None, NOT_A_CHRONOLOGY):
        return OTHER
    boxes = _boxes(rows, index)
    if meaning in ("day", "month"):  # beside a whole date, or holding other things
        return OTHER
    if meaning == "date":  # another column was chosen as the row's own date
        return "other_date" if any(map(holds_date, boxes)) else OTHER
    looks = {"end_date": holds_date, "time": _starts_as_time, "end_time": _starts_as_time, "year": _holds_year}.get(meaning)
    return meaning if looks is None or not boxes or 2 * sum(map(looks, boxes)) >= len(boxes) else OTHER


def _propose(meanings: list[str], unknown: Sequence[int], rows: Sequence[Row]) -> list[int]:
    """Gives unknown columns the meaning that is missing and that their boxes show: times, and the longest text as the event."""
    assumed = []
    at = next((index for index in unknown if meanings[index] == OTHER and _are_times(rows, index)), None)
    if "time" not in meanings and at is not None:
        meanings[at] = "time"
        assumed.append(at)
    longest = max((index for index in unknown if meanings[index] == OTHER), key=lambda index: _mean_length(rows, index), default=None)
    if "event" not in meanings and longest is None:  # "Record" may head the source, or all that is told
        weak = (index for index, meaning in enumerate(meanings) if meaning in _WEAK and _mean_length(rows, index) >= _TOLD)
        longest = max(weak, key=lambda index: _mean_length(rows, index), default=None)
    if "event" not in meanings and longest is not None:
        meanings[longest] = "event"
        assumed.append(longest)
    return assumed


def _boxes(rows: Sequence[Row], index: int) -> list[Box]:
    return [row.boxes[index] for row in rows[:_SAMPLE_ROWS] if index < len(row.boxes) and row.boxes[index].text]


def _filled(rows: Sequence[Row], index: int) -> bool:
    return any(index < len(row.boxes) and row.boxes[index].text for row in rows)


def _date_count(rows: Sequence[Row], index: int) -> int:
    return sum(holds_date(box) or opens_with_day(box) for box in _boxes(rows, index))


def _mean_length(rows: Sequence[Row], index: int) -> float:
    texts = [box.text for box in _boxes(rows, index)]
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _are_times(rows: Sequence[Row], index: int) -> bool:
    boxes = _boxes(rows, index)
    times = sum(bool(box.real_time and box.real is None) or _TIME.fullmatch(box.text) is not None for box in boxes)
    return len(boxes) > 1 and times >= 0.8 * len(boxes) and any(":" in box.text or "." in box.text or box.real_time for box in boxes)


def _starts_as_time(box: Box) -> bool:
    return bool(box.real_time) or read_time(box.text).time is not None or not read_time(box.text).problem


def _holds_year(box: Box) -> bool:
    return years_in(box.text) is not None


def _counts_up(heading: str, meaning: str | None, rows: Sequence[Row], index: int) -> bool:
    """Whether the column is a running number: whole numbers that never fall, mostly one apart, under such a heading or none."""
    if meaning != "serial" and heading:
        return False
    told = [row for row in rows if len(set(row.written())) > 1]  # a year across the whole table is no number of a row
    texts = [box.text for box in _boxes(told, index) if box.text != heading]
    numbers = [int(match[1]) for text in texts if (match := _WHOLE_NUMBER.fullmatch(text))]
    if not numbers or len(numbers) < 0.9 * len(texts) or (not heading and len(numbers) < 3):
        return False
    steps = sorted(b - a for a, b in pairwise(numbers))
    return not steps or (steps[len(steps) // 2] == 1 and steps[0] >= (0 if heading else 1))


def _index(meanings: Sequence[str | None], wanted: str) -> int | None:
    return next((index for index, meaning in enumerate(meanings) if meaning == wanted), None)


def is_list(columns: Columns, rows: Sequence[Row]) -> bool:
    """Whether a dated table lists people, versions or signatures rather than events: no column that tells what happened, all texts short."""
    told = [index for index, meaning in enumerate(columns.meanings) if meaning in NARRATIVE and index not in columns.left_out]
    if _mostly(opens_with_day, rows, columns.when):
        return False
    return not told and all(_mean_length(rows, index) < 25 for index in range(len(columns.meanings)))
