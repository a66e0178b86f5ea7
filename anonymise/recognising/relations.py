"""Words of kinship and role ("mum", "MGM", "her partner", "the HV"): linked to the one person of the cast whom they mean, and kept as written."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from anonymise.rules import RecognitionRules
from anonymise.words.begun import Begun
from anonymise.words.beside import main_roles
from anonymise.words.texts import Clean, NamedText, plain
from timeline.people import Mention, Person

# whose relation a relation's relation is: the mother's mother is the subject's maternal grandmother
_THROUGH = {
    ("Mother", "Mother"): "Maternal grandmother",
    ("Mother", "Father"): "Maternal grandfather",
    ("Father", "Mother"): "Paternal grandmother",
    ("Father", "Father"): "Paternal grandfather",
    ("Mother", "Son"): "",
    ("Mother", "Daughter"): "",
}
_GENERAL = {
    "Grandmother": ("Maternal grandmother", "Paternal grandmother"),
    "Grandfather": ("Maternal grandfather", "Paternal grandfather"),
}
_OWNED = re.compile(r"('s|s'|\bhis|\bher|\btheir|\bmy)\s+$", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_STOP = re.compile(r"[.;\n\t]")
# words that mean something else in small letters: a high chair
_THINGS_TOO = frozenset(["chair", "da", "tad", "pai", "tata", "mam", "mama"])
FOUND_BY = "relationship"


class Relations:
    """Links words of kinship and role to the cast by what the cast list says of each person's role."""

    def __init__(self, cast: Sequence[Person], rules: RecognitionRules) -> None:
        """Hold who bears which role: to the subject, or "of" somebody else ("Father of half-brother")."""
        self._rules = rules
        self._subjects = tuple(person.id for person in cast if person.kind == "subject")
        self._bearers: dict[str, list[Person]] = defaultdict(list)
        self._of_others: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._roles: dict[str, frozenset[str]] = {}
        for person in cast:
            of_other = re.split(r"\b(?:of|to)\b|'s\b", plain(person.role), maxsplit=1) if person.kind != "professional" else [person.role]
            own = main_roles(of_other[0], rules)
            if len(of_other) == 2 and person.kind != "professional":
                owner, relation = (of_other[0], of_other[1]) if "'s" in plain(person.role) else (of_other[1], of_other[0])
                for relation_word in main_roles(relation, rules):
                    for owner_word in main_roles(owner, rules) or {""}:
                        self._of_others[owner_word, relation_word].append(person.id)
                continue
            self._roles[person.id] = frozenset(own)
            for role in own:
                self._bearers[role].append(person)
        words = {*rules.relations, *rules.roles}
        spelt = sorted((re.escape(word) for word in words), key=len, reverse=True)
        self._words = Begun(re.compile(rf"(?<![\w/'-])(?:{'|'.join(spelt)})(?![\w/-])", re.IGNORECASE), words)

    def of(self, given: NamedText, text: Clean, named: Sequence[Mention]) -> Iterator[Mention]:
        """The words of one text that mean one person of the cast; `named` are the people whom it names, in order."""
        taken = [(mention.start, mention.end) for mention in named]
        people = [mention for mention in named if mention.kind == "PERSON" and mention.person]
        for match in self._words.finditer(text):
            start, end = text.back(*match.span())
            word = plain(match[0])
            role = self._rules.relations.get(word) or self._rules.roles.get(word, "")
            if any(start < until and begin < end for begin, until in taken) or (word in _THINGS_TOO and match[0].islower()):
                continue
            named_so = next((m for m in people if 0 <= m.start - end <= 2), None)
            meant = self._meant(role, word, given, text, match, people)
            if meant and (named_so is None or named_so.person == meant):  # "Sister Niamh Gallagher" is nobody's sister
                yield Mention(text_id=given.id, start=start, end=end, kind="RELATION", person=meant, found_by=FOUND_BY, score=0.8)

    def _meant(self, role: str, word: str, given: NamedText, text: Clean, match: re.Match[str], people: Sequence[Mention]) -> str | None:
        """The one person whom a word means; None where several or none do."""
        owned = self._owner(text, match, people)
        if owned is not None:
            return self._of_owner(role, owned)
        found = [person for general in (role, *_GENERAL.get(role, ())) for person in self._bearers.get(general, ())]
        near = [p for p in found if p.kind != "professional" or p.agency == given.agency or word in self._rules.relations]
        near = near or found
        return near[0].id if len({person.id for person in near}) == 1 else None

    def _owner(self, text: Clean, match: re.Match[str], people: Sequence[Mention]) -> str | None:
        """Whose relation it is, where the text names somebody: the person named right before ("EM's mum") or after ("father of EM")."""
        before = text.text[max(0, match.start() - 12) : match.start()]
        if opened := _OWNED.search(before):
            at = match.start() - len(before) + opened.start()
            pronoun = opened[1].lower() in {"his", "her", "their", "my"}
            earlier = [m for m in people if m.end <= text.back(at, at + 1)[0] + 1]
            if pronoun:
                same = [m for m in earlier if not _STOP.search(text.text, m.end, match.start())] if earlier else []
                return same[-1].person if same else ""
            beside = [m for m in earlier if text.back(at, at + 1)[0] - m.end <= 1]
            return beside[-1].person if beside else ""
        if of := _OF.match(text.text, match.end()):
            start = text.back(of.end(), of.end() + 1)[0] if of.end() < len(text.text) else -1
            after = [m for m in people if m.start == start]
            return after[0].person if after else None
        return None

    def _of_owner(self, role: str, owner: str) -> str | None:
        if owner in self._subjects:
            found = [p.id for general in (role, *_GENERAL.get(role, ())) for p in self._bearers.get(general, ())]
            return found[0] if len(set(found)) == 1 else None
        for owned_by in self._roles.get(owner, ()):
            if others := self._of_others.get((owned_by, role)):
                return others[0] if len(others) == 1 else None
            through = _THROUGH.get((owned_by, role))
            if through and len(self._bearers.get(through, ())) == 1:
                return self._bearers[through][0].id
        return None
