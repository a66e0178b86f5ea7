"""Whether capitals stand for a person here, or are an abbreviation of the field; and single letters that do something."""

import re
from collections.abc import Iterable

from anonymise.recognising.names import is_initials
from anonymise.rules import RecognitionRules
from anonymise.words.begun import Begun
from anonymise.words.texts import Clean, NamedText, plain
from anonymise.words.word_names import is_said_of_someone
from timeline.people import Person

LONGEST_CELL = 60
_ACTS = re.compile(r"\s?(?:[.,;)\n]|$)|'s\b| (?:to|for|aware|and|will|seen)\b")
_TO_SOMEONE = re.compile(r"\b(?:to|by|with|for|from|allocated?|and|per|via|told|informed|w/|cc|signed)[ :]+$", re.IGNORECASE)
# initials of two people beside one another: "GP to RP", "KT/EM", "KT & EM"
_PAIR_AFTER = re.compile(r"(?: (?:to|and|v|vs|with|->|told|re) |\s?[/&+]\s?)([A-Z]{2,4})(?![\w])")
_PAIR_BEFORE = re.compile(r"(?<!\w)([A-Z]{2,4})(?: (?:to|and|v|vs|with|->|told|re) |\s?[/&+]\s?)$")
_IS = re.compile(
    r" (?:(was|is|were|are|remains|remained|appeared|appears|seemed|became|has been|had been|found)(?: also| still| not| very)? )?([a-z-]+)"
)
_OF_HIS_OWN = re.compile(r" (?:(?:seen|found|asleep|awake|was|is|lying|playing) ){0,2}(?:in|on|at) (?:his|her) ")
_OF_ONESELF = frozenset(["denied", "cried", "absconded", "relapsed", "overdosed"])
_LETTER = Begun(re.compile(r"(?<![\w.&/'+-])([B-HJ-NP-Z])(?='s\b| ([a-z]+)\b)(?!\. ?[A-Z])"), "BCDEFGHJKLMNPQRSTUVWXYZ")


class Initials:
    """Tells whose initials stand somewhere, by who has such initials and what is beside them."""

    def __init__(self, initials: Iterable[tuple[str, str]], people: Iterable[Person], rules: RecognitionRules) -> None:
        """Hold everyone's (initials in plain form, person) and the people."""
        self._rules = rules
        self._people = {person.id: person for person in people}
        initials = tuple(initials)
        self._known = {letters for letters, _ in initials if letters not in rules.abbreviations}
        self._family = {
            letters for letters, who in initials if self._people[who].in_cast and self._people[who].kind in {"subject", "family"}
        }
        self._listed = {
            (person.id, plain(form).replace(".", "").replace(" ", ""))
            for person in self._people.values()
            for form in person.also_known_as
            if is_initials(form)
        }

    def fit(self, who: str, start: int, end: int, given: NamedText, text: Clean) -> bool:
        """Whether capitals stand for a person: listed by the board, or of the row's own agency or family, and no word of the field."""
        person = self._people[who]
        written = re.sub(r"[^\w]", "", plain(text.text[start:end]))
        listed = (who, written) in self._listed
        at_home = person.kind != "professional" or person.agency == given.agency
        staff = in_staff_column(start, end, given, text, self._rules)
        if staff or (is_initials(person.name) and not person.in_cast):
            return staff and (person.kind == "professional" or listed)
        if written in self._rules.abbreviations or written in self._rules.staff_abbreviations:
            return at_home and self._shown(written, person, start, end, text.text, listed=listed)
        return listed or (at_home and len(written) > 1)

    def _shown(self, written: str, person: Person, start: int, end: int, text: str, *, listed: bool) -> bool:
        """Whether an abbreviation of the field stands for a person: beside another's initials, or where it acts or signs as roles do not."""
        of_a_role = written in self._rules.staff_abbreviations or written in self._rules.roles
        if person.in_cast and person.kind in {"subject", "family"} and self._is_family(text, start, end, of_a_role=of_a_role):
            return True
        beside = [*_PAIR_AFTER.findall(text[end : end + 12]), *_PAIR_BEFORE.findall(text[max(0, start - 12) : start])]
        if any(plain(each) != written and self._pairs(plain(each), of_a_role=of_a_role) for each in beside):
            return True
        return (listed or person.kind == "professional") and self._signs(text, start, end, of_a_role=of_a_role)

    def may_be(self, who: str, end: int, text: Clean) -> bool:
        """Whether capitals that are an abbreviation of the field may as well be this person, of the family: nothing in capitals goes on."""
        person = self._people[who]
        return person.in_cast and person.kind in {"subject", "family"} and not re.match(r"[ -]?[A-Z0-9]", text.text[end : end + 2])

    def _pairs(self, other: str, *, of_a_role: bool) -> bool:
        """Whether other initials beside tell of a person: somebody's that mean nothing else, or the family's that are no role's."""
        another_role = other in self._rules.staff_abbreviations or other in self._rules.roles
        return other in self._known or (other in self._family and not (of_a_role and another_role))

    def _is_family(self, text: str, start: int, end: int, *, of_a_role: bool) -> bool:
        """Whether what stands beside is said of those whom a review is about: "was arrested", "'s mum", "seen in his cot", "after hitting"."""
        lists = self._rules.word_names
        if own := re.match(r"'s ([a-z]+)", text[end : end + 20]):
            return own[1] in lists["of_ones_own"]
        if _OF_HIS_OWN.match(text, end):
            return True
        if said := _IS.match(text, end):  # "was arrested", "tearful", "denies": without the verb a past form may be what a worker did
            state = said[2] in lists["states"] or said[2].endswith(("ies", "ts", "ing")) or said[2] in _OF_ONESELF
            if said[2] in lists["of_the_family"] and (said[1] or state):
                return True
        before = re.search(r"([a-z]+) $", text[max(0, start - 16) : start].lower())
        done = _forms_of(before[1]) if before else set()
        return bool(done & lists["of_the_family"]) or (not of_a_role and bool(done & lists["contact"]))

    def _signs(self, text: str, start: int, end: int, *, of_a_role: bool) -> bool:
        """Whether initials sign or act here: before "to" or a past verb, at a sentence's end, after "by", or alone in a cell."""
        following = re.match(r" ([a-z]+)\b", text[end : end + 20])
        acts = _ACTS.match(text, end) or (not of_a_role and following and is_said_of_someone(following[1], self._rules))
        before = text[max(0, start - 20) : start]
        return bool(acts) and (before.rstrip(" ")[-1:] in {"", "\n", "\t", ".", "(", "/", ";"} or _TO_SOMEONE.search(before) is not None)


def _forms_of(verb: str) -> set[str]:
    """A verb as it stands and as it is listed: "hitting" as "hit", "arresting" as "arrested"."""
    stem = verb.removesuffix("ing")
    return {verb, stem, f"{stem}ed", stem[:-1]} if stem != verb else {verb}


def single_letters(text: Clean, rules: RecognitionRules) -> list[tuple[int, int, str]]:
    """(start, end, letter) of capitals that do something ("G shuts the door") or own it ("G's room"); not letters that notes use for words."""
    found = []
    for match in _LETTER.finditer(text):
        letter = match[1].lower()
        before = re.findall(r"[\w/-]+", text.text[max(0, match.start() - 12) : match.start()].lower())[-1:]
        numbered = bool(before) and before[0] in rules.before_letters
        if letter not in rules.letters_of_notes and not numbered and (match[2] is None or is_said_of_someone(match[2], rules)):
            found.append((match.start(1), match.end(1), letter))
    return found


def in_staff_column(start: int, end: int, given: NamedText, text: Clean, rules: RecognitionRules) -> bool:
    """Whether a span fills a cell of a column that names who wrote or saw."""
    first, last = text.back(start, end)
    for cell in given.cells:
        if cell.start <= first and last <= cell.end and cell.end - cell.start <= LONGEST_CELL:
            headed = re.findall(r"[^\W_]+", plain(f"{cell.heading} {cell.meaning}"))
            return any(word in rules.staff_columns for word in headed)
    return False
