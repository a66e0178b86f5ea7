"""People whom no cast list names: what the detectors take for names, gathered into proposed people."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from anonymise.detectors import Found
from anonymise.index import Habits, Index, at_sentence_start, is_variant
from anonymise.names import Name, is_initials, parse_name, tokens
from anonymise.rules import RecognitionRules
from anonymise.texts import Clean, NamedText, clean, overlaps, plain
from timeline.people import Person

_NAME_WORD = r"(?:[A-ZÀ-Þ][\w']*(?:-[\w']+)*)"
SURE_LOWER_CASE = 0.8
# titles after which a point ends no sentence
POINTED_TITLES = frozenset(["mr", "mrs", "ms", "dr", "prof", "rev", "sgt", "insp", "fr", "st"])


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


@dataclass(slots=True)
class _Proposal:
    """Someone proposed while the candidates are gathered."""

    name: Name
    forms: dict[str, None] = field(default_factory=dict)
    title: str = ""
    role: str = ""
    agency: str = ""
    staff: bool = False


class Candidates:
    """Finds candidates in clean texts: from the detectors' spans, from titles, from words of role and kinship, from columns of staff."""

    def __init__(self, rules: RecognitionRules, habits: Habits) -> None:
        """Hold the rules and how the review writes its words."""
        self._rules, self._habits = rules, habits
        titles = "|".join(sorted((re.escape(title) for title in rules.titles), key=len, reverse=True))
        particles = "|".join(sorted(rules.particles, key=len, reverse=True))
        surname = rf"(?:(?:(?i:{particles})[' ]){{0,2}}{_NAME_WORD})"
        pointed = "|".join(sorted(POINTED_TITLES))
        self._titled = re.compile(rf"(?<![\w'])(?:(?i:{pointed})\.|(?i:{titles}))[ ]?(?:\d{{1,6}} )?(?:(?:[A-Z]\.?|{_NAME_WORD}) )?{surname}")
        kin = "|".join(sorted((re.escape(role) for role in rules.roles if len(role) > 2), key=len, reverse=True))
        self._kin = re.compile(rf"(?<![\w'])((?i:{kin}))(?:,| called| named| is| -)? ({_NAME_WORD}(?: {_NAME_WORD})?)")

    def of(self, number: int, given: NamedText, text: Clean, found: Sequence[Found], taken: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
        """The candidates of one text that lie outside what is `taken` by addresses, places and numbers."""
        for candidate in self._all(number, given, text, found):
            if not overlaps(candidate.start, candidate.end, taken):
                yield candidate

    def _all(self, number: int, given: NamedText, text: Clean, found: Sequence[Found]) -> Iterator[Candidate]:
        for start, end, found_by in self._spans(text.text, found):
            yield from self._trimmed(number, given, text.text, start, end, found_by)
        for match in self._titled.finditer(text.text):
            if match[0][0].isupper():
                yield from self._trimmed(number, given, text.text, *match.span(), "title-and-surname")
        for match in self._kin.finditer(text.text):
            yield from self._trimmed(number, given, text.text, *match.span(2), "role-and-name")

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
            known = len(run) == 1 and plain(written) in self._rules.nicknames and run[0].kind == "GIVEN_NAME"
            sure = min(each.score for each in run) >= SURE_LOWER_CASE and run[0].kind == "GIVEN_NAME" and run[-1].kind == "SURNAME"
            if written[:1].isupper() or known or sure:
                yield run[0].start, run[-1].end, "rampart"
        for each in found:
            if each.kind == "PERSON" or (each.kind == "ORG_GUESS" and self._may_be_person(text[each.start : each.end])):
                yield each.start, each.end, each.found_by

    def _may_be_person(self, written: str) -> bool:
        """Whether what spaCy calls an organisation may be someone: it calls many surnames so."""
        words = written.split()
        return len(words) <= 3 and not any(each.isdigit() for each in written) and "&" not in written

    def _trimmed(self, number: int, given: NamedText, text: str, start: int, end: int, found_by: str) -> Iterator[Candidate]:
        """The span without what is not of the name: titles (kept apart), words of the field, a possessive, another line's words."""
        for words in self._sentences(text, start, end):
            title = ""
            while words and (self._is_title(words[0][1]) or self._is_noise(words[0][1]) or words[0][1].isdigit()):
                title = plain(words[0][1]).strip(".") if self._is_title(words[0][1]) else title
                words.pop(0)
            while words and self._is_trailing_noise(words):
                words.pop()
            if words and self._reads_as_name(text, words, title, found_by):
                last = words[-1][0] + len(re.sub(r"(?:'s|s'|['.,-]+)$", "", words[-1][1]))
                first = words[0][0]
                role = self._role_before(text, first - len(title)) if not title else ""
                yield Candidate(number, first, last, text[first:last], title, role, given.agency, found_by)

    def _sentences(self, text: str, start: int, end: int) -> Iterator[list[tuple[int, str]]]:
        """The words (where, what) of a span, apart where a sentence, line or cell ends inside it; small letters after a capital are cut off."""
        words: list[tuple[int, str]] = []
        last = start
        for match in re.finditer(r"[\w'/.,-]*\w[\w'.,-]*", text[start:end]):
            where, word = start + match.start(), match[0]
            before = words[-1][1] if words else ""
            ended = before.endswith(".") and len(before) > 2 and plain(before).strip(".") not in POINTED_TITLES
            small = bool(words) and word[0].islower() and words[0][1][0].isupper() and plain(word).strip("'") not in self._rules.particles
            if words and (ended or small or re.search(r"[^\s]|\n|\t", text[last:where])):
                yield words
                words = []
            if not small:
                words.append((where, word))
            last = start + match.end()
        yield words

    def _is_trailing_noise(self, words: list[tuple[int, str]]) -> bool:
        word = words[-1][1]
        bare = plain(re.sub(r"(?:'s|')$", "", word.strip(".,-")))
        if len(words) > 1 and bare in self._rules.names_that_are_words and word[0].isupper():
            return False
        return len(bare) < 2 or bare in self._rules.particles or self._is_noise(word)

    def _is_title(self, word: str) -> bool:
        return plain(word).strip(".,") in self._rules.titles and word[:1].isupper()

    def _is_noise(self, word: str) -> bool:
        bare = plain(re.sub(r"(?:'s|')$", "", word.strip(".,-")))
        if bare in self._rules.particles:
            return False
        if bare in self._rules.names_that_are_words and bare not in self._rules.harmless:
            return not word[:1].isupper()
        return bare in self._rules.harmless or bare in self._rules.abbreviations or any(each.isdigit() for each in bare)

    def _reads_as_name(self, text: str, words: list[tuple[int, str]], title: str, found_by: str) -> bool:
        bare = [plain(word).strip(".,'-") for _, word in words]
        capitals = [word[:1].isupper() or plain(word).strip(".") in self._rules.particles for _, word in words]
        if len(words) > 4 or not any(len(word) > 1 for word in bare):
            return False
        if not all(capitals):
            return found_by == "rampart" and not any(word in self._rules.harmless for word in bare)
        if title or len(words) > 1:
            return not all(self._habits.is_word(word) for word in bare)
        if bare[0] in self._rules.names_that_are_words:
            return _next_word(text, words[0]) in self._rules.after_a_name
        if found_by == "spacy":  # alone it takes many a word at the beginning of a sentence for a name
            shown = not at_sentence_start(text, words[0][0]) or _next_word(text, words[0]) in self._rules.after_a_name
            return shown and not self._habits.small[bare[0]] and not (words[0][1].isupper() and len(bare[0]) < 4)
        return not self._habits.is_word(bare[0])

    def _role_before(self, text: str, start: int) -> str:
        """The role that the words just before a name give ("SW", "neighbour,"), if they do."""
        before = re.findall(r"[\w/-]+", text[max(0, start - 40) : start])[-2:]
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


def propose(candidates: Iterable[Candidate], cast: Sequence[Person], index: Index, rules: RecognitionRules) -> tuple[Person, ...]:
    """The people whom the cast list does not name, each with every form found; ids go on as N1, N2 in the order in which they are first met.

    Whole names come first, then title or initial and surname, then single names: a form joins the one person it fits, otherwise it
    proposes another. A name that only looks like a known one is someone else.
    """
    listed = [candidate for candidate in candidates if not _is_known(candidate, index)]
    proposals: list[_Proposal] = []
    for candidate in sorted(listed, key=lambda c: (-_fullness(c, rules), c.text, c.start)):
        _place(candidate, proposals, cast, rules)
    order = {id(p): min(c.text * 1_000_000 + c.start for c in listed if c.written in p.forms) for p in proposals}
    proposals.sort(key=lambda p: order[id(p)])
    taken = {person.id for person in cast}
    ids = (f"N{n}" for n in range(1, len(proposals) + len(taken) + 2) if f"N{n}" not in taken)
    return tuple(_person(next(ids), proposal, rules) for proposal in proposals)


def _is_known(candidate: Candidate, index: Index) -> bool:
    """Whether the words, as a whole, are a form of someone known (a slip of it counts)."""
    before = f"{candidate.title.title()} " if candidate.title else ""
    hits = index.find(clean(before + candidate.written))
    return len(hits) == 1 and hits[0].end - hits[0].start >= len(candidate.written) - 1


def _fullness(candidate: Candidate, rules: RecognitionRules) -> int:
    name = parse_name(f"{candidate.title} {candidate.written}", rules)
    if name.given and name.surname:
        return 3 if len(tokens(name.given[0])[0]) > 1 else 2
    return 2 if name.titles else 1


def _place(candidate: Candidate, proposals: list[_Proposal], cast: Sequence[Person], rules: RecognitionRules) -> None:
    """Join the candidate to the one proposal that it fits, or make a new one."""
    name = parse_name(f"{candidate.title} {candidate.written}".strip(), rules)
    fitting = [p for p in proposals if _same(name, p.name, rules)]
    if not fitting and not name.surname and any(_same(name, parse_name(p.name, rules), rules) for p in cast):
        return  # a short form of someone listed; the index is given it below
    if len(fitting) > 1:
        fitting = [p for p in fitting if p.agency == candidate.agency] or fitting[:1]
    if not fitting:
        fitting = [_Proposal(name)]
        proposals.append(fitting[0])
    proposal = fitting[0]
    proposal.forms[candidate.written] = None
    proposal.title = proposal.title or candidate.title
    proposal.role = proposal.role or candidate.role
    proposal.agency = proposal.agency or candidate.agency
    proposal.staff = proposal.staff or candidate.found_by == "staff-column"
    if name.given and name.surname and not proposal.name.given:
        proposal.name = Name(proposal.name.titles, name.given, proposal.name.surname)


def _same(name: Name, other: Name, rules: RecognitionRules) -> bool:
    """Whether a form can be another's: no part of it speaks against, and one part is shared."""
    last, others_last = tokens(" ".join(name.surname)), tokens(" ".join(other.surname))
    first, others_first = tokens(" ".join(name.given)), tokens(" ".join(other.given))
    if last and others_last:
        return "".join(last) == "".join(others_last) and (not first or not others_first or _given_alike(first, others_first, rules))
    if first and not last:  # one word: a given name, or the surname of someone
        return (bool(others_first) and _given_alike(first, others_first, rules)) or "".join(first) == "".join(others_last)
    return bool(last) and not others_last and last == others_first


def _given_alike(first: tuple[str, ...], other: tuple[str, ...], rules: RecognitionRules) -> bool:
    a, b = first[0], other[0]
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return a == b or b in rules.nicknames.get(a, ()) or (len(a) >= 4 and len(b) >= 4 and (a.startswith(b) or b.startswith(a))) or is_variant(a, b)


def _person(identity: str, proposal: _Proposal, rules: RecognitionRules) -> Person:
    name = proposal.name
    written = " ".join((*name.given, *name.surname)) or next(iter(proposal.forms))
    role = proposal.role or rules.titles.get(proposal.title, "")
    family = role in {"Cousin", "Aunt", "Uncle", "Grandmother", "Grandfather", "Partner"}
    role = role or ("Professional" if proposal.staff else "")
    professional = bool(role) and not family and role not in {"Neighbour", "Friend", "Landlord"}
    titled = f"{proposal.title} {written}" if proposal.title and not name.given else written
    return Person(
        id=identity,
        name=titled,
        also_known_as=tuple(form for form in proposal.forms if form != written),
        role=role,
        kind="professional" if professional else "family" if family else "associate",
        agency=proposal.agency if professional else "",
        in_cast=False,
    )


def short_forms(candidates: Iterable[Candidate], cast: Sequence[Person], index: Index, rules: RecognitionRules) -> tuple[Person, ...]:
    """The cast with the short forms that the texts use for them: a found word that begins a listed given name ("Shan") and fits no one else."""
    added: dict[str, list[str]] = {}
    for candidate in candidates:
        word = tokens(candidate.written)
        if len(word) != 1 or candidate.title or _is_known(candidate, index) or is_initials(candidate.written):
            continue
        fitting = [p for p in cast if (given := parse_name(p.name, rules).given) and _given_alike(word, tokens(given[0]), rules)]
        if len(fitting) == 1:
            added.setdefault(fitting[0].id, []).append(candidate.written)
    return tuple(replace(p, also_known_as=(*p.also_known_as, *dict.fromkeys(added[p.id]))) if p.id in added else p for p in cast)
