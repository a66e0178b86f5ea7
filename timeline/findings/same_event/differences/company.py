"""Who was with whom, who found whom, and where the children were, told differently."""

from collections.abc import Iterator, Sequence

from timeline.findings.same_event.differences.actors import Actor
from timeline.findings.same_event.differences.difference import Difference, Pair, Span, span, words_between
from timeline.findings.same_event.tellings import Telling
from timeline.wording.cues import Cue

_AFTER = 8  # words after "brought by" in which those who brought stand
_FINDER = 6  # words at most between a finder and "found"
_BESIDE = 4  # words at most between somebody and "was with them"
_PRONOUNS = frozenset({"her", "him", "them"})
_SIBLINGS = frozenset({"relation:brother", "relation:sister"})
_EVERYBODY = "children"  # both, all: whoever the children are

type _Claim = tuple[frozenset[str], bool, Span]  # who, nobody else, the words


def company(pair: Pair) -> Iterator[Difference]:
    """Who came with the child or adult, who found them, whether anybody else was there, and whether the children were there or elsewhere."""
    if all(each.account.cues_of("accounts") for each in pair.sides):
        for rule in (_came_with, _found, _nobody_else, _where):
            yield from rule(pair)


def _came_with(pair: Pair) -> Iterator[Difference]:
    if not pair.both("accounts.came_with", "accounts.came_alone"):
        return
    claims = tuple(_escorts(each, present) for each, present in zip(pair.sides, pair.present, strict=True))
    if claims[0] and claims[1]:
        (some, only, place), (others, others_only, others_place) = claims[0], claims[1]
        if (some and others and not some & others) or (only and others - some) or (others_only and some - others):
            yield Difference("who", "came with", "who came with the child or adult", place, others_place)


def _escorts(telling: Telling, present: Sequence[Actor]) -> _Claim | None:
    account = telling.account
    for cue in account.cued("accounts.came_with"):
        after = [
            each
            for each in present
            if each.clause == cue.clause and each.start >= cue.end and words_between(account, cue.end, each.start) <= _AFTER
        ]
        if after and not (cue.denied or cue.planned):
            only = any(each.clause == cue.clause and each.start >= cue.end for each in account.cued("accounts.only"))
            return frozenset(key for each in after for key in _who(each)), only, Span(cue.start, after[-1].end)
    alone = [cue for cue in account.cued("accounts.came_alone") if not (cue.denied or cue.planned)]
    return (frozenset(), True, span(alone[0])) if alone else None


def _who(actor: Actor) -> frozenset[str]:
    """An actor by what they are to the subject, where that is known, else by who they are."""
    relations = frozenset(key for key in actor.keys if key.startswith("relation:"))
    return relations or actor.keys


def _found(pair: Pair) -> Iterator[Difference]:
    if not pair.both("accounts.found_by", "accounts.found"):
        return
    finders = tuple(_finder(each, present, pair) for each, present in zip(pair.sides, pair.present, strict=True))
    if finders[0] and finders[1] and not finders[0].keys & finders[1].keys:
        places = [Span(each.start, each.end) for each in finders if each]
        yield Difference("who", "found", "who found the child or adult", places[0], places[1])


def _finder(telling: Telling, present: Sequence[Actor], pair: Pair) -> Actor | None:
    """Who found somebody: after "found by", or before "found" where a person is found and no thing."""
    account = telling.account
    for cue in account.cued("accounts.found_by", "accounts.found"):
        by = _found_by(telling, cue)
        after = [each for each in present if each.clause == cue.clause and by is not None and each.start >= by and not _subject(each, pair)]
        if after and not cue.denied:
            return after[0]
    for cue in account.cued("accounts.found"):
        before = [each for each in present if each.clause == cue.clause and each.end <= cue.start and not _subject(each, pair)]
        if before and words_between(account, before[-1].end, cue.start) <= _FINDER and _finds_a_person(telling, cue, present, pair):
            return before[-1]
    return None


def _found_by(telling: Telling, cue: Cue) -> int | None:
    """Where "by" stands after "found" ("found on the floor yesterday by"), or the end of "found by"."""
    if cue.name == "accounts.found_by":
        return cue.end
    after = [word for word in telling.account.words if word.start >= cue.end and word.clause == cue.clause][: _FINDER + 1]
    return next((word.end for word in after if word.text == "by"), None)


def _finds_a_person(telling: Telling, cue: Cue, present: Sequence[Actor], pair: Pair) -> bool:
    words = [word for word in telling.account.words if word.start >= cue.start and word.clause == cue.clause][:3]
    named = any(_subject(each, pair) and cue.end <= each.start <= cue.end + 2 for each in present)
    return named or any(word.text in _PRONOUNS for word in words)


def _subject(actor: Actor, pair: Pair) -> bool:
    ids = (key.removeprefix("person:") for key in actor.keys if key.startswith("person:"))
    return any(person.kind == "subject" for each in ids if (person := pair.reader.evidence.people.get(each)))


def _child(actor: Actor, pair: Pair) -> bool:
    """Whether somebody is a subject or a brother or sister of one."""
    return _subject(actor, pair) or bool(actor.keys & _SIBLINGS)


def _nobody_else(pair: Pair) -> Iterator[Difference]:
    for alone, company_of, swapped in ((pair.one, pair.other, False), (pair.other, pair.one, True)):
        nobody = [cue for cue in alone.account.cued("accounts.nobody_else") if not (cue.denied or cue.planned)]
        somebody = _somebody(company_of, pair) if nobody else None
        if somebody and not any(not cue.denied for cue in company_of.account.cued("accounts.nobody_else")):
            places = span(nobody[0]), somebody
            yield Difference("who", "nobody else", "who else was there", *(places[::-1] if swapped else places))
            return


def _somebody(telling: Telling, pair: Pair) -> Span | None:
    """Somebody of the family or their friends who, the account says, was with the subject."""
    account = telling.account
    for cue in account.cued("accounts.somebody"):
        for actor in pair.reader.present(telling):
            between = words_between(account, min(actor.end, cue.end), max(actor.start, cue.start))
            if (
                actor.clause == cue.clause
                and between <= _BESIDE
                and not (actor.at_work or _subject(actor, pair) or cue.denied or cue.planned)
            ):
                return Span(min(actor.start, cue.start), max(actor.end, cue.end))
    return None


def _where(pair: Pair) -> Iterator[Difference]:
    """Children who were at the place by one account and somewhere else by the other; an account that says both of a child is left out."""
    if not pair.both("accounts.at_place", "accounts.elsewhere"):
        return
    said = [(_places(each, pair, "at_place"), _places(each, pair, "elsewhere")) for each in pair.sides]
    for here, there, swapped in ((said[0], said[1], False), (said[1], said[0], True)):
        for child, place in there[1].items():
            if child in there[0] or (child not in here[0] and _EVERYBODY not in (child, *here[0])):
                continue
            at = here[0].get(child) or here[0].get(_EVERYBODY) or next(iter(here[0].values()), None)
            if at and child not in here[1] and _EVERYBODY not in here[1]:
                yield Difference("who", "where the children were", "where the children were", *((place, at) if swapped else (at, place)))
                return


def _places(telling: Telling, pair: Pair, where: str) -> dict[str, Span]:
    account = telling.account
    found: dict[str, Span] = {}
    for cue in account.cued(f"accounts.{where}"):
        if cue.denied or cue.planned:
            continue
        subjects = [actor for actor in pair.reader.present(telling) if actor.sentence == cue.sentence and _child(actor, pair)]
        for actor in [each for each in subjects if each.clause == cue.clause] or subjects:
            for key in actor.keys:
                found.setdefault(key, span(cue))
        if any(each.clause == cue.clause for each in account.cued("accounts.children")):
            found.setdefault(_EVERYBODY, span(cue))
    return {key: place for key, place in found.items() if key == _EVERYBODY or key.startswith("person:")}
