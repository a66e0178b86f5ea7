"""Where known people are named: every form of every person looked for in a text, spelling variants too."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from anonymise.names import Case, Claim, Tokens, claims_of
from anonymise.rules import RecognitionRules
from anonymise.texts import Clean, Word, words_of
from timeline.people import Person

_BETWEEN = re.compile(r"(?:[ \n_]{1,2}|-|'| - )?")
_AFTER_INITIAL = re.compile(r"\.?[ \n-]?")
_TURNED = re.compile(r",?[ \n_]{1,2}|,")
# what makes a month of a month's name that somebody here bears; "for", "by", "to" and "and" stand before people as well
_MONTH_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|since|until|till|early|late|mid|last|next|this|during|between)|\b(?:end|start|beginning|middle|month) of"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s*(?:to|and|or|/|-))[ -]?$",
    re.IGNORECASE,
)
# what a person does: "Grace wrote", "Mark leaves"
_VERB = re.compile(
    r"[a-z]{3,}(?:[^s]s|ed)|wrote|gave|took|made|saw|met|sent|got|found|held|came|knew|thought|felt|kept|hit|cut|ran|sat|fell|woke|shut|put"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;|\n\t•–-]\s*|[\"'“”]\s*)$")
# spelling variants: one slip in a name of at least this many letters, the first letter right
SHORTEST_VARIANT = 5
_ENDINGS_OF_OTHER_NAMES = ("a", "e", "o", "y", "i")


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a clean text that name someone: characters start to end, the claims that may be meant, and whether it took a spelling variant."""

    start: int
    end: int
    claims: tuple[Claim, ...]
    variant: bool = False


class Index:
    """All forms of all known people, ready to be looked for."""

    def __init__(self, people: Iterable[Person], rules: RecognitionRules, habits: "Habits") -> None:
        """Make the forms of each person; `habits` tells which forms the review also uses as ordinary words."""
        self._rules, self._habits = rules, habits
        self._claims: dict[Tokens, dict[Claim, None]] = defaultdict(dict)
        people = tuple(people)
        for person in people:
            for form, claim in claims_of(person, rules):
                self._claims[form][claim] = None
        listed = {person.id for person in people if person.in_cast}
        for form, claims in self._claims.items():
            if any(claim.person in listed and not claim.derived for claim in claims):
                self._claims[form] = {claim: None for claim in claims if not claim.derived}
        self._by_first: dict[str, list[Tokens]] = defaultdict(list)
        for form in sorted(self._claims, key=lambda form: (-len(form), form)):
            self._by_first[form[0]].append(form)
        # a hyphenated given name has its parts known, but a variant of a small part is looked for only inside the whole name
        self._parts = sorted({token for form in self._claims for token in form if len(token) >= SHORTEST_VARIANT - 1})
        self._meant: dict[str, str] = {}

    def claims(self, form: Tokens) -> tuple[Claim, ...]:
        """Who may be meant by these words."""
        return tuple(self._claims.get(form, ()))

    def find(self, text: Clean) -> list[Hit]:
        """Every place in a clean text where a known person is named, longest forms first."""
        words = words_of(text)
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            hit, length = self._match(text.text, words, at)
            if hit:
                hits.append(hit)
            at += length
        return hits

    def _match(self, text: str, words: Sequence[Word], at: int) -> tuple[Hit | None, int]:
        meant = self._as_meant(words[at].plain, text[words[at].start : words[at].end])
        # of forms of one length, the one that stands here to the letter
        for form in sorted(self._by_first.get(meant, ()), key=lambda form: (-len(form), form != _as_written(words, at, len(form)))):
            run = words[at : at + len(form)]
            if len(run) < len(form) or not all(sounds_alike(word.plain, token) for word, token in zip(run[1:], form[1:], strict=True)):
                continue
            claims = tuple(claim for claim in self._claims[form] if self._fits(text, run, claim))
            if claims:
                variant = tuple(word.plain for word in run) != form
                if variant and len(form) == 1 and not text[run[0].start].isupper():
                    continue
                return Hit(run[0].start, run[-1].end, claims, variant), len(form)
        return None, 1

    def _as_meant(self, token: str, written: str) -> str:
        """The name part that a word means: itself where it is known, else the one it is a slip of."""
        if token in self._by_first or len(token) < SHORTEST_VARIANT - 1 or not token.isalpha():
            return token
        if token not in self._meant:
            self._meant[token] = self._variant_of(token, written)
        return self._meant[token]

    def _variant_of(self, token: str, written: str) -> str:
        harmless = token in self._rules.harmless or token in self._rules.names_that_are_words or token.upper() in self._rules.abbreviations
        if harmless or token in self._rules.nicknames or self._habits.is_word(token) or written.islower():
            return token
        near = [part for part in self._parts if part in self._by_first and is_variant(token, part)]
        return near[0] if len(near) == 1 else token

    def _fits(self, text: str, run: Sequence[Word], claim: Claim) -> bool:
        between = [text[a.end : b.start] for a, b in pairwise(run)]
        for word, gap in zip(run, between, strict=False):
            allowed = _AFTER_INITIAL.fullmatch(gap) if len(word.plain) == 1 else None
            if not (allowed or _BETWEEN.fullmatch(gap) or (claim.turned and _TURNED.fullmatch(gap))):
                return False
        return self._case_fits(text, run, claim.case)

    def _case_fits(self, text: str, run: Sequence[Word], case: Case) -> bool:
        start, end = run[0].start, run[-1].end
        written = text[start:end]
        if case == "upper":
            return written.isupper()
        if case == "capital" and len(run) == 1 and written.islower():
            titled = re.search(r"(?<!\w)(?:mr|mrs|ms|miss|dr)\.? $", text[max(0, start - 6) : start])
            return titled is not None or (len(written) > 2 and self._habits.is_mostly_name(run[0].plain))
        if case == "capital":
            return all(text[word.start].isupper() for word in run if len(word.plain) == 1) and any(
                text[word.start].isupper() for word in run
            )
        return case == "any" or reads_as_name(text, start, end, self._rules)


def _as_written(words: Sequence[Word], at: int, length: int) -> Tokens:
    return tuple(word.plain for word in words[at : at + length])


_MONTHS = frozenset(["may", "april", "june", "august", "march", "jan", "dec", "mar", "jun"])


def reads_as_name(text: str, start: int, end: int, rules: RecognitionRules) -> bool:
    """Whether a word that is also a name ("Will", "May", "Hope") stands for someone here, by its capital and what stands beside it."""
    written, before, after = text[start:end], text[:start], text[end:]
    following = re.match(r"(?:'s\b|[\s,]*([^\W_]+))?", after)
    next_word = (following[1] or "").lower() if following else ""
    if not written[0].isupper() or (written.isupper() and len(written) > 1 and _shouted(text, start, end)):
        return False
    if is_month_here(text, start, end) or re.match(r" ?\d", after):  # "Art 42", "Ward 3"
        return False
    if after.startswith("'s") or _titled(before, rules):
        return True
    if at_sentence_start(text, start):
        if _stands_as_name(written, following[1] if following and following[1] else "", after):
            return True
        told = next_word in rules.after_a_name or _VERB.fullmatch(next_word) is not None
        return told or (after.startswith(", ") and next_word not in _MONTHS)
    return next_word not in rules.harmless or next_word in rules.after_a_name or not after[1:2].isupper()


_ASKS = frozenset(["can", "could", "may", "might", "must", "shall", "should", "will", "would", "cannot"])
_BESIDE_A_NAME = frozenset(["not", "at", "with", "in", "on", "from", "for", "to", "who", "also", "still", "now", "then"])


def _stands_as_name(written: str, following: str, after: str) -> bool:
    """Whether a word-name that begins a sentence is its subject: before "can", "may", "will"; before "not", "at", "to" unless it is a verb itself."""
    if not after.startswith(" ") or not following.islower():
        return False
    if following in _ASKS:
        return True
    return following in _BESIDE_A_NAME and written.lower() in _NO_VERBS


# word-names that are no verb of notes, so that what follows them at the beginning of a sentence is said of someone
_NO_VERBS = frozenset(
    [
        "dawn",
        "hope",
        "joy",
        "faith",
        "grace",
        "ivy",
        "rose",
        "ruby",
        "amber",
        "daisy",
        "lily",
        "poppy",
        "holly",
        "hazel",
        "heather",
        "pearl",
        "jade",
        "crystal",
    ]
)


def is_month_here(text: str, start: int, end: int) -> bool:
    """Whether a word that is a month's name stands for the month: beside a number, or after "in", "since", "last" …"""
    return text[start:end].lower() in _MONTHS and bool(
        re.match(r"\s*'?\d", text[end:]) or _MONTH_BEFORE.search(text[max(0, start - 16) : start])
    )


def at_sentence_start(text: str, start: int) -> bool:
    """Whether a sentence, line, cell or quotation begins here, so that a capital shows nothing."""
    return _SENTENCE_START.search(text[max(0, start - 4) : start]) is not None


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the words beside are in capitals too."""
    beside = re.findall(r"[^\W\d_]{2,}", text[max(0, start - 25) : start])[-1:] + re.findall(r"[^\W\d_]{2,}", text[end : end + 25])[:1]
    return bool(beside) and all(word.isupper() for word in beside)


def _titled(before: str, rules: RecognitionRules) -> bool:
    match = re.search(r"([\w/]+)\.? $", before)
    return bool(match) and match[1][0].isupper() and match[1].lower() in rules.titles if match else False


@dataclass(frozen=True, slots=True)
class Habits:
    """How a review writes its words: how often each stands in small letters, and how often with a capital."""

    small: Counter[str]
    capital: Counter[str]

    def is_word(self, token: str) -> bool:
        """Whether the review uses a word in small letters at least as often as with a capital."""
        return self.small[token] > 0 and self.small[token] >= self.capital[token]

    def is_mostly_name(self, token: str) -> bool:
        """Whether a word stands with a capital nearly always, so that its small letters are a slip."""
        return self.capital[token] >= 3 and self.capital[token] >= 4 * self.small[token]


def habits_of(texts: Iterable[Clean]) -> Habits:
    """The habits of a review's texts."""
    habits = Habits(Counter(), Counter())
    for text in texts:
        for word in words_of(text):
            (habits.capital if text.text[word.start].isupper() else habits.small)[word.plain] += 1
    return habits


def is_variant(written: str, name: str) -> bool:
    """Whether a word is a name with one slip (a letter missing, doubled, wrong or two swapped), or sounds the same.

    The first letter must be right, and a change of the last vowel makes another name (Helen, Helena; Carly, Carla; Louis, Louise).
    """
    if written == name:
        return True
    if written[0] != name[0] or min(len(written), len(name)) < SHORTEST_VARIANT - 1:
        return False
    if sound(written) == sound(name):
        return True
    shorter, longer = sorted((written, name), key=len)
    other_ending = written[:-1] == name[:-1] or (longer.startswith(shorter) and longer[-1] in _ENDINGS_OF_OTHER_NAMES)
    return not other_ending and min(len(written), len(name)) >= SHORTEST_VARIANT and OSA.distance(written, name) == 1


def sounds_alike(written: str, name: str) -> bool:
    """Whether a later word of a longer form is this one, a slip of it, or sounds the same."""
    return written == name or (len(name) > 2 and len(written) > 2 and (is_variant(written, name) or sound(written) == sound(name)))


_SOUNDS = ((r"ph", "f"), (r"ck|q|c(?![eiy])", "k"), (r"c(?=[eiy])|z", "s"), (r"(?<=\w)(?:ey|ie|ee|y|i)(?!\w)", "i"), (r"ai|ay|ae|ei", "e"),
           (r"y", "i"), (r"(?<=[aeiou])h|(?<!^)h(?![aeiou])", ""), (r"ou|oo|u", "o"), (r"(.)\1+", r"\1"))  # fmt: skip


def sound(token: str) -> str:
    """How a name sounds, roughly: Elly and Ellie, Mae and May, Jon and John are one."""
    for pattern, replacement in _SOUNDS:
        token = re.sub(pattern, replacement, token)
    return token
