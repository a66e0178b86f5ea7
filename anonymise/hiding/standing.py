"""What stands for whom and what in the drafts of one review, by its policy: pseudonyms, types of agencies, and how dates are shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from anonymise.hiding.agencies import AgencyRules, AgencyTypes, types_of
from anonymise.hiding.dates import DateRule
from anonymise.hiding.days import NamedDays
from anonymise.jigsaw.rules import JigsawRules
from anonymise.policy import Policy
from anonymise.rules import RecognitionRules
from timeline.case import Case
from timeline.errors import CaseError
from timeline.people import Mention, Person

PLACES = frozenset(["PLACE", "ORGANISATION"])


@dataclass(frozen=True, slots=True, kw_only=True)
class HidingRules:
    """What hiding goes by beside the policy."""

    recognition: RecognitionRules
    agencies: AgencyRules
    named_days: NamedDays
    jigsaw: JigsawRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands for whom and what: pseudonyms by person, types of agencies, and how dates, days and ages are shown."""

    policy: Policy
    pseudonyms: Mapping[str, str]
    types: AgencyTypes
    recognition: RecognitionRules
    dates: DateRule
    named_days: NamedDays

    def words_for(self, mention: Mention, written: str, places: Mapping[tuple[str, str], str]) -> str | None:
        """What stands for a mention; None where its words may stay."""
        words = self.policy.words
        if mention.kind == "PERSON":
            return self.pseudonyms.get(mention.person, words["PERSON"]) if mention.person else words["PERSON"]
        if mention.kind == "AGENCY":
            return self.types.stands_for(written) if self.policy.agencies == "type" else None
        if mention.kind in PLACES and self.policy.places == "kind":
            return places.get((mention.kind, written), words[mention.kind])
        return words[mention.kind]


def standing_of(
    case: Case, first_event: date | None, named: tuple[Sequence[Person], Mapping[str, str]], policy: Policy, rules: HidingRules
) -> Standing:
    """What stands for whom and what; `first_event` is the first day that a row of the review can mean, `named` the people and their pseudonyms.

    Raises CaseError where the policy counts time from a day that nobody gave.
    """
    people, pseudonyms = named
    return Standing(
        policy=policy,
        pseudonyms=_shown(people, pseudonyms, policy),
        types=types_of(case.agencies, _widened(rules.agencies, policy)),
        recognition=rules.recognition,
        dates=DateRule(policy.dates, _fixed_point(case, first_event, people, policy)),
        named_days=rules.named_days,
    )


def _shown(people: Sequence[Person], pseudonyms: Mapping[str, str], policy: Policy) -> dict[str, str]:
    """What stands for each person in a text: the pseudonym, or a professional's role alone where the policy wants no numbers."""
    if policy.professionals == "number":
        return dict(pseudonyms)
    roles = {person.id for person in people if person.kind == "professional"}
    return {person: f"the {_in_small(re.sub(r' ?[0-9]+$', '', name))}" if person in roles else name for person, name in pseudonyms.items()}


def _in_small(role: str) -> str:
    return " ".join(word if word.isupper() else word.lower() for word in role.split())


def _widened(rules: AgencyRules, policy: Policy) -> AgencyRules:
    """The types of agencies with a wider word for those of which there is only one in the place."""
    return replace(rules, types=tuple((policy.wider_agencies.get(kind, kind), words) for kind, words in rules.types))


def _fixed_point(case: Case, first_event: date | None, people: Sequence[Person], policy: Policy) -> date | None:
    """The day that time is counted from where the policy wants that; CaseError where nobody gave it."""
    if policy.dates != "since":
        return None
    days = {
        "first-event": first_event or case.period_start,
        "birth": next((person.date_of_birth for person in people if person.kind == "subject" and person.date_of_birth), None),
        "incident": case.incident_on,
        "notified": case.notified_on,
        "referred": case.referred_on,
        "period-start": case.period_start,
    }
    day = days[policy.fixed_point]
    if day is None:
        where = (
            "people.csv has no date_of_birth of a subject" if policy.fixed_point == "birth" else f"case.toml has no {policy.fixed_point}_on"
        )
        raise CaseError(
            f"policy {policy.name}: time is counted from “{policy.fixed_point}”, and {where}; give the day, or choose another point"
        )
    return day
