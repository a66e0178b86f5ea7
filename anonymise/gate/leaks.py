"""The last gate: every part of every anonymised file is looked at for every known name, number, address and place."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from anonymise.gate.leak_forms import Beside, Form, LeakForms, beside
from anonymise.gate.parts import parts_of
from anonymise.gate.quick_look import QuickLook
from anonymise.words.texts import Clean, Word, clean, joined_words, words_of
from anonymise.words.word_names import reads_as_name
from timeline.people import Person

# characters that may stand between the words of one form
WIDEST_GAP = 3
# in the middle of a sentence: after a word in small letters, or after a title
_AFTER_PROSE = re.compile(r"(?:\b[a-z]+|\b(?:Mr|Mrs|Ms|Miss|Dr)\.?),? $")
# characters of two lines that are looked at together, and the shortest form that counts there
LONGEST_END = 60
SHORTEST_OVER_LINES = 7
DAY_AND_YEAR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A known form in an anonymised file: which file (counted from 1 in name order), which part of it (counted), of what kind, whose.

    `form` is what was found, for the next round of hiding alone: no message shows it.
    """

    file: int
    part: int
    kind: str
    person: str | None
    form: str

    def __str__(self) -> str:
        """What a message may say: places, kinds and ids, never the form."""
        whose = f" of {self.person}" if self.person else ""
        return f"file {self.file}, part {self.part}: {self.kind.lower()}{whose}"


def leaks(folder: Path, forms: LeakForms, wanted: Callable[[str], bool] = lambda _: True) -> tuple[Leak, ...]:
    """Every known form in any file under a folder: names of files and parts, texts across runs, attributes, properties, escapes.

    Where only some files are `wanted` (by their names below the folder), the others count in the numbers of files all the same.
    """
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    found: dict[tuple[int, int, str], Leak] = {}
    search = Search(forms)
    for number, name in enumerate(names, 1):
        if not wanted(name):
            continue
        for position, part in enumerate(parts_of(name, (folder / name).read_bytes())):
            furnished = not name.endswith(".json") and part.name != "docProps/custom.xml"
            for form, written in search.in_text(part.text, shown=part.shown, furnished=furnished):
                leak = Leak(file=number, part=position, kind=form.kind, person=form.person, form=written)
                found.setdefault((number, position, written), leak)
    return tuple(found.values())


def with_leaked(people: Sequence[Person], found: Iterable[Leak]) -> tuple[Person, ...]:
    """The cast with the leaked forms of each person's name, so that the next round of recognising hides them."""
    more: dict[str, list[str]] = {}
    for leak in found:
        if leak.person and leak.kind == "PERSON":
            more.setdefault(leak.person, []).append(leak.form)
    return tuple(replace(p, also_known_as=tuple(dict.fromkeys((*p.also_known_as, *more.get(p.id, ()))))) for p in people)


def leaked_things(found: Iterable[Leak], cast: Sequence[Person]) -> tuple[tuple[str, str], ...]:
    """The leaked numbers, addresses and places, and the names of people who are not in the cast, as (form, kind): recognising takes them as seen.

    Such a name is hidden as somebody's: its bearer has another id in each round.
    """
    listed = {person.id for person in cast}
    return tuple(dict.fromkeys((leak.form, leak.kind) for leak in found if leak.kind != "PERSON" or leak.person not in listed))


class Search:
    """Looks for the forms in any text, line by line; the drafts say the same lines in several files, so each is looked at once."""

    def __init__(self, forms: LeakForms) -> None:
        """Hold the forms."""
        self._forms = forms
        self._quick = QuickLook(forms)
        self._worth: dict[str, tuple[str, ...]] = {}
        self._ends: dict[str, tuple[str, ...]] = {}
        self._seen: dict[tuple[str, bool, bool], tuple[tuple[Form, str], ...]] = {}

    def in_text(self, text: str, *, shown: bool, furnished: bool = False) -> Iterator[tuple[Form, str]]:
        """The forms in one part; `shown` is whether a reader sees it, `furnished` whether words of our documents' own stand in it."""
        lines = joined_words(text).split("\n")
        for line in lines:
            worth = self._worth.get(line)
            if worth is None:
                worth = self._worth[line] = self._quick.telling_readings(line)
                self._ends[line] = self._quick.open_ends(line[-LONGEST_END:])
            if worth:
                yield from self._in_worthy(line, shown=shown, furnished=furnished)
        for line, following in pairwise(lines):
            if (ends := self._ends[line]) and self._quick.goes_on(ends, following[:LONGEST_END]):
                yield from self._over_two_lines(line, following)

    def _in_worthy(self, line: str, *, shown: bool, furnished: bool) -> tuple[tuple[Form, str], ...]:
        """The forms in a line of which some reading may hold one."""
        key = line, shown, furnished
        if key not in self._seen:
            self._seen[key] = tuple(found for said in self._worth[line] for found in self._in_line(said, shown=shown, furnished=furnished))
        return self._seen[key]

    def _over_two_lines(self, line: str, following: str) -> Iterator[tuple[Form, str]]:
        """The long forms (a number, an address, a whole name) that begin in one line and end in the next."""
        before, after = line[-LONGEST_END:], following[:LONGEST_END]
        long = (found for found in self._in_line(f"{before} {after}", shown=False, furnished=True) if len(found[1]) >= SHORTEST_OVER_LINES)
        for form, written in long:
            if form.case == "any" and not any(written in _as_searched(each).text for each in (before, after)):
                yield form, written

    def _in_line(self, line: str, *, shown: bool, furnished: bool) -> Iterator[tuple[Form, str]]:
        text = _as_searched(line)
        words = words_of(text)
        at = 0
        while at < len(words):
            length = self._safe_here(words, at)
            if not length and (hit := self._form_here(text, words, at, shown=shown, furnished=furnished)):
                form, length = hit
                yield form, text.text[words[at].start : words[at + length - 1].end]
            at += length or 1

    def _safe_here(self, words: Sequence[Word], at: int) -> int:
        """How many words from here on are the draft's own: a pseudonym, a role, an agency's type."""
        own = self._forms.safe.get(words[at].plain)
        if not own:
            return 0
        return max((len(form) for form in own if tuple(word.plain for word in words[at : at + len(form)]) == form), default=0)

    def _form_here(self, text: Clean, words: Sequence[Word], at: int, *, shown: bool, furnished: bool) -> tuple[Form, int] | None:
        """The longest form that begins at a word, with the number of its words."""
        best: tuple[Form, int] | None = None
        first = words[at].plain
        slip = self._quick.means(first)
        if slip != first and (text.text[words[at].start].islower() or re.search(rf"\b{re.escape(first)}\b", text.text)):
            slip = first  # a word in small letters is no slip of a name
        if furnished and self._forms.rules.is_said_by_us(first):
            slip = first
        for spelt in (first,) if slip == first else (first, slip):
            together, length = spelt, 1
            while together in self._forms.beginnings:
                form = self._forms.forms.get(together)
                if (
                    form
                    and self._counts(form, text, words[at : at + length], _around(words, at), shown=shown, furnished=furnished)
                    and (best is None or length > best[1])
                ):
                    best = form, length
                following = at + length
                if following == len(words) or words[following].start - words[following - 1].end > WIDEST_GAP:
                    break
                together += words[following].plain
                length += 1
        return best

    def _counts(self, form: Form, text: Clean, run: Sequence[Word], around: Beside, *, shown: bool, furnished: bool) -> bool:
        """Whether a form that stands here is a leak, by its case and by whether it was left in on purpose."""
        written, rules = text.text[run[0].start : run[-1].end], self._forms.rules
        if form.kind == "PERSON" and written.lower() == f"{run[0].plain}'s" and rules.is_said_by_us(run[0].plain):
            return False  # "the child's" is no Childs
        if form.case == "any":
            # the first of January 2019 is no "11 2019"
            return form.kind != "DATE_OF_BIRTH" or len(run) != DAY_AND_YEAR or any(each.isalpha() for each in written)
        if form.case == "capital":
            # "MARAC" is no Mara C
            ordinary = len(run) == 1 and run[0].plain in rules.abbreviations
            return not ordinary and self._has_its_capital(text.text, run)
        if form.case == "ours" and not furnished:
            return text.text[run[0].start].isupper()
        if not shown or len(run) > 1 or self._forms.was_left_in(around):
            return False
        if furnished and written.isupper() and run[0].plain in rules.abbreviations:
            return False
        if form.case == "upper":
            return written.isupper() and run[0].plain not in rules.abbreviations
        said = rules.is_said_by_us(run[0].plain) if furnished else rules.is_of_field_or_files(run[0].plain)
        if said and not _AFTER_PROSE.search(text.text[: run[0].start]):
            return False
        return reads_as_name(text.text, run[0].start, run[0].end, rules)

    def _has_its_capital(self, text: str, run: Sequence[Word]) -> bool:
        """Whether a word begins with a capital. Where the words are parted elsewhere than those of the form, and the first is small, one that is all
        in capitals does not count: "don NAD" is no Donna D.
        """
        as_parted = len(run) == 1 or text[run[0].start].isupper() or tuple(word.plain for word in run) in self._forms.apart
        return any(text[word.start].isupper() and (as_parted or not text[word.start : word.end].isupper()) for word in run)


def _as_searched(line: str) -> Clean:
    return clean(unicodedata.normalize("NFC", line))


def _around(words: Sequence[Word], at: int) -> Beside:
    return beside([word.plain for word in words[max(0, at - 1) : at + 2]], min(at, 1))
