"""Where known people are named: every form of every person looked for in a text, spelling variants too."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from anonymise.recognising.names import Claim, Tokens, claims_of, names_of, under_other_surnames
from anonymise.rules import RecognitionRules
from anonymise.words.beside import is_child
from anonymise.words.habits import Habits
from anonymise.words.habits import habits_of as habits_of
from anonymise.words.texts import Clean, Word, clean, words_of
from anonymise.words.variants import SHORTEST_VARIANT as SHORTEST_VARIANT
from anonymise.words.variants import is_variant as is_variant
from anonymise.words.variants import sound, sounds_alike
from anonymise.words.word_names import Reading, is_told_of, reading
from anonymise.words.word_names import at_sentence_start as at_sentence_start
from anonymise.words.word_names import reads_as_name as reads_as_name
from timeline.people import Person

_BETWEEN = re.compile(r"(?:[ \n_]{1,2}|-|'| - )?")
_AFTER_INITIAL = re.compile(r"\.?[ \n-]?")
_WITH_POINT = re.compile(r"\. ?")
_TURNED = re.compile(r",?[ \n_]{1,2}|,")
_JOINED = re.compile(r"\s?[/&+]\s?| (?:and|or|not) ")
_TITLE_BEFORE = re.compile(r"(?<!\w)(?:mr|mrs|ms|miss|dr)\.? $")
# a name in one word with figures after it is a name of an account: "joypugh95"
_FIGURES = re.compile(r"(?<=[^\W\d])\d{1,4}$")
SHORTEST_ACCOUNT = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a clean text that name someone: characters start to end, the claims that may be meant, and whether it took a spelling variant.

    `unclear` is that they may as well be ordinary words: "Grace period".
    """

    start: int
    end: int
    claims: tuple[Claim, ...]
    variant: bool = False
    unclear: bool = False


class Index:
    """All forms of all known people, ready to be looked for."""

    def __init__(self, people: Iterable[Person], rules: RecognitionRules, habits: Habits) -> None:
        """Make the forms of each person; `habits` tells which forms the review also uses as ordinary words."""
        self._rules, self._habits = rules, habits
        self._claims: dict[Tokens, dict[Claim, None]] = defaultdict(dict)
        people = tuple(people)
        for person in people:
            for form, claim in claims_of(person, rules):
                self._claims[form][claim] = None
        for form, claim in _renamed(tuple(p for p in people if p.in_cast and p.kind in {"subject", "family"}), rules):
            self._claims[form][claim] = None
        listed = {person.id for person in people if person.in_cast}
        for form, claims in self._claims.items():
            if any(claim.person in listed and not claim.derived for claim in claims):
                self._claims[form] = {claim: None for claim in claims if not claim.derived}
        self._listed = frozenset(listed)
        own = {
            form: tuple(c for c in claims if c.person in listed and c.part == "given" and c.case == "word")
            for form, claims in self._claims.items()
        }
        self._given_words = {form: claims for form, claims in own.items() if claims and form[0] not in rules.word_names["auxiliaries"]}
        self._by_first: dict[str, list[Tokens]] = defaultdict(list)
        for form in sorted(self._claims, key=lambda form: (-len(form), form)):
            self._by_first[form[0]].append(form)
        # a hyphenated given name has its parts known, but a variant of a small part is looked for only inside the whole name
        self._parts: dict[str, list[str]] = defaultdict(list)
        for part in sorted({form[0] for form in self._claims if len(form[0]) >= SHORTEST_VARIANT - 1}):
            self._parts[sound(part)[:1]].append(part)
        # what was looked up once: the forms that a word may begin, and those of them that a word after it goes on with
        self._begun: dict[str, tuple[str, Sequence[Tokens]]] = {}
        self._going_on: dict[tuple[str, str], Sequence[Tokens]] = {}
        self._whole: dict[tuple[str, str], bool] = {}

    def claims(self, form: Tokens) -> tuple[Claim, ...]:
        """Who may be meant by these words."""
        return tuple(self._claims.get(form, ()))

    def find(self, text: Clean) -> list[Hit]:
        """Every place in a clean text where a known person is named, longest forms first."""
        words = words_of(text)
        hits: list[Hit] = []
        passed: list[Hit] = []  # names of the cast that read as words here
        after = 0
        for at, word in enumerate(words):
            if at < after:
                continue
            meant, forms = self._begun.get(word.plain) or self._begun_by(word.plain)
            if not forms:
                continue
            if found := self._match(text.text, words, at, meant):
                hits.append(found[0])
                after = at + found[1]
            elif claims := self._given_words.get((word.plain,)):
                passed.append(Hit(word.start, word.end, claims, unclear=True))
        return sorted([*hits, *_in_pairs(text.text, hits, passed)], key=lambda hit: hit.start) if passed else hits

    def names_whole(self, written: str, title: str = "") -> bool:
        """Whether words after a title, all of them, are a form of someone known; a slip of it counts."""
        if (title, written) not in self._whole:
            hits = self.find(clean(f"{title} {written}" if title else written))
            self._whole[title, written] = len(hits) == 1 and hits[0].end - hits[0].start >= len(written) - 1
        return self._whole[title, written]

    def _begun_by(self, token: str) -> tuple[str, Sequence[Tokens]]:
        """The name part that a word means, and the forms that begin with it, longest first."""
        meant = self._as_meant(token)
        self._begun[token] = begun = meant, tuple(self._by_first.get(meant, ()))
        return begun

    def _fitting(self, words: Sequence[Word], at: int, meant: str) -> list[Tokens]:
        """The forms that stand here, each later word as it is or as a slip, longest first; of one length first the one that stands to the letter."""
        second = words[at + 1].plain if at + 1 < len(words) else ""
        if (going_on := self._going_on.get((meant, second))) is None:
            forms = self._by_first[meant]
            going_on = tuple(form for form in forms if len(form) == 1 or (second and _means(second, form[1])))
            self._going_on[meant, second] = going_on
        fitting = [form for form in going_on if len(form) < 3 or _goes_on(words, at, form)]
        if len(fitting) > 1:
            fitting.sort(key=lambda form: (-len(form), form != tuple(word.plain for word in words[at : at + len(form)])))
        return fitting

    def _match(self, text: str, words: Sequence[Word], at: int, meant: str) -> tuple[Hit, int] | None:
        small = meant != words[at].plain and text[words[at].start].islower()
        for form in self._fitting(words, at, meant):
            run = words[at : at + len(form)]
            if small and not self._small_slip_counts(run, form):
                continue
            told = {claim: self._reading(text, run, claim) for claim in self._claims[form]}
            claims = tuple(claim for claim, shown in told.items() if shown != "word")
            if claims:
                variant = tuple(word.plain for word in run) != form
                unclear = all(told[claim] == "unclear" for claim in claims)
                return Hit(run[0].start, run[-1].end, claims, variant, unclear), len(form)
        return None

    def _small_slip_counts(self, run: Sequence[Word], form: Tokens) -> bool:
        """Whether a slip in small letters names someone: beside another part of the name that is right, or as the name of an account."""
        if len(form) > 1:
            return any(len(token) > 2 and word.plain == token for word, token in zip(run, form, strict=True))
        return _FIGURES.sub("", run[0].plain) == form[0]

    def _as_meant(self, token: str) -> str:
        """The name part that a word means: itself where it is known, else the one it is a slip of."""
        if token in self._by_first or len(token) < SHORTEST_VARIANT - 1:
            return token
        return self._account(token) if token[-1].isdigit() else self._variant_of(token)

    def _account(self, token: str) -> str:
        name = _FIGURES.sub("", token)
        return name if len(name) >= SHORTEST_ACCOUNT and name in self._by_first else token

    def _variant_of(self, token: str) -> str:
        harmless = token in self._rules.harmless or token in self._rules.names_that_are_words or token in self._rules.abbreviations
        if harmless or not token.isalpha() or self._habits.is_word(token):
            return token
        near = [part for part in self._parts.get(sound(token)[:1], ()) if abs(len(part) - len(token)) < 3 and is_variant(token, part)]
        if token in self._rules.nicknames:  # another given name is no slip, unless it sounds the same
            near = [part for part in near if sound(part) == sound(token)]
        return near[0] if len(near) == 1 else token

    def _reading(self, text: str, run: Sequence[Word], claim: Claim) -> Reading:
        """Whether these words, as they stand, can be the form that a claim makes."""
        gaps = [text[a.end : b.start] for a, b in pairwise(run)]
        for word, gap in zip(run, gaps, strict=False):
            if claim.part == "initials":
                if not _WITH_POINT.fullmatch(gap):
                    return "word"
                continue
            after_initial = len(word.plain) == 1 and _AFTER_INITIAL.fullmatch(gap)
            if not (after_initial or _BETWEEN.fullmatch(gap) or (claim.turned and _TURNED.fullmatch(gap))):
                return "word"
        return self._by_case(text, run, claim)

    def _by_case(self, text: str, run: Sequence[Word], claim: Claim) -> Reading:
        start, end = run[0].start, run[-1].end
        written = text[start:end]
        if len(run) > 1 and any(self._is_little(text, word) for word in run):
            return "word"  # "Mrs Figueira to ring", where somebody is called Tó
        if claim.case == "upper":
            return "name" if written.isupper() else "word"
        if claim.case == "word":
            return reading(text, start, end, self._rules)
        if claim.case == "capital":
            short_of_field = written.isupper() and run[0].plain in self._rules.abbreviations and len(run) == 1
            if short_of_field and (claim.derived or claim.person not in self._listed):
                return "word"  # "ED attendance", where somebody is called Ed
            return "name" if self._capital_fits(text, run) else "word"
        ordinary = len(run) > 1 and written.islower() and all(word.plain in self._rules.names_that_are_words for word in run)
        return self._of_words(text, run) if ordinary else "name"

    def _is_little(self, text: str, word: Word) -> bool:
        """Whether a word is one of those that join others: short, in small letters, no part of surnames."""
        short = 1 < len(word.plain) < 4 and text[word.start].islower()
        return short and word.plain in self._rules.harmless and word.plain not in self._rules.particles

    def _of_words(self, text: str, run: Sequence[Word]) -> Reading:
        """A whole name of words in small letters ("mark may"): the name, unless it is what a sentence says ("the mark may be old")."""
        lists = self._rules.word_names
        before = re.search(r"([\w'-]+) $", text[max(0, run[0].start - 20) : run[0].start])
        if before and before[1].lower() in lists["determiners"]:
            return "word"
        goes_on = re.match(r" [a-z]", text[run[-1].end : run[-1].end + 2])
        return "unclear" if goes_on and run[-1].plain in lists["auxiliaries"] else "name"

    def _capital_fits(self, text: str, run: Sequence[Word]) -> bool:
        start, end = run[0].start, run[-1].end
        if len(run) == 1 and text[start:end].islower():
            titled = _TITLE_BEFORE.search(text[max(0, start - 6) : start]) is not None
            return end - start > 2 and (
                titled or self._habits.is_mostly_name(run[0].plain) or self._told_of(text, start, end, run[0].plain)
            )
        return all(text[word.start].isupper() for word in run if len(word.plain) == 1) and any(text[word.start].isupper() for word in run)

    def _told_of(self, text: str, start: int, end: int, token: str) -> bool:
        """Whether small letters name someone here: somebody who is no word of the review's, and does something."""
        ordinary = token in self._rules.harmless or self._habits.small[token] > max(3, self._habits.capital[token])
        return not ordinary and is_told_of(text, start, end, self._rules)


def _in_pairs(text: str, hits: Sequence[Hit], passed: Sequence[Hit]) -> list[Hit]:
    """Of names that read as words those that stand beside another name of the cast: "out with hope and miles", "miles/hope"."""
    every = sorted([*hits, *passed], key=lambda hit: hit.start)
    beside = {id(each) for a, b in pairwise(every) if _JOINED.fullmatch(text, a.end, b.start) for each in (a, b)}
    return [hit for hit in passed if id(hit) in beside]


@lru_cache(maxsize=16)
def _renamed(family: tuple[Person, ...], rules: RecognitionRules) -> tuple[tuple[Tokens, Claim], ...]:
    """The children of a listed family under the surnames of others of it."""
    surnames = tuple(dict.fromkeys(name.surname for person in family for name in names_of(person, rules) if name.surname))
    children = (person for person in family if is_child(person, rules))
    return tuple(each for child in children for each in under_other_surnames(child, surnames, rules))


def _goes_on(words: Sequence[Word], at: int, form: Tokens) -> bool:
    """Whether the words after the second one of a form follow here, each as it is or as a slip."""
    return at + len(form) <= len(words) and all(_means(words[at + n].plain, form[n]) for n in range(2, len(form)))


def _means(written: str, token: str) -> bool:
    return sounds_alike(written, token) or (written[-1].isdigit() and len(token) > 2 and _FIGURES.sub("", written) == token)
