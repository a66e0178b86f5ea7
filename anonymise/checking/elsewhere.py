"""People of other reviews of the same folder who are named whole in a report: their families must not be told of here either."""

from collections import defaultdict
from collections.abc import Iterator

from anonymise.checking.found import Met
from anonymise.recognising.names import Tokens
from anonymise.words.texts import Clean, words_of

WHY = "Somebody of this name is known in another review of this folder."


class Elsewhere:
    """Looks for whole names of people of other reviews."""

    def __init__(self, names: frozenset[Tokens], own: frozenset[Tokens]) -> None:
        """Hold the names, without those that this review knows itself."""
        self._by_first: dict[str, list[Tokens]] = defaultdict(list)
        for name in sorted(names - own, key=len, reverse=True):
            self._by_first[name[0]].append(name)

    def in_text(self, text: Clean) -> Iterator[tuple[Tokens, Met]]:
        """Each whole name of a person of another review in a clean text; offsets count the text as read."""
        words = words_of(text)
        for at, word in enumerate(words):
            for name in self._by_first.get(word.plain, ()):
                run = words[at : at + len(name)]
                if tuple(each.plain for each in run) == name and all(text.text[each.start].isupper() for each in (run[0], run[-1])):
                    start, end = text.back(run[0].start, run[-1].end)
                    yield name, Met(start=start, end=end, kind="other review", proposal="", why=WHY)
                    break
