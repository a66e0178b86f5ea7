"""People whom no cast list names: candidates gathered into proposed people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from anonymise.recognising.candidates import Candidate
from anonymise.recognising.index import Index
from anonymise.recognising.listed import SHORTEST_ACCOUNT, Listed, given_alike, is_known, makes_account
from anonymise.recognising.names import Name, parse_name, tokens
from anonymise.rules import RecognitionRules
from timeline.people import Person

# whoever stands in a column of staff in this share of the rows that name them is staff
STAFF_SHARE = 1 / 3


@dataclass(slots=True)
class _Proposal:
    """Someone proposed while the candidates are gathered."""

    name: Name
    forms: dict[str, None] = field(default_factory=dict)
    title: str = ""
    role: str = ""
    agency: str = ""
    columns: set[int] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)


def propose(candidates: Iterable[Candidate], cast: Sequence[Person], index: Index, rules: RecognitionRules) -> tuple[Person, ...]:
    """The people whom the cast list does not name, each with every form found; ids go on as N1, N2 in the order in which they are first met.

    Whole names come first, then title or initial and surname, then single names: a form joins the one person it fits, otherwise it
    proposes another. A name that only looks like a known one is someone else.
    """
    listed = [candidate for candidate in candidates if not is_known(candidate, index)]
    family = Listed(cast, rules)
    proposals: list[_Proposal] = []
    for candidate in sorted(listed, key=lambda c: (-_fullness(c, rules), c.text, c.start)):
        _place(candidate, proposals, family, rules)
    first: dict[str, tuple[int, int]] = {}
    for candidate in listed:
        at = (candidate.text, candidate.start)
        first[candidate.written] = min(first.get(candidate.written, at), at)
    proposals.sort(key=lambda p: min(first[form] for form in p.forms))
    taken = {person.id for person in cast}
    ids = (f"N{n}" for n in range(1, len(proposals) + len(taken) + 2) if f"N{n}" not in taken)
    return tuple(_person(next(ids), proposal, rules) for proposal in proposals)


def _fullness(candidate: Candidate, rules: RecognitionRules) -> int:
    name = parse_name(f"{candidate.title} {candidate.written}", rules)
    if name.given and name.surname:
        return 3 if len(tokens(name.given[0])[0]) > 1 else 2
    return 2 if name.titles else 1


def _place(candidate: Candidate, proposals: list[_Proposal], listed: Listed, rules: RecognitionRules) -> None:
    """Join the candidate to the one proposal that it fits, or make a new one."""
    name = parse_name(f"{candidate.title} {candidate.written}".strip(), rules)
    fitting = [p for p in proposals if _same(name, p.name, rules)] or [p for p in proposals if _is_account_of(candidate, p.name)]
    if not fitting and not name.surname and any(_same(name, parse_name(p.name, rules), rules) for p in listed.people):
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
    proposal.texts.add(candidate.text)
    if candidate.found_by == "staff-column":
        proposal.columns.add(candidate.text)
    if name.given and name.surname and not proposal.name.given:
        proposal.name = Name(proposal.name.titles, name.given, proposal.name.surname)


def _is_account_of(candidate: Candidate, name: Name) -> bool:
    bare = candidate.written.casefold().rstrip("0123456789")
    alone = candidate.found_by == "staff-column" and bare.isalpha() and len(bare) >= SHORTEST_ACCOUNT
    return alone and bool(name.given and name.surname) and makes_account(bare, tokens(name.given[0]), tokens(" ".join(name.surname)))


def _same(name: Name, other: Name, rules: RecognitionRules) -> bool:
    """Whether a form can be another's: no part of it speaks against, and one part is shared."""
    last, others_last = tokens(" ".join(name.surname)), tokens(" ".join(other.surname))
    first, others_first = tokens(" ".join(name.given)), tokens(" ".join(other.given))
    if last and others_last:
        if not first and "".join(last) == "".join(others_first):
            return True  # a title before a given name: "Miss Jane"
        return "".join(last) == "".join(others_last) and (not first or not others_first or given_alike(first, others_first, rules))
    if first and not last:  # one word: a given name, or the surname of someone
        whole = bool(others_first) and min(len(first[0]), len(others_first[0])) > 1  # an initial alone says too little
        return (whole and given_alike(first, others_first, rules)) or "".join(first) == "".join(others_last)
    return bool(last) and not others_last and last == others_first


def _person(identity: str, proposal: _Proposal, rules: RecognitionRules) -> Person:
    name = proposal.name
    written = " ".join((*name.given, *name.surname)) or next(iter(proposal.forms))
    role = proposal.role or rules.titles.get(proposal.title, "")
    family = role in {"Cousin", "Aunt", "Uncle", "Grandmother", "Grandfather", "Partner"}
    # whose name fills a column of staff is staff, unless most rows tell of them elsewhere: a caller stands in such a column once
    staff = proposal.columns and len(proposal.columns) >= STAFF_SHARE * len(proposal.texts)
    role = role or ("Professional" if staff else "")
    professional = bool(role) and not family and role not in rules.private_roles
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
