"""Titles of posts, forms and programmes in capitals ("Environmental Health Officer", "Achieving Best Evidence"), which detectors take for names."""

import re

from anonymise.rules import RecognitionRules
from anonymise.words.doubtful import dictionary
from anonymise.words.texts import Clean, plain

# words with capitals in a row, joined by small words or hyphens
_RUN = re.compile(r"[A-Z][\w'’]*(?:(?:-| (?:of|and|for|in|the|to|on|with) (?=[A-Z])| )[A-Z][\w'’]*)*")
# how nouns end that are nobody's surname; the dictionary's other nouns hold surnames of the famous, such as "bowditch"
_OF_NO_SURNAME = ("ity", "ities", "tion", "tions", "ment", "ments", "ness", "ship", "ance", "ence", "ism", "ology", "ography", "al", "ive")
_WORD = re.compile(r"[^\W\d_]+")


class FieldTitles:
    """Tells a title of the field from a name: ordinary words alone, and the last of them a word of the field.

    "Social Worker Baker" is no title, for its last word is none of the field's; nor is "Mary Ward", for one of its words is a given name.
    """

    def __init__(self, rules: RecognitionRules) -> None:
        """Hold the words of the field."""
        self._rules = rules

    def cover(self, text: Clean, span: tuple[int, int]) -> bool:
        """Whether characters of a clean text stand in such a title."""
        start, end = span
        run = next((match for match in _RUN.finditer(text.text) if match.start() <= start and end <= match.end()), None)
        if run is None:
            return False
        words = [plain(word) for word in _WORD.findall(run[0]) if len(word) > 1]
        return len(words) > 1 and self._rules.is_harmless([words[-1]]) and all(map(self._is_ordinary, words))

    def _is_ordinary(self, word: str) -> bool:
        rules = self._rules
        named = word in rules.names_that_are_words or word in rules.nicknames or word in rules.titles
        known = dictionary()
        return not named and (rules.is_harmless([word]) or known.begins(word) or (known.holds(word) and word.endswith(_OF_NO_SURNAME)))
