"""`chronology check`: the author's Word file held against everyone and everything that the review knows, and what is to be decided on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from anonymise.checking.check import check_parts, check_passages, people_of_others
from anonymise.checking.known import KnownReview
from extractors.report.package import ReportPackage, open_report
from extractors.report.passages import named, pages_of, passages_of
from pipelines.outputs import output_error, settle
from pipelines.release.closing import must_be_open
from pipelines.release.hit_decisions import add_hit_decisions, keep_aside_unreadable, read_hit_decisions, take_in_hits, with_decisions
from pipelines.release.kinds import must_be_a_kind
from pipelines.release.known import known_review
from pipelines.review import Review
from pipelines.rule_files import rule
from reports.checked.copy import Document, write_checked
from reports.checked.sheet import FILE, CheckSheet, numbers_of, write_sheet
from reports.opened import check_opens
from timeline.authored import Checked, Hit, Passage
from timeline.errors import CaseError, ReportError

_STRANGE = (
    "the report names {} people who are known in another review of this folder, and nobody of this one: give the report of this review, "
    "or the folder of the review that it belongs to; nothing was written"
)
_NO_CAST = "people.csv lists nobody: whom no agency named in its rows the check cannot know by name"


def check_report(review: Review, report: Path, kind: str = "") -> Checked:
    """What the report, as this kind, says that may tell who somebody is, with what was decided on it; nothing is written.

    Raises ReportError for what is no plain Word document or is another review's report, CaseError where the review was never run or its
    key is not there.
    """
    package = open_report(report)
    return check_package(review, package, known_review(review, kind))


def check_and_write(review: Review, report: Path, kind: str = "") -> Checked:
    """As `check_report`, the filled sheet read into the log first; writes the copy with comments and the sheet into output/review/."""
    must_be_open(review)
    must_be_a_kind(kind)
    package = open_report(report)
    if not review.output.is_dir():  # the lock would give a review that was never run a record
        raise CaseError("output/ is missing: run the review first (chronology run)")
    with review.alone():
        settle(review.output)
        known = known_review(review, kind)
        taken = take_in_hits(review)
        add_hit_decisions(review, taken.new)
        checked = check_package(review, package, known)
        checked = replace(checked, notes=(*checked.notes, *taken.notes))
        sheet = CheckSheet(case=known.case, checked=checked, typed=taken.typed)
        try:
            keep_aside_unreadable(review)
            _write(review.output / "review", package, sheet)
        except OSError as error:
            raise output_error(error) from None
    return checked


def check_package(review: Review, package: ReportPackage, known: KnownReview) -> Checked:
    """As `check_report`, of a report that is open already, by what is known of the review."""
    passages = passages_of(package)
    hits = check_passages(passages, known)
    _refuse_another_reviews(passages, hits, known)
    hits = (*hits, *check_parts(package.parts, hits, known))
    return Checked(
        digest=package.digest,
        hits=with_decisions(hits, read_hit_decisions(review)),
        named=named(package, passages),
        pages=pages_of(package, passages),
        passages=passages,
        notes=() if any(person.in_cast for person in known.people) else (_NO_CAST,),
    )


def _refuse_another_reviews(passages: tuple[Passage, ...], hits: tuple[Hit, ...], known: KnownReview) -> None:
    others = people_of_others(passages, known)
    if others >= rule("checking")["people_of_another"] and not any(hit.kind == "name" for hit in hits):
        raise ReportError(_STRANGE.format(others))


def _write(folder: Path, package: ReportPackage, sheet: CheckSheet) -> None:
    """Both files, each whole or not at all; they lie where names may stand beside pseudonyms."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    document, numbers = Document(package.main, package.parts), numbers_of(sheet.checked.hits)
    with _whole(folder / copy_name(package.digest)) as path:
        write_checked(document, sheet.checked, numbers, path)
    with _whole(folder / FILE) as path:
        write_sheet(sheet, path)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A place to write a file in; it takes the place of the earlier one when it opens, and is gone where it does not."""
    building = path.with_name(f".building-{path.name}")
    try:
        yield building
        check_opens(building)
        building.replace(path)
    finally:
        building.unlink(missing_ok=True)


def copy_name(digest: str) -> str:
    """The name of the copy with comments, after the bytes that were checked."""
    return f"checked-{digest[:8]}.docx"
