"""What a draft says of itself: pseudonyms, roles, types of agencies, and the general words that stand for what was hidden. None is ever a hit."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from anonymise.checking.known import KnownReview
from anonymise.recognising.names import Tokens, tokens
from anonymise.words.texts import Clean, NamedText, Word, clean, overlaps, words_of
from timeline.authored import Passage

_OWN_FILE = re.compile(r"(?<![\w/])(?:rules/)?[\w/-]+\.toml\b")


class OwnWords:
    """Finds the draft's own words in a text."""

    def __init__(self, known: KnownReview) -> None:
        """Hold them by their first word."""
        self._by_first: dict[str, list[Tokens]] = defaultdict(list)
        self._rules = known.hiding.recognition
        forms = {form for said in _said(known) if (form := tokens(said))}
        for form in sorted(forms, key=len, reverse=True):
            self._by_first[form[0]].append(form)

    def spans(self, text: Clean) -> list[tuple[int, int]]:
        """Characters start to end of the draft's own words in a clean text; names of files of rules, which its method prints, are among them."""
        return [*self._spans(words_of(text)), *(match.span() for match in _OWN_FILE.finditer(text.text))]

    def in_text(self, given: NamedText | Passage) -> list[tuple[int, int]]:
        """As `spans`, in characters of a text as read."""
        text = clean(given.text)
        return [text.back(start, end) for start, end in self.spans(text)]

    def _spans(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        at = 0
        while at < len(words):
            likely = self._by_first.get(words[at].plain, ())
            form = next((form for form in likely if tuple(word.plain for word in words[at : at + len(form)]) == form), ())
            if form:
                yield words[at].start, words[at + len(form) - 1].end
            at += len(form) or 1

    def cover(self, text: Clean, span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
        """Whether the characters of a span say nothing but the draft's own words (at `spans`), roles and words of the field."""
        start, end = span
        words = [word for word in words_of(text) if word.start < end and start < word.end]
        rules = self._rules
        return all(
            overlaps(word.start, word.end, spans)
            or (
                word.plain not in rules.names_that_are_words
                and (word.plain in rules.titles or word.plain in rules.roles or word.plain == "s")
            )
            or rules.is_harmless([word.plain])
            for word in words
        ) and any(overlaps(word.start, word.end, spans) for word in words)


def _said(known: KnownReview) -> Iterable[str]:
    for person in known.people:
        yield person.pseudonym
    for shown in known.draft.people:
        yield from (shown.pseudonym, shown.role)
    yield from known.draft.agencies
    yield from known.words
    yield from known.titles
    yield from (kind for kind, _ in known.hiding.agencies.types)
