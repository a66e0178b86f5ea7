"""The narrative by period: the chosen rows in order, each an unbroken quotation of one row with its reference. Nothing is invented."""

import re
from collections.abc import Iterator
from itertools import groupby

from reports.draft import Draft, cells, in_row_order
from reports.word_xml import heading, paragraph, text, words
from timeline.safe import SafeEvent

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_END_OF_SENTENCE = re.compile(r"[.!?][”’\"')\]]*(?=\s)")
_MORE = " […]"


def narrative(draft: Draft) -> Iterator[str]:
    """A heading for each year and date that the policy's words allow, and under it a paragraph for each chosen row."""
    chosen = [event for event in draft.safe.events if event.id in draft.chosen]
    if not chosen:
        yield text("No row of the timeline was chosen: there is none, or no rule applies.")
    told = _told_by_others(draft)
    for period, events in groupby(chosen, key=_period):
        yield heading(period, 2)
        for words_of_date, same_date in groupby(events, key=lambda event: event.date):
            if words_of_date and words_of_date != period:
                yield heading(words_of_date, 3)
            for event in same_date:
                yield _account(event, draft, told.get(event.id, ()))


def quotation(piece: str, longest: int) -> str:
    """The piece in quotation marks, whole, or up to its last sentence that ends within `longest` characters and a sign that it goes on."""
    if len(piece) <= longest:
        return f"“{piece}”"
    ends = [match.end() for match in _END_OF_SENTENCE.finditer(piece, 0, longest)]
    # with no sentence that ends in time the whole stands: a clause cut short could lose its "not" or its speaker
    return f"“{piece[: ends[-1]]}{_MORE}”" if ends else f"“{piece}”"


def _account(event: SafeEvent, draft: Draft, others: tuple[str, ...]) -> str:
    phrases, found = draft.drafting.phrases, cells(event)
    main = found.get("event") or (event.text.strip() if not found.keys() & {"action", "voice"} else "")
    runs = []
    for phrase, piece in ((phrases.event, main), (phrases.action, found.get("action", "")), (phrases.voice, found.get("voice", ""))):
        if piece:
            runs.append(_sentence(phrase, event.agency, quotation(piece, phrases.longest_quotation_characters)))
    if not runs:
        runs = [words(event.agency, "Strong"), words(" recorded a row with no words.")]
    runs = [run for sentence in runs for run in (sentence, words(" "))]
    runs.append(draft.references([event.id]))
    if others:
        before, after = phrases.same_event.split("{references}")
        runs += [words(f" {before}", "Emphasis"), draft.references(others), words(after, "Emphasis")]
    return paragraph(*runs)


def _sentence(phrase: str, agency: str, quote: str) -> str:
    """The phrase with the agency in bold and the quotation in its place."""
    before, after = phrase.split("{quote}")
    shown = before.split("{agency}")
    return words(agency, "Strong").join(words(part) if part else "" for part in shown) + words(quote + after)


def _period(event: SafeEvent) -> str:
    year = _YEAR.search(event.date)
    return year[0] if year else event.date or "Undated"


def _told_by_others(draft: Draft) -> dict[str, tuple[str, ...]]:
    """For each row the others that a same-event proposal sets beside it."""
    told: dict[str, dict[str, None]] = {}
    for finding in draft.safe.findings:
        if finding.kind == "same-event":
            for serial in finding.events:
                told.setdefault(serial, {}).update(dict.fromkeys(other for other in finding.events if other != serial))
    return {serial: tuple(in_row_order(others)) for serial, others in told.items()}
