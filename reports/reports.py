"""The documents and records of a review: each names its file under output/ and the function that writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reports import anonymised_workbook, draft_summary, learning_report, rapid_review, receipts, working_document, working_workbook
from reports.drafting import Drafting
from reports.page import anonymised_page, working_page
from reports.working import Working
from timeline.safe import SafeReview


@dataclass(frozen=True, slots=True)
class WorkingReport:
    """A document with real names, for the author, the panel and the board."""

    file: str
    write: Callable[[Working, Path], None]


@dataclass(frozen=True, slots=True)
class AnonymisedReport:
    """A pseudonymised document: a SafeReview and the board's rules of drafting are all that it can draw on.

    `wanted` tells whether a review has it: every review, where nothing is said.
    """

    file: str
    write: Callable[[SafeReview, Drafting, Path], None]
    wanted: Callable[[SafeReview], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class FolderOfReports:
    """Documents with real names, one for each agency, in a folder of their own; `write` returns the paths of those that it wrote."""

    folder: str
    write: Callable[[Working, Path], tuple[Path, ...]]


WORKING_REPORTS: tuple[WorkingReport, ...] = (
    WorkingReport("working/timeline.docx", working_document.write),  # first: it takes the most memory, and the draft follows beside it
    WorkingReport("working/timeline.xlsx", working_workbook.write),
    WorkingReport("working/timeline.html", working_page.write),
)
RECEIPTS = FolderOfReports("working/receipts", receipts.write)
ANONYMISED_REPORTS: tuple[AnonymisedReport, ...] = (
    AnonymisedReport("anonymised/draft-summary.docx", draft_summary.write),
    AnonymisedReport("anonymised/rapid-review.docx", rapid_review.write, rapid_review.wanted),
    AnonymisedReport("anonymised/learning-report.docx", learning_report.write),
    AnonymisedReport("anonymised/seven-minute-briefing.docx", learning_report.write_briefing),
    AnonymisedReport("anonymised/timeline.xlsx", anonymised_workbook.write),
    AnonymisedReport("anonymised/timeline.html", anonymised_page.write),
)
REPORTS: tuple[WorkingReport | AnonymisedReport, ...] = (*WORKING_REPORTS, *ANONYMISED_REPORTS)
