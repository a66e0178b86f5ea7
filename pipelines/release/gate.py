"""The gate before published/: everything that is still missing, each with the command that mends it. Nothing passes while anything is."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anonymise.checking.known import KnownReview
from anonymise.jigsaw.rules import jigsaw_from
from pipelines.decisions import read_records
from pipelines.intake import intake
from pipelines.news import Inputs, read_last
from pipelines.release.hit_decisions import take_in_hits
from pipelines.release.row_level import row_level_tables
from pipelines.release.sealing import recipients
from pipelines.release.sign_off import NEEDED, sign_offs
from pipelines.release.unread import unread
from pipelines.review import Review
from pipelines.review_round import still_open
from pipelines.rule_files import rule
from reports.published.pictures import bare_png
from timeline.authored import Checked
from timeline.authored_content import Picture, ReportContent
from timeline.errors import CaseError, ReportError

DECISIONS = ("publish", "learning-report", "nothing")
LOOKED_AT = "report-picture"
_MOST_PLACES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the board decided: to publish this report, a learning report instead, or nothing; why; and why in spite of a high risk."""

    decision: str = ""
    why: str = ""
    despite_risk: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something without which nothing is published, and what mends it: a command, or what the author does."""

    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.what}: {self.mend}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A publication that is asked for: which report, as which kind, by which decision."""

    review: Review
    kind: str
    decided: Decided
    checked: Checked
    content: ReportContent
    known: KnownReview


def missing(asked: Asked) -> tuple[Missing, ...]:
    """Everything that is missing, in the order in which a board comes to it."""
    return (
        *_new_files(asked),
        *_open_in_review(asked.review),
        *_hits(asked.review, asked.checked, asked.kind),
        *_not_shown(asked.content),
        *_unread(asked),
        *_row_level(asked.content, asked.known),
        *_pictures(asked.review, asked.content.pictures),
        *of_the_decision(asked.decided),
        *_risk(asked),
        *_signatures(asked),
        *_recipients(asked),
    )


def _new_files(asked: Asked) -> Iterator[Missing]:
    """The people whom the check knows are those of the last run, which must have read all that agencies sent."""
    last = read_last(asked.review) or {}
    now = Inputs.of(asked.review, intake(asked.review, asked.known.case)).parts
    if last.get("inputs", {}).get("files") != now["files"]:
        yield Missing("intake/ is not what the last run read", "chronology run, then chronology check")


def _open_in_review(review: Review) -> Iterator[Missing]:
    found = still_open(review)
    waiting = sum(found.waiting.values())
    if waiting:
        yield Missing(
            f"{waiting} rows of the review of the anonymisation are undecided",
            "decide them in output/review/anonymisation-review.xlsx, then chronology run (chronology review tells how many are left)",
        )
    if found.unread:
        yield Missing(f"{found.unread} decisions of the review of the anonymisation are filled in and not yet read", "chronology run")
    for note in found.notes:
        yield Missing("the review of the anonymisation waits", note)


def _hits(review: Review, checked: Checked, kind: str) -> Iterator[Missing]:
    check = "chronology check … --kind learning" if kind == "learning" else "chronology check"
    if unread := len(take_in_hits(review).new):
        yield Missing(f"{unread} decisions of the check are filled in and not yet read", check)
    if checked.undecided:
        yield Missing(
            f"{checked.undecided} hits of the check are undecided",
            f"{check}, decide them in output/review/report-check.xlsx, then {check} again",
        )
    if checked.to_mend:
        yield Missing(
            f"{len(checked.to_mend)} hits are decided to be replaced and still stand in the report ({_places(h.place for h in checked.to_mend)})",
            f"the author mends them in Word; then {check}, and both people sign off the new document",
        )


def _not_shown(content: ReportContent) -> Iterator[Missing]:
    for each in content.obstacles:
        yield Missing(f"{each.place} holds {each.what}, which the new document cannot show", f"the author should {each.mend}, and save it")


def _unread(asked: Asked) -> Iterator[Missing]:
    if places := unread(asked.content, asked.checked.passages):
        yield Missing(
            f"the report shows words that the check cannot read ({_places(iter(places))})",
            "the author writes them as ordinary text, accepts all tracked changes and saves the report",
        )


def _row_level(content: ReportContent, known: KnownReview) -> Iterator[Missing]:
    for table in row_level_tables(content, known.draft, rule("publishing")["row_level"]):
        yield Missing(f"{table} is the timeline row by row, which is never published", "the author takes it out, or tells it in prose")


def _pictures(review: Review, pictures: Sequence[Picture]) -> Iterator[Missing]:
    for each in pictures:
        try:
            bare_png(each)
        except ReportError as error:
            yield Missing("a picture cannot be published", str(error))
    seen = {record.get("picture") for record in read_records(review.decisions_file, LOOKED_AT)}
    if unseen := [str(each.number) for each in pictures if each.digest not in seen]:
        yield Missing(
            f"nobody has looked at picture {', '.join(unseen)} of the report",
            "look for faces, names, screens, signs and uniforms, then add --pictures-looked-at to chronology publish",
        )


def of_the_decision(decided: Decided) -> Iterator[Missing]:
    """What is missing of the board's decision."""
    if decided.decision not in DECISIONS:
        yield Missing("the board's decision is not given", f"add --decision to chronology publish: {', '.join(DECISIONS)}")
    if not decided.why.strip():
        yield Missing("the reason for the board's decision is not given", 'add --why "…" to chronology publish')


def _risk(asked: Asked) -> Iterator[Missing]:
    """A high risk proposes the learning report, which tells no story."""
    risk, high = _risk_of(asked.review), jigsaw_from(rule("quasi")).risk.high
    if asked.kind != "learning" and risk >= high and not asked.decided.despite_risk.strip():
        yield Missing(
            f"the risk that somebody is recognised is {risk:.2f}, and high from {high:.2f} on",
            'publish a learning report instead (--decision learning-report), or say why this one is published all the same: --despite-risk "…"',
        )


def _risk_of(review: Review) -> float:
    try:
        record = json.loads((review.output / "restricted" / "anonymisation-risk.json").read_text("utf-8"))
        return float(record["document"]["risk"])
    except (OSError, ValueError, KeyError, TypeError):
        raise CaseError("output/restricted/anonymisation-risk.json is missing or damaged: run the review (chronology run)") from None


def _signatures(asked: Asked) -> Iterator[Missing]:
    valid = sign_offs(asked.review, asked.checked.digest, asked.kind)
    if len(valid) < NEEDED:
        yield Missing(
            f"{len(valid)} of {NEEDED} different people have signed off this very document as {asked.kind}",
            f"each signs under an account of their own: chronology sign-off … --kind {asked.kind}",
        )


def _recipients(asked: Asked) -> Iterator[Missing]:
    try:
        recipients(asked.known.case)
    except CaseError as error:
        yield Missing("the key cannot be sealed for the board", str(error))


def _places(places: Iterator[str]) -> str:
    told = list(dict.fromkeys(places))
    return ", ".join(told[:_MOST_PLACES]) + (f" and {len(told) - _MOST_PLACES} more" if len(told) > _MOST_PLACES else "")
