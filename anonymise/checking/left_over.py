"""The leak check of a report: every known form that is still there, in its passages and in every part of the file, escapes decoded."""

from collections.abc import Iterator, Mapping, Sequence

from anonymise.checking.found import Met
from anonymise.checking.known import KnownReview
from anonymise.gate.leak_forms import Form, leak_forms
from anonymise.gate.leaks import Search
from anonymise.gate.parts import parts_of
from anonymise.recognising.names import tokens
from anonymise.recognising.recognise import Recognition
from anonymise.words.texts import overlaps
from timeline.authored import HitKind, Passage

_WHY = "This is a known name of this review."
_WHY_THING = "This number, address or place was hidden in the draft."
_KINDS: Mapping[str, HitKind] = {"PERSON": "name", "PLACE": "place", "ORGANISATION": "place", "AGENCY": "agency"}


class LeftOver:
    """Looks for the forms that the draft of a review must not hold."""

    def __init__(self, known: KnownReview) -> None:
        """Hold the forms of everyone and everything that the draft hides."""
        self._pseudonyms = {person.id: person.pseudonym for person in known.people}
        self._words = known.policy.words
        recognition = Recognition(people=known.people, mentions=(), forms=known.forms, things=known.things)
        self._search = Search(leak_forms(recognition, known.draft, known.policy, known.hiding.recognition))

    def in_passage(self, passage: Passage, taken: Sequence[tuple[int, int]]) -> Iterator[Met]:
        """What is left in a passage outside of what was found in it already."""
        for form, written in self._search.in_text(passage.text, shown=passage.visible):
            for start, end in _places(passage.text, written):
                if not overlaps(start, end, taken):
                    yield self._met(form, start, end)

    def in_parts(self, parts: Mapping[str, bytes], known_words: frozenset[tuple[str, ...]]) -> Iterator[tuple[int, str, Met]]:
        """(number of the part in name order, words, what they are) of each form in any part that is not among the known words."""
        for number, name in enumerate(sorted(parts), start=1):
            told: set[tuple[str, ...]] = set()
            for part in parts_of(name, parts[name]):
                for form, written in self._search.in_text(part.text, shown=part.shown):
                    words = tokens(written)
                    if words not in told | known_words:
                        told.add(words)
                        yield number, written, self._met(form, 0, len(written))

    def _met(self, form: Form, start: int, end: int) -> Met:
        kind = _KINDS.get(form.kind, "identifier")
        stands = self._pseudonyms.get(form.person or "", "") or self._words.get(form.kind, "")
        return Met(start=start, end=end, kind=kind, proposal=stands, why=_WHY if kind == "name" else _WHY_THING, person=form.person)


def _places(text: str, written: str) -> list[tuple[int, int]]:
    """Where words stand in a text; the whole text where they stand there only when it is decoded."""
    found: list[tuple[int, int]] = []
    at = text.find(written)
    while at >= 0:
        found.append((at, at + len(written)))
        at = text.find(written, at + len(written))
    return found or [(0, len(text))]
