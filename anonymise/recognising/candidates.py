"""Words that may name someone whom no list names: what the detectors, titles, words of role and columns of staff give."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from anonymise.detecting.detectors import Found
from anonymise.recognising.name_patterns import POINTED_TITLES, NamePatterns
from anonymise.rules import RecognitionRules
from anonymise.words.doubtful import SHORTEST, is_no_word
from anonymise.words.habits import Habits
from anonymise.words.once import Once
from anonymise.words.texts import Clean, NamedText, overlaps, plain
from anonymise.words.unknown_words import Acting
from anonymise.words.word_names import at_sentence_start, has_accent, is_eponym, is_month_here, is_said_of_someone, reading

SURE_LOWER_CASE = 0.8
SURE_ALONE = 0.9
# after an initial that stands for a surname
_WORD_OF_NAME = re.compile(r"[\w'/.,-]*\w[\w'.,-]*")
_APART = re.compile(r"[^\s]|\n|\t")
_AFTER_NAME = re.compile(r"(?:'s|s'|['.,-]+)$")
_POSSESSIVE = re.compile(r"(?:'s|')$")
_WORD_OF_ROLE = re.compile(r"[\w/-]+")
_INITIAL_AFTER = re.compile(r" [A-HJ-Z](?![\w&/])")
_JOINING = frozenset(["and", "or", "to", "with", "from", "who", "for", "at", "in", "on", "about", "by", "not"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may name someone: where, the words themselves, the title before them, the role that words beside give, and who found it."""

    text: int
    start: int
    end: int
    written: str
    title: str = ""
    role: str = ""
    agency: str = ""
    found_by: str = ""


class Candidates:
    """Finds candidates in clean texts: from the detectors' spans, from titles, from words of role and kinship, from columns of staff."""

    def __init__(self, rules: RecognitionRules, habits: Habits) -> None:
        """Hold the rules and how the review writes its words."""
        self._rules, self._habits = rules, habits
        self._patterns, self._acting = NamePatterns(rules), Acting(rules)
        self._capitals, self._noise, self._titles = Once(self._has_capital), Once(self._is_noise), Once(self._is_title)

    def of(
        self, number: int, given: NamedText, text: Clean, found: Sequence[Found], taken: Sequence[tuple[int, int]]
    ) -> Iterator[Candidate]:
        """The candidates of one text that lie outside what is `taken` by addresses, places and numbers."""
        for candidate in self._all(number, given, text, found):
            if not overlaps(candidate.start, candidate.end, taken):
                yield candidate

    def _all(self, number: int, given: NamedText, text: Clean, found: Sequence[Found]) -> Iterator[Candidate]:
        for start, end, found_by in self._spans(text.text, found):
            yield from self._trimmed(number, given, text.text, start, end, found_by)
        for start, end, found_by in self._patterns.spans(text):
            yield from self._trimmed(number, given, text.text, start, end, found_by)
        for start, end in self._acting.find(text.text):
            yield Candidate(number, start, end, text.text[start:end], "", self._role_before(text.text, start), given.agency, "acts")
        for start, end, title in self._patterns.in_small_letters(text):
            yield Candidate(number, start, end, text.text[start:end], title, agency=given.agency, found_by="small-title")

    def _spans(self, text: str, found: Sequence[Found]) -> Iterator[tuple[int, int, str]]:
        """The detectors' spans of people; given name and surname beside one another are one."""
        guesses = sorted((f for f in found if f.kind in {"GIVEN_NAME", "SURNAME"}), key=lambda f: f.start)
        joined: list[list[Found]] = []
        for each in guesses:
            if joined and re.fullmatch(r"[ -]?", text[joined[-1][-1].end : each.start]):
                joined[-1].append(each)
            else:
                joined.append([each])
        for run in joined:
            written = text[run[0].start : run[-1].end]
            if written[:1].isupper() or self._is_small_name(run, written):
                yield run[0].start, run[-1].end, "rampart"
        people = [
            each
            for each in found
            if each.kind == "PERSON" or (each.kind == "ORG_GUESS" and self._may_be_person(text[each.start : each.end]))
        ]
        yield from ((each.start, each.end, each.found_by) for each in people)
        beside = sorted({(each.start, each.end) for each in [*people, *guesses] if text[each.start].isupper()})
        for start, end in beside:
            yield from self._with_given_before(text, start, end)
        for start, end in beside:  # "Jayden R"
            if _INITIAL_AFTER.match(text, end, end + 3) and " " not in text[start:end]:
                yield start, end + 2, "rampart"
        for (start, end), (following, until) in pairwise(beside):  # a name of which each detector saw one half
            if text[end:following] == " ":
                yield start, until, "rampart"

    def _is_small_name(self, run: Sequence[Found], written: str) -> bool:
        """Whether a detector's name in small letters is one: known, with given name and surname, or surely a name and in no dictionary."""
        score = min(each.score for each in run)
        if len(run) > 1:
            return score >= SURE_LOWER_CASE and run[0].kind == "GIVEN_NAME" and run[-1].kind == "SURNAME"
        if run[0].kind != "GIVEN_NAME":
            return False
        bare = plain(written)
        return bare in self._rules.nicknames or (score >= SURE_ALONE and len(bare) > SHORTEST and is_no_word(bare, self._rules))

    def _with_given_before(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """A surname that a detector saw, with a given name before it that is an ordinary word too ("Will Francis"), unless a question begins so."""
        before = re.search(r"([A-ZÀ-Þ][\w'-]+) $", text[max(0, start - 16) : start])
        asked = "?" in re.split(r"[.!\n]", text[end : end + 60])[0]
        if before and plain(before[1]) in self._rules.nicknames and plain(before[1]) in self._rules.names_that_are_words and not asked:
            yield start - len(before[0]), end, "rampart"

    def _may_be_person(self, written: str) -> bool:
        """Whether what spaCy calls an organisation may be someone: it calls many surnames so."""
        words = written.split()
        return len(words) <= 4 and not any(each.isdigit() for each in written) and "&" not in written

    def _trimmed(self, number: int, given: NamedText, text: str, start: int, end: int, found_by: str) -> Iterator[Candidate]:
        """The span without what is not of the name: titles (kept apart), words of the field, a possessive, another line's words."""
        for words in self._sentences(text, start, end):
            title = ""
            lone = len(words) == 1 and self._is_word_inside(text, words[0])
            while (
                words
                and not lone
                and not self._begins_name(text, words)
                and (self._titles[words[0][1]] or self._noise[words[0][1]] or self._is_role(words) or words[0][1][0].isdigit())
            ):
                title = plain(words[0][1]).strip(".") if self._titles[words[0][1]] else title
                words.pop(0)
            while words and not lone and self._is_trailing_noise(words) and not self._is_initial_of_surname(text, words):
                words.pop()
            if len(words) < 2 and found_by == "given-and-surname":  # "Try CAMHS": nothing of a name is left
                continue
            if words and self._reads_as_name(text, words, title, found_by):
                last = words[-1][0] + len(_AFTER_NAME.sub("", words[-1][1]))
                first = words[0][0]
                role = self._role_before(text, first - (len(title) + 1 if title else 0))
                yield Candidate(number, first, last, text[first:last], title, role, given.agency, found_by)

    def _sentences(self, text: str, start: int, end: int) -> Iterator[list[tuple[int, str]]]:
        """The words (where, what) of a span, apart where a sentence, line or cell ends inside it; small letters after a capital are cut off."""
        words: list[tuple[int, str]] = []
        last = start
        for match in _WORD_OF_NAME.finditer(text, start, end):
            where, word = match.start(), match[0]
            before = words[-1][1] if words else ""
            # an initial's point ends no sentence before a surname; after a name it does ("Joy A. Joy rang")
            ended = before.endswith(".") and (len(before) > 2 or len(words) > 1) and plain(before).strip(".") not in POINTED_TITLES
            small = bool(words) and not self._capitals[word] and words[0][1][0].isupper()
            if words and (ended or small or _APART.search(text, last, where)):
                yield words
                words = []
            if not small:
                words.append((where, word))
            last = match.end()
        yield words

    def _is_word_inside(self, text: str, word: tuple[int, str]) -> bool:
        """Whether a single word that is a name too ("Will") stands with a capital inside a sentence."""
        bare = plain(word[1].strip(".,'"))
        if not word[1][0].isupper() or is_month_here(text, *self._where(word), self._rules):
            return False
        inside = bare in self._rules.names_that_are_words and not at_sentence_start(text, word[0])
        return inside or bare in self._rules.word_names["months"]

    def _has_capital(self, word: str) -> bool:
        """Whether a word of a name has its capital, at its beginning or after a particle ("al-Khatib"); a particle needs none."""
        before, _, after = word.partition("-")
        return (
            word[:1].isupper()
            or plain(word).strip(".'") in self._rules.particles
            or (plain(before) in self._rules.particles and after[:1].isupper())
        )

    def _begins_name(self, text: str, words: list[tuple[int, str]]) -> bool:
        """Whether a given name that is an ordinary word too stands before a surname ("Will Francis"), and asks nothing ("Will Sarah come")."""
        if len(words) != 2 or not words[1][1][0].isupper():
            return False
        first, last = (plain(word.strip(".,'")) for _, word in words)
        if len(first) == 1 and words[0][1][0].isupper():  # an initial: "N Okonkwo"
            return len(last) > 1 and not self._noise[words[1][1]]
        month = first in self._rules.word_names["months"] and not is_month_here(text, *self._where(words[0]), self._rules)
        given = words[0][1].istitle() and ((first in self._rules.names_that_are_words and first in self._rules.nicknames) or month)
        asks = last in self._rules.nicknames and re.match(r" [a-z]", text[words[1][0] + len(words[1][1]) :]) is not None
        return given and not asks and not self._noise[words[1][1]] and not self._titles[words[0][1]]

    def _where(self, word: tuple[int, str]) -> tuple[int, int]:
        return word[0], word[0] + len(word[1])

    def _is_trailing_noise(self, words: list[tuple[int, str]]) -> bool:
        word = words[-1][1]
        bare = plain(_POSSESSIVE.sub("", word.strip(".,-")))
        if len(words) > 1 and bare in self._rules.names_that_are_words and word[0].isupper():
            return False
        return len(bare) < 2 or bare in self._rules.particles or self._noise[word]

    def _is_initial_of_surname(self, text: str, words: list[tuple[int, str]]) -> bool:
        """Whether a single capital after a given name is its bearer's ("Jayden R hit"), and not the beginning of what follows ("Jayden R arm")."""
        where, last = words[-1]
        if len(words) != 2 or not re.fullmatch(r"[A-HJ-Z](?:'s|\.)?", last) or self._noise[words[0][1]]:
            return False
        following = re.match(r" ([a-z][\w-]*)", text[where + len(last) :])
        return following is None or following[1] in _JOINING or is_said_of_someone(following[1], self._rules)

    def _is_title(self, word: str) -> bool:
        return plain(word).strip(".,") in self._rules.titles and word[:1].isupper()

    def _is_role(self, words: list[tuple[int, str]]) -> bool:
        """Whether a word of role begins a longer name: "Informant OLIVE HEDGE"."""
        bare = plain(words[0][1].strip(".,-"))
        return len(words) > 1 and bare in self._rules.roles and bare not in self._rules.nicknames

    def _is_noise(self, word: str) -> bool:
        bare = plain(_POSSESSIVE.sub("", word.strip(".,-")))
        if bare in self._rules.particles or has_accent(word):
            return False
        if bare in self._rules.names_that_are_words and bare not in self._rules.harmless:
            return not word[:1].isupper()
        return bare in self._rules.harmless or bare in self._rules.abbreviations or any(each.isdigit() for each in bare)

    def _reads_as_name(self, text: str, words: list[tuple[int, str]], title: str, found_by: str) -> bool:
        bare = [plain(word).strip(".,'-") for _, word in words]
        capitals = [self._capitals[word] for _, word in words]
        if len(words) > 4 or not any(len(word) > 1 for word in bare):
            return False
        if is_eponym(text, words[0][0], words[-1][0] + len(words[-1][1]), self._rules):
            return False
        if not all(capitals):
            said = any(word in self._rules.harmless or word in self._rules.after_a_name or word.endswith(("ed", "ing")) for word in bare)
            return found_by == "rampart" and not said
        if found_by == "two-capitals" and len(words) > 1:
            return True
        if title or len(words) > 1:
            return not all(self._habits.is_word(word) for word in bare)
        if bare[0] in self._rules.names_that_are_words or bare[0] in self._rules.word_names["months"]:
            return self._word_reads_as_name(text, words[0], bare[0], found_by)
        verb = (
            bare[0] in self._rules.word_names["told_verbs"] or bare[0].endswith(("ied", "mailed")) or bare[0] in self._rules.before_a_name
        )
        if verb and bare[0] not in self._rules.nicknames:
            return False
        if found_by in {"spacy", "word-before-name"}:  # alone it takes many a word at the beginning of a sentence for a name
            shown = (
                found_by != "spacy" or not at_sentence_start(text, words[0][0]) or _next_word(text, words[0]) in self._rules.after_a_name
            )
            return shown and not self._habits.small[bare[0]] and not (words[0][1].isupper() and len(bare[0]) < 4)
        return not self._habits.is_word(bare[0])

    def _word_reads_as_name(self, text: str, word: tuple[int, str], bare: str, found_by: str) -> bool:
        """Whether a word that is a name too names somebody whom no list names: a given name, or whatever a role stands by or somebody does."""
        start, end = word[0], word[0] + len(bare)
        read = reading(text, start, end, self._rules)
        if read != "name":  # a detector saw a person in a month's name, and no date is here
            return read == "unclear" and bare in self._rules.word_names["months"] and found_by in {"rampart", "spacy"}
        shown = (
            bare in self._rules.nicknames
            or bare in self._rules.word_names["months"]
            or found_by not in {"spacy", "rampart"}
            or word[1].endswith("'s")
        )
        return shown or _next_word(text, word) in self._rules.after_a_name

    def _role_before(self, text: str, start: int) -> str:
        """The role that the words just before a name give ("SW", "neighbour,"), if they do."""
        before = _WORD_OF_ROLE.findall(text, max(0, start - 40), start)[-2:]
        gap = text[max(0, start - 2) : start]
        for words in (before, before[-1:]):
            if words and (role := self._rules.roles.get(plain(" ".join(words)))) and gap.strip() in {"", ",", "(", ":"}:
                return role
        return ""


def _next_word(text: str, word: tuple[int, str]) -> str:
    """The word after one in small letters; `s` where that one is a possessive."""
    if word[1].endswith("'s"):
        return "s"
    after = re.compile(r"'?\W{0,2}(\w+)").match(text, word[0] + len(word[1]))
    return after[1].lower() if after else ""
