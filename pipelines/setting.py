"""What board staff and the rules say about a review, read once at the start of a run."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from anonymise.detecting.apart import DetectorsApart
from anonymise.detecting.remembered import Remembered
from anonymise.hiding.agencies import agency_rules_from
from anonymise.hiding.days import named_days_from
from anonymise.hiding.standing import HidingRules
from anonymise.jigsaw.rules import jigsaw_from
from anonymise.policy import Policy, policy_from
from anonymise.recognising.recognise import Finder
from anonymise.rules import rules_from
from extractors.apart import Limits
from extractors.headings import headings_from
from extractors.reading import Reading
from pipelines.case_file import read_case
from pipelines.people_file import read_people
from pipelines.review import Review
from pipelines.rule_files import rule, rules_in, texts_of
from pipelines.templates import read_templates
from pipelines.timescales import timescales_of
from pipelines.working_days import working_days
from reports.drafting import Drafting, read_drafting
from reports.learning_rules import read_learning
from reports.rapid_rules import read_rapid_rules
from timeline.case import Case
from timeline.countdown import Countdown, countdown_of
from timeline.errors import CaseError
from timeline.patterns import PatternRule, patterns_from
from timeline.people import Person
from timeline.timescales import Timescales
from timeline.wording.agencies import Role, roles_from
from timeline.wording.cues import Cues, cues_from
from timeline.wording.lexicon import Lexicon, lexicon_of
from timeline.working_days import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What board staff and the rules say about a review; `detectors` find names, in a process of their own."""

    case: Case
    cast: tuple[Person, ...]
    readings: Mapping[str, Reading]
    limits: Limits
    hiding: HidingRules
    detectors: Finder
    policy: Policy
    drafting: Drafting
    cues: Cues
    same_words: Lexicon
    roles: tuple[Role, ...]
    calendar: WorkingDays
    timescales: Timescales
    patterns: tuple[PatternRule, ...]

    @property
    def countdown(self) -> Countdown | None:
        """The time that the panel of a rapid review has."""
        return countdown_of(self.case, self.timescales, self.calendar)


def set_up(review: Review) -> Setting:
    """The setting of a review; CaseError where board staff or the rules say something that cannot be."""
    case = read_case(review.case_file)
    headings = headings_from(rule("headings"))
    cues = _read_rules("cues", lambda: cues_from(rules_in("cues")))
    period = (case.period_start, case.period_end)
    recognition = rules_from(rule("recognisers"), rule("names"), rule("places"), rule("harmless"), _printed(), _printed_in_parts())
    return Setting(
        case=case,
        cast=read_people(review.people_file) if review.people_file else (),
        readings={agency.name: Reading(headings=headings, own_headings=agency.headings, period=period) for agency in case.agencies},
        limits=Limits(scratch=review.scratch),
        hiding=HidingRules(
            recognition=recognition,
            agencies=agency_rules_from(rule("agency_types")),
            named_days=named_days_from(rule("named_days")),
            jigsaw=jigsaw_from(rule("quasi")),
        ),
        detectors=DetectorsApart(recognition.patterns),
        policy=policy_from(rule(f"policies/{case.policy}"), case.jurisdiction),
        drafting=replace(read_drafting(rule("phrases"), rule("abbreviations"), cues), **_more_rules(review, case)),
        cues=cues,
        same_words=_read_rules("same_words", lambda: lexicon_of(rule("same_words"))),
        roles=_read_rules("roles", lambda: roles_from(rule("roles"))),
        calendar=working_days(case.jurisdiction, case.period_start, max(case.period_end, case.referred_on or case.period_end)),
        timescales=timescales_of(case),
        patterns=_read_rules("patterns", lambda: patterns_from(rule("patterns"))),
    )


def _printed() -> Iterator[str]:
    """The texts of the rules that documents print as their method: what stands in them tells of nobody."""
    for name in ("phrases", "abbreviations"):
        yield from texts_of(rule(name))


def _printed_in_parts() -> Iterator[str]:
    """The texts of the rules of which documents print parts: what the findings ask, sources, labels."""
    for name in ("learning", "rapid_review", "patterns", "timescales"):
        yield from texts_of(rule(name))
    yield from texts_of(rules_in("timescales"))
    yield from rule("cues/kinds")


def _more_rules(review: Review, case: Case) -> dict[str, Any]:
    """The rules of drafts that stand in files of their own, and the board's templates."""
    return {
        "learning": read_learning(rule("learning")),
        "rapid": read_rapid_rules(rule("rapid_review")),
        "templates": read_templates(review, case.templates),
    }


def _read_rules[Rules](name: str, read: Callable[[], Rules]) -> Rules:
    try:
        return read()
    except (KeyError, ValueError, TypeError) as error:
        raise CaseError(f"rules/{name}: {error}; compare with the rules that came with the program") from None


def remembering(setting: Setting, key: bytes, known: bytes | None = None) -> tuple[Setting, Remembered]:
    """The setting with detectors that look only into texts which are not `known` under this key, and these detectors."""
    apart = DetectorsApart(setting.hiding.recognition.patterns)
    apart.get_ready()
    detectors = Remembered(apart, key, known)
    return replace(setting, detectors=detectors), detectors
