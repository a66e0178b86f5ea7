"""People whom no cast list names: candidates gathered into proposed people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from anonymise.candidates import Candidate
from anonymise.index import Index
from anonymise.names import Name, is_initials, names_of, parse_name, tokens
from anonymise.rules import RecognitionRules
from anonymise.texts import clean
from anonymise.variants import is_variant
from timeline.people import Person


@dataclass(slots=True)
class _Proposal:
    """Someone proposed while the candidates are gathered."""

    name: Name
    forms: dict[str, None] = field(default_factory=dict)
    title: str = ""
    role: str = ""
    agency: str = ""
    staff: bool = False


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
    if not fitting and _under_another_surname(name, cast, rules):
        return  # the index is given it with the short forms
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
        if not first and "".join(last) == "".join(others_first):
            return True  # a title before a given name: "Miss Jane"
        return "".join(last) == "".join(others_last) and (not first or not others_first or _given_alike(first, others_first, rules))
    if first and not last:  # one word: a given name, or the surname of someone
        whole = bool(others_first) and min(len(first[0]), len(others_first[0])) > 1  # an initial alone says too little
        return (whole and _given_alike(first, others_first, rules)) or "".join(first) == "".join(others_last)
    return bool(last) and not others_last and last == others_first


def _under_another_surname(name: Name, cast: Sequence[Person], rules: RecognitionRules) -> str | None:
    """The one person of the family whose listed given name this is, under the surname of another of the family: a child called by a stepfather's name."""
    if not name.given or not name.surname or name.titles:
        return None
    family = [(p, names_of(p, rules)) for p in cast if p.kind in {"subject", "family"}]
    last, first = tokens(" ".join(name.surname)), tokens(name.given[0])
    if not any(tokens(" ".join(each.surname)) == last for _, names in family for each in names):
        return None
    whole = [p for p in cast if any(tokens(n.given[0]) == first and tokens(" ".join(n.surname)) == last for n in names_of(p, rules) if n.given)]
    named = {p.id for p, names in family if any(each.given and tokens(each.given[0]) == first for each in names)}
    return next(iter(named)) if len(named) == 1 and not whole else None


def _given_alike(first: tuple[str, ...], other: tuple[str, ...], rules: RecognitionRules) -> bool:
    a, b = first[0], other[0]
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return (
        a == b
        or b in rules.nicknames.get(a, ())
        or (len(a) >= 4 and len(b) >= 4 and (a.startswith(b) or b.startswith(a)))
        or is_variant(a, b)
    )


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
        if len(word) > 1 and (person := _under_another_surname(parse_name(f"{candidate.title} {candidate.written}".strip(), rules), cast, rules)):
            if not _is_known(candidate, index):
                added.setdefault(person, []).append(candidate.written)
            continue
        if len(word) != 1 or candidate.title or _is_known(candidate, index) or is_initials(candidate.written):
            continue
        fitting = [p for p in cast if (given := parse_name(p.name, rules).given) and _given_alike(word, tokens(given[0]), rules)]
        if len(fitting) == 1:
            added.setdefault(fitting[0].id, []).append(candidate.written)
    return tuple(replace(p, also_known_as=(*p.also_known_as, *dict.fromkeys(added[p.id]))) if p.id in added else p for p in cast)
