"""The quick look of the last gate: lets most lines go before they are searched, and no line in which the search would find anything but a
name in small letters that is a word.
"""

import re
import unicodedata
from collections.abc import Sequence

from anonymise.gate.leak_forms import Form, LeakForms, beside
from anonymise.gate.readings import from_base64, readings, runs_of_base64
from anonymise.words.plain_words import plain_words
from anonymise.words.texts import plain
from anonymise.words.variants import SHORTEST_VARIANT, is_variant

# of a line read from its end
_LAST_WORD = re.compile(r"[\W_]{0,3}([^\W_]+)")


class QuickLook:
    """Which lines may hold a form, which words are slips of a name; each word and each run of letters is looked at once."""

    def __init__(self, forms: LeakForms) -> None:
        """Hold the forms."""
        self._forms = forms
        self._meant: dict[str, str] = {}
        # words with which no form begins and which are no slip of a name
        self._silent: set[str] = set()
        self._decoded: dict[str, tuple[str, ...]] = {}

    def telling_readings(self, line: str) -> tuple[str, ...]:
        """What a line says as it stands or decoded, where that may hold a form."""
        found = [said for said in readings(line) if self.may_hold(said)]
        for run in runs_of_base64(line):
            if run not in self._decoded:
                self._decoded[run] = tuple(said for said in from_base64(run) if self.may_hold(said))
            found += self._decoded[run]
        return tuple(found)

    def may_hold(self, line: str) -> bool:
        """Whether a form may stand in a line: its words are there one after the other, whatever stands between them."""
        words = _words(line)
        if self._silent.issuperset(words):
            return False
        return any(self._begins(words, at, line) for at, word in enumerate(words) if word not in self._silent)

    def _begins(self, words: Sequence[str], at: int, line: str) -> bool:
        """Whether a form that may count begins at a word, or the word may be a slip."""
        together, following = words[at], at + 1
        if self.means(together) != together:
            return True
        if together not in self._forms.beginnings:
            self._silent.add(together)
        while together in self._forms.beginnings:
            form = self._forms.forms.get(together)
            if form and self._may_count(form, words, (at, following), line):
                return True
            if following == len(words):
                return False
            together += words[following]
            following += 1
        return False

    def _may_count(self, form: Form, words: Sequence[str], run: tuple[int, int], line: str) -> bool:
        """Whether a form that stands from one word to another (exclusive) may be a leak; a word's own case and sense are looked at later."""
        at, end = run
        if form.case == "any":
            return True
        if form.case == "capital":
            return end - at > 1 or words[at] not in self._forms.rules.abbreviations
        if end - at > 1 or (form.case != "ours" and self._forms.was_left_in(beside(words, at))):
            return False
        as_it_stands = line.isascii() and line.isprintable()
        if not as_it_stands or words[at].upper() in line:
            return True
        return form.case in {"word", "ours"} and any(each != words[at] for each in re.findall(words[at], line, re.IGNORECASE))

    def may_go_on(self, line: str) -> bool:
        """Whether a line ends with a word after which a longer form goes on."""
        backwards = _LAST_WORD.match(line[::-1])
        last = backwards[1][::-1] if backwards else ""
        return last.isdigit() or plain(last) in self._forms.words

    def open_ends(self, line: str) -> tuple[str, ...]:
        """The words at the end of a line, run together, after which a longer form may go on in the next one."""
        if not self.may_go_on(line):
            return ()
        words = _words(line)
        ends = ((first, "".join(words[at + 1 :])) for at, word in enumerate(words) for first in {word, self.means(word)})
        return tuple(first + others for first, others in ends if first + others in self._forms.beginnings)

    def goes_on(self, ends: Sequence[str], following: str) -> bool:
        """Whether a form that is open at the end of a line goes on in the following one."""
        words = _words(following)
        return bool(words) and any(end + words[0] in self._forms.beginnings for end in ends)

    def means(self, word: str) -> str:
        """The name that a word is a slip of; itself where it is none."""
        if word not in self._meant:
            self._meant[word] = self._name_near(word)
        return self._meant[word]

    def _name_near(self, word: str) -> str:
        forms = self._forms
        rules = forms.rules
        own = rules.is_of_field_or_files(word) or word in rules.names_that_are_words or word in rules.nicknames
        if own or len(word) < SHORTEST_VARIANT or not word.isalpha() or word in forms.said or word in forms.beginnings:
            return word
        near = [name for name in forms.names.get(word[0], ()) if abs(len(name) - len(word)) < 2 and is_variant(word, name)]
        return near[0] if len(near) == 1 else word


def _words(line: str) -> list[str]:
    """The words of a line as the search sees them."""
    return plain_words(line if line.isascii() else unicodedata.normalize("NFC", line))
