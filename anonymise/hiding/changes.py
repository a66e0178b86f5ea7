"""What becomes of each mention, queued passage, date and age of a text, as replacements that never overlap."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from anonymise.hiding.ages import AgeRule, general_ages
from anonymise.hiding.dates import general_dates
from anonymise.hiding.days import general_days, general_times, general_weekdays
from anonymise.hiding.places import place_words
from anonymise.hiding.standing import PLACES, Standing
from anonymise.jigsaw.queue import Passages
from anonymise.words.texts import Clean, NamedText, clean, overlaps
from timeline.people import Mention, Replacement

_ENDS_IN_NUMBER = re.compile(r"\d\s*$")
_ENDS_IN_DIGIT = re.compile(r"\b\d{1,2}$")
# the beginning of a word that a reader, or a search for dates, may take for a month after a number ("Social Worker 2 may attend", "GP 1 decided")
_LIKE_A_MONTH = re.compile(r"\s+(?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))", re.IGNORECASE)
# a word after which no second article can stand ("the a nursery"), and the article of the words that are put in
_DETERMINED = re.compile(r"\b(?:the|an?|this|that|his|her|its|their|our|my|your|whose|each|every|another|any|no)\s+$", re.IGNORECASE)
_ARTICLE = re.compile(r"an? (?=\w)")
_THEN_NUMBER = re.compile(r"\s+\d{1,2}(?!\d)")
_BARE_MONTH = re.compile(r"[A-Z][a-z]+|(?:spring|summer|autumn|winter)\b")
_MONTH_ALONE = re.compile(r"(?:[A-Za-z]+ )*[A-Z][a-z]+")
Span = tuple[int, int, str]


class Changes:
    """Makes the replacements of every text by one policy."""

    def __init__(self, stands: Standing, mentions: Sequence[Mention], texts: Sequence[NamedText], passages: Passages) -> None:
        """Hold what stands for whom, what is to be hidden where, and the words for every place that the texts name."""
        self._stands = stands
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        self._named: list[tuple[str, str]] = []
        self._places: dict[tuple[str, str], str] = {}
        self._passages: dict[str, list[tuple[int, int, str, str, str]]] = defaultdict(list)
        for passage, words, decision in passages.changes():
            self._passages[passage.text_id].append((passage.start, passage.end, passage.kind, words, decision))
        self.add(mentions, texts)
        # what is general in a text of no row: findings say the same sentences again and again
        self._said_again: dict[str, list[tuple[int, int, str, str]]] = {}

    def add(self, mentions: Sequence[Mention], texts: Sequence[NamedText]) -> None:
        """Learns of further texts and what is named in them; what stands for a place that was known stays."""
        by_text: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            by_text[mention.text_id].append(mention)
        self._mentions |= by_text  # anew, where a text is told of again
        self._named += [(m.kind, text.text[m.start : m.end]) for text in texts for m in self._mentions[text.id] if m.kind in PLACES]
        words = dict(self._stands.policy.words)
        self._places = place_words(self._named, words, self._stands.types, self._stands.recognition, self._places)

    def of(self, given: NamedText, day: date | None = None) -> tuple[Replacement, ...]:
        """The replacements of one text, in order; `day` is the day of its row, where it has one."""
        hidden = [change for mention in self._mentions[given.id] if (change := self._of_mention(given, mention))]
        made = self._with_passages(given, hidden)
        taken = [(change.start, change.end) for change in made]
        taken += [(m.start, m.end) for m in self._mentions[given.id] if m.kind == "DATE_OF_BIRTH"]
        for start, end, words, kind in self._general(given.text, day, [change.end for change in hidden if change.kind == "PERSON"]):
            if not overlaps(start, end, taken) and given.text[start:end] != words:
                taken.append((start, end))
                made.append(_change(given, start, end, kind, words))
        return tuple(_kept_apart(sorted(made, key=lambda change: change.start), given))

    def _with_passages(self, given: NamedText, hidden: Sequence[Replacement]) -> list[Replacement]:
        """The changes of mentions and of passages; a passage swallows the mentions in it, and reaches as far as one that it cuts."""
        swallowed: list[tuple[int, int]] = []
        made: list[Replacement] = []
        for start, end, kind, words, decision in sorted(self._passages[given.id], key=lambda each: (each[0] - each[1], each[0])):
            inside = [change for change in hidden if change.start < end and start < change.end]
            first, last = min((start, *(c.start for c in inside))), max((end, *(c.end for c in inside)))
            covered = any(change.start <= start and end <= change.end for change in inside)
            if covered or overlaps(first, last, swallowed):
                continue
            swallowed.append((first, last))
            made.append(replace(_change(given, first, last, kind, words), found_by="jigsaw", decision=decision))
        return made + [change for change in hidden if not overlaps(change.start, change.end, swallowed)]

    def _general(self, text: str, day: date | None, names: Sequence[int]) -> Sequence[tuple[int, int, str, str]]:
        """Dates, days, times and ages made general, by their places in the text as read; the first found at a place counts."""
        if day or names:
            return list(self._made_general(clean(text), day, names))
        if text not in self._said_again:
            self._said_again[text] = list(self._made_general(clean(text), day, names))
        return self._said_again[text]

    def _made_general(self, simple: Clean, day: date | None, names: Sequence[int]) -> Iterator[tuple[int, int, str, str]]:
        """The same, found in the clean text and led back to the text as read."""
        policy, dates = self._stands.policy, self._stands.dates
        people = [place for end in names if (place := bisect_right(simple.ends, end)) and simple.ends[place - 1] == end]
        found: list[tuple[str, Iterator[Span]]] = [
            ("DATE", general_dates(simple.text, dates, day)),
            ("DATE", general_days(simple.text, dates, self._stands.named_days)),
            ("AGE", general_ages(simple.text, AgeRule(policy.ages, policy.age_bands), people)),
            ("TIME", general_times(simple.text, policy.times)),
        ]
        if policy.weekdays == "hide" or dates.style == "since":  # counted days and a weekday together give the calendar away
            found.append(("DATE", general_weekdays(simple.text)))
        for kind, spans in found:
            for start, end, words in spans:
                yield *simple.back(start, end), words, kind

    def _of_mention(self, given: NamedText, mention: Mention) -> Replacement | None:
        written = given.text[mention.start : mention.end]
        words = self._stands.words_for(mention, written, self._places)
        if words is None or words == written or mention.kind not in self._stands.policy.hidden:
            return None
        return Replacement(
            text_id=given.id,
            start=mention.start,
            end=mention.end,
            text=written,
            kind=mention.kind,
            person=mention.person,
            replacement=words,
            found_by=mention.found_by,
            score=mention.score,
        )


def _kept_apart(changes: Sequence[Replacement], given: NamedText) -> Iterator[Replacement]:
    """The changes, so that no number and month that come to stand beside each other read as a day.

    "Nurse 2 May 2021" gets an "in", "in November 11:20" and "Social Worker 2 may attend" a comma, at a line's end a full stop.
    """
    before, last = "", 0
    for change, following in zip(changes, [*(each.start for each in changes[1:]), len(given.text)], strict=False):
        made = _apart(change, (before + given.text[last : change.start])[-12:], given.text)
        yield made
        before, last = made.replacement, made.end
        blank = _LIKE_A_MONTH.match(given.text, made.end)
        if blank and blank.end() < following and _ENDS_IN_DIGIT.search(made.replacement):
            mark = ("." if "\n" in blank[0] else ",") + blank[0]
            yield _change(given, blank.start(), blank.end(), "SPACE", mark)
            before, last = mark, blank.end()


def _apart(change: Replacement, before: str, text: str) -> Replacement:
    """A date's words with an "in" after a number, and a comma before one; a place's words without a second article."""
    if change.kind in PLACES and (article := _ARTICLE.match(change.replacement)) and _DETERMINED.search(before):
        return replace(change, replacement=change.replacement[article.end() :])
    if change.kind != "DATE":
        return change
    words = change.replacement
    if _BARE_MONTH.match(words) and _ENDS_IN_NUMBER.search(before):
        words = f"in {words}"
    if _MONTH_ALONE.fullmatch(words) and _THEN_NUMBER.match(text, change.end):
        words = f"{words},"
    return replace(change, replacement=words)


def _change(given: NamedText, start: int, end: int, kind: str, words: str) -> Replacement:
    return Replacement(
        text_id=given.id,
        start=start,
        end=end,
        text=given.text[start:end],
        kind=kind,
        person=None,
        replacement=words,
        found_by="policy",
        score=1.0,
    )
