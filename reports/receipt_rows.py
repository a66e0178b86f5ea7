"""What an agency is asked to mend or check in its own rows: where, what is amiss, what the row says, and what would settle it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from timeline.dates import UNKNOWN
from timeline.events import Entry
from timeline.extraction import Extraction

_PLACE = re.compile(r"(.*?)\s*(row|paragraph|line) (\d+)")
_QUOTED = 170
_ALONE = 4  # from so many rows with one thing amiss on, they are listed together
# words of problems and reasons that tell of things beside the text, which are listed for review rather than to be mended
_FOR_REVIEW = re.compile(r"tracked|struck|hidden|comment|footnote|endnote|text box|merged cell|drawn|shape|form field|\blinks?\b", re.I)
_PLAIN = re.compile(r"the row is undated")
_UNREADABLE = re.compile(r"time cell|formula|is not a date|no date that could be read")
# what is amiss -> what the agency can do; the first that fits
_ADVICE = (
    (r"nearly the same return", "Tell us which of the two files counts."),
    (r"withdrawn", "Put it back in your file, or tell us that you withdraw it."),
    (r"hidden", "Unhide it if it belongs to the chronology, or take it out."),
    (r"is not a date|no date that could be read", "Give the right date, or what is known of it (“February 2020”, “undated”)."),
    (r"told either way|turned day and month", "Write the month as a word, so that day and month cannot be mistaken."),
    (r"no year", "Add the year."),
    (r"undated|no date|date it", "Add a date where one is known, even about (“spring 2019”)."),
    (r"written as a", "Check the weekday or the date."),
    (r"end date", "Check the end date; what it says is not part of the text."),
    (r"more than a (?:date|time)", "Leave the date or time alone in its cell."),
    (r"time", "Give the time as 14:30, or leave it out."),
    (r"nothing beside", "Say what happened, or take the row out."),
    (r"formula", "Open the file, save it, and send it again."),
    (r"several dates|dated entries", "Give each dated entry a row of its own."),
    (r"may have turned", "Check day and month against the record."),
)
# what a reason asks the board to do -> what it asks of the agency
_REQUESTS = (
    (r": decide whether it belongs to the chronology, or ask the agency", "; please say whether it belongs to the chronology"),
    (
        r"give its password, or ask the agency for a copy without one",
        "give the board its password in the way that it has told you, or send a copy without one",
    ),
    (r"give the right one, or ask the agency for", "give the board the right one, or send"),
    (r"ask the agency to ", "please "),
    (r"ask the agency for ", "please send "),
    (r"ask the agency what", "please tell us what"),
    (r"ask the agency", "please tell us"),
    (r"kept as text \(a board can settle it in case\.toml\)", "kept as text; please tell us what the column means"),
)


@dataclass(frozen=True, slots=True)
class Amiss:
    """Something to mend or check: the places (one, or many with the same thing amiss), a plain sentence, the row's words, and what to do."""

    places: str
    sentence: str
    says: str
    advice: str


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    sentence: str
    says: str
    must: bool


def to_mend(read: Extraction) -> list[Amiss]:
    """What cannot be used as it stands: rows that are unread, dates and times that are none."""
    return _gathered(row for row in _rows(read) if row.must)


def to_check(read: Extraction) -> list[Amiss]:
    """What was read with a doubt."""
    return _gathered(row for row in _rows(read) if not row.must)


def for_review(read: Extraction) -> Iterator[tuple[str, str, str]]:
    """(place, what it is, its words) of what stands beside the text or was dropped from it: tracked changes, struck or hidden words, comments."""
    told = set()
    for row in read.ignored:
        if _FOR_REVIEW.search(row.reason) and row.reason != read.reason:
            told.add(row.where)
            yield place_in_words(row.where), _sentence(row.reason), row.text
    for entry in read.entries:
        for problem in entry.problems:
            if _FOR_REVIEW.search(problem) and entry.source.where not in told:
                yield place_in_words(entry.source.where), _sentence(problem), _quoted(entry)


def set_aside(read: Extraction) -> list[tuple[str, int, str]]:
    """(reason, how many, where) of the rows that are no events and need nothing: headings, blank rows, notes."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for row in read.ignored:
        if not _FOR_REVIEW.search(row.reason) and row.reason != read.reason:
            places[row.reason].append(row.where)
    ordered = sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(_sentence(reason), len(found), places_in_words(found)) for reason, found in ordered]


def to_the_agency(words: str) -> str:
    """A reason or note as the agency itself is told it: what the board would ask of it becomes a request."""
    for wording, request in _REQUESTS:
        words = re.sub(wording, request, words)
    return words


def place_in_words(where: str) -> str:
    """A place as a sentence begins with it: `Table 2, row 14`, `Sheet “2020”, row 3`, `Paragraph 31`."""
    match = _PLACE.fullmatch(where)
    if not match:
        return where[:1].upper() + where[1:]
    head, kind, number = match.groups()
    return _capital(", ".join(part for part in (_head(head), f"{kind} {number}") if part))


def places_in_words(found: Iterable[str]) -> str:
    """Places together, rows in runs: `Table 2, rows 3–8 and 14; Paragraph 31`."""
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for where in found:
        match = _PLACE.fullmatch(where)
        groups[(match[1], match[2]) if match else (where, "")].append(int(match[3]) if match else 0)
    told = []
    for (head, kind), numbers in groups.items():
        runs = _runs(numbers)
        several = f"{kind}s" if len(set(numbers)) > 1 else kind
        told.append(_capital(", ".join(part for part in (_head(head), f"{several} {runs}" if kind else "") if part)))
    return "; ".join(told)


def _head(head: str) -> str:
    return re.sub(r'"(.*)"', "“\\1”", re.sub(r" (column \d+)$", r", \1", head))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _runs(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _rows(read: Extraction) -> Iterator[_Row]:
    for entry in read.entries:
        for problem in entry.problems:
            if not _FOR_REVIEW.search(problem):
                must = (entry.when.edtf == UNKNOWN and not _PLAIN.search(problem)) or _UNREADABLE.search(problem) is not None
                yield _Row(entry.source.where, problem, _quoted(entry), must)
    for row in read.unread:
        yield _Row(row.where, row.reason, _short(row.text), must=True)


def _gathered(rows: Iterable[_Row]) -> list[Amiss]:
    """One line for each row, or for many rows of which the very same thing is said."""
    together: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        together[row.sentence].append(row)
    found = []
    for sentence, same in together.items():
        advice = next((advice for words, advice in _ADVICE if re.search(words, sentence)), "Please look at it.")
        if len(same) >= _ALONE:
            found.append(Amiss(places_in_words(row.where for row in same), _sentence(sentence), f"{len(same)} rows", advice))
        else:
            found += [Amiss(place_in_words(row.where), _sentence(sentence), row.says, advice) for row in same]
    return found


def _quoted(entry: Entry) -> str:
    dated = f"{entry.when.as_written}: " if entry.when.as_written else ""
    return _short(dated + entry.text)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " …"


def _sentence(words: str) -> str:
    return _capital(to_the_agency(words)).rstrip(".") + "."
