"""What becomes of each mention, date and age of a text, as replacements that never overlap."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from anonymise.agencies import AgencyTypes
from anonymise.dates import general_ages, general_dates
from anonymise.places import place_words
from anonymise.policy import Policy
from anonymise.rules import RecognitionRules
from anonymise.texts import NamedText, clean, overlaps
from timeline.people import Mention, Replacement

_ENDS_IN_NUMBER = re.compile(r"\d\s*$")
PLACES = frozenset(["PLACE", "ORGANISATION"])


class Changes:
    """Makes the replacements of every text by one policy."""

    def __init__(
        self,
        policy: Policy,
        pseudonyms: Mapping[str, str],
        types: AgencyTypes,
        rules: RecognitionRules,
        mentions: Sequence[Mention],
        texts: Sequence[NamedText],
    ) -> None:
        """Hold what stands for whom, and the words for every place that the texts name."""
        self._policy, self._pseudonyms, self._types = policy, pseudonyms, types
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self._mentions[mention.text_id].append(mention)
        named = [(m.kind, text.text[m.start : m.end]) for text in texts for m in self._mentions[text.id] if m.kind in PLACES]
        self._places = place_words(named, dict(policy.words), types, rules)

    def of(self, given: NamedText) -> tuple[Replacement, ...]:
        """The replacements of one text, in order."""
        made = [change for mention in self._mentions[given.id] if (change := self._of_mention(given, mention))]
        taken = [(change.start, change.end) for change in made]
        kept = [(m.start, m.end) for m in self._mentions[given.id] if m.kind == "DATE_OF_BIRTH"]
        for start, end, words, kind in self._general(given.text):
            if not overlaps(start, end, taken) and not overlaps(start, end, kept):
                taken.append((start, end))
                made.append(_change(given, start, end, kind, None, words, "policy", 1.0))
        return tuple(_kept_apart(sorted(made, key=lambda change: change.start), given.text))

    def _general(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Dates and ages made general, found in the clean text and led back to the text as read."""
        simple = clean(text)
        for start, end, words in general_dates(simple.text, self._policy.dates):
            yield *simple.back(start, end), words, "DATE"
        for start, end, words in general_ages(simple.text, self._policy.ages):
            yield *simple.back(start, end), words, "AGE"

    def _of_mention(self, given: NamedText, mention: Mention) -> Replacement | None:
        written = given.text[mention.start : mention.end]
        words = self._words_for(mention, written)
        if words is None or words == written or mention.kind not in self._policy.hidden:
            return None
        return _change(given, mention.start, mention.end, mention.kind, mention.person, words, mention.found_by, mention.score)

    def _words_for(self, mention: Mention, written: str) -> str | None:
        if mention.kind == "PERSON":
            return self._pseudonyms.get(mention.person, self._policy.words["PERSON"]) if mention.person else self._policy.words["PERSON"]
        if mention.kind == "AGENCY":
            return self._types.stands_for(written) if self._policy.agencies == "type" else None
        if mention.kind in PLACES:
            return self._places.get((mention.kind, written), self._policy.words[mention.kind])
        return self._policy.words[mention.kind]


def _kept_apart(changes: Sequence[Replacement], text: str) -> Iterator[Replacement]:
    """The changes, with "in" before a month that a number now stands right before: "Nurse 2 in May 2021", for "Nurse 2 May 2021" says another day."""
    before = ""
    last = 0
    for change in changes:
        before = (before + text[last : change.start])[-12:]
        if change.kind == "DATE" and change.replacement[:1].isalpha() and _ENDS_IN_NUMBER.search(before):
            change = replace(change, replacement=f"in {change.replacement}")
        yield change
        before, last = change.replacement, change.end


def _change(given: NamedText, start: int, end: int, kind: str, person: str | None, words: str, found_by: str, score: float) -> Replacement:
    return Replacement(
        text_id=given.id,
        start=start,
        end=end,
        text=given.text[start:end],
        kind=kind,
        person=person,
        replacement=words,
        found_by=found_by,
        score=score,
    )
