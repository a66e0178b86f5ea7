"""What a review knows when a report is checked, as its last run left it on the disk; refused where there is none."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from anonymise.checking.known import KnownReview, draft_from, whole_names, with_words_of_reports
from anonymise.policy import policy_from
from anonymise.recognising.names import Tokens
from anonymise.rules import RecognitionRules
from pipelines.decision_lines import read_review_decisions
from pipelines.people_file import read_people
from pipelines.review import Review
from pipelines.rule_files import rule
from pipelines.setting import set_up
from timeline.errors import CaseError, ChronologyError
from timeline.people import Person
from timeline.review_decisions import ReviewDecision, ReviewIds, in_effect

KEY = "restricted/key.json"
_TIMES = frozenset(["DATE", "AGE", "TIME"])  # what the draft says for these, a learning report may not
_LEARNING = "policies/learning-report"
_RUN = "run the review first (chronology run)"
_NUMBERS_AND_PLACES = frozenset(["PHONE", "EMAIL", "URL", "HANDLE", "IDENTIFIER", "VEHICLE", "ADDRESS", "PLACE", "ORGANISATION"])


def known_review(review: Review, kind: str = "") -> KnownReview:
    """The review as its last run left it; its policy is that of learning reports where what is checked is one, else its own.

    CaseError where it was never run, its key is gone or sealed, or it knows nobody at all: nothing could be found then.
    """
    setting = set_up(review)
    replaced = _record(review, "restricted/replacements.json")["replacements"]
    draft = _record(review, "anonymised/anonymised.json")
    decisions = read_review_decisions(review.decisions_file)
    key = _record(review, KEY)
    people, forms = _people(key, _listed_since(review, setting.cast, decisions))
    if not people:
        raise CaseError(
            "people.csv lists nobody and no run has found anybody: fill people.csv, run the review (chronology run), then check"
        )
    try:
        return KnownReview(
            case=setting.case,
            people=people,
            forms=forms,
            things=tuple({(each["text"], each["type"]): None for each in replaced if each["type"] in _NUMBERS_AND_PLACES}),
            words=frozenset(each["replacement"] for each in replaced if kind != "learning" or each["type"] not in _TIMES),
            draft=draft_from(draft),
            policy=policy_from(rule(_LEARNING), setting.case.jurisdiction) if kind == "learning" else setting.policy,
            hiding=with_words_of_reports(setting.hiding, rule("checking")["words"]),
            detectors=setting.detectors,
            ids=ReviewIds(review.secret()),
            first_event=_first_event(review),
            elsewhere=_elsewhere(review, setting.hiding.recognition),
            decisions=decisions,
            public_sites=tuple(rule("checking")["public_sites"]),
            titles=tuple(rule("checking")["titles"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CaseError(f"output/ holds records that another version wrote ({type(error).__name__}): {_RUN}") from None


def _record(review: Review, name: str) -> dict[str, Any]:
    path = review.output / name
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        sealed = name == KEY and any((review.record / "sealed").glob("key-*"))
        why = "is missing, and only the sealed key is left: reopen the review and " if sealed else "is missing: "
        raise CaseError(f"output/{name} {why}{_RUN}") from None
    except (OSError, ValueError):
        raise CaseError(f"output/{name} cannot be read: {_RUN}") from None
    return found if isinstance(found, dict) else {}


def _listed_since(review: Review, cast: tuple[Person, ...], decisions: Sequence[ReviewDecision]) -> tuple[Person, ...]:
    """The cast list without whom the board made public or one with somebody else: the key holds nobody of that id, and shall not."""
    if not decisions:
        return cast
    ids, counting = ReviewIds(review.secret()), in_effect(decisions).decisions
    gone = {thing for thing, each in counting.items() if each.verdict in ("public", "merge")}
    return tuple(person for person in cast if ids.person(person.id) not in gone)


def _people(key: Mapping[str, Any], cast: tuple[Person, ...]) -> tuple[tuple[Person, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Everyone of the key, with whoever was put into people.csv since; and the forms of each that the agencies wrote."""
    found = tuple(_person(each) for each in key.get("people", ()))
    known = {person.id for person in found}
    forms = tuple((str(each["id"]), tuple(each["forms"])) for each in key.get("people", ()))
    return (*found, *(person for person in cast if person.id not in known)), forms


def _person(given: Mapping[str, Any]) -> Person:
    born = given.get("date_of_birth")
    return Person(
        **{key: given[key] for key in ("id", "name", "role", "kind", "agency", "pseudonym", "in_cast")},
        also_known_as=tuple(given["also_known_as"]),
        date_of_birth=date.fromisoformat(born) if born else None,
    )


def _first_event(review: Review) -> date | None:
    days = [each["earliest"] for each in _record(review, "working/timeline.json")["events"] if each.get("earliest")]
    return date.fromisoformat(min(days)) if days else None


def _elsewhere(review: Review, rules: RecognitionRules) -> frozenset[Tokens]:
    """The whole names of people of the reviews beside this one that this account can read."""
    return frozenset(name for beside in _beside(review) for name in whole_names(_listed(beside), rules))


def _beside(review: Review) -> Iterator[Review]:
    try:
        folders = sorted(each for each in review.folder.parent.iterdir() if each.is_dir() and each != review.folder)
        yield from (Review(each) for each in folders if (each / "case.toml").is_file())
    except OSError:
        return  # the folder above may not be this account's to read


def _listed(review: Review) -> tuple[Person, ...]:
    """The people of another review: of its key, where it has one that can be read, and of its cast list."""
    try:
        cast = read_people(review.people_file) if review.people_file else ()
        return _people(_record(review, KEY), cast)[0] if (review.output / KEY).is_file() else cast
    except (ChronologyError, OSError, KeyError, TypeError, ValueError):
        return ()  # another review's fault stops no check of this one
