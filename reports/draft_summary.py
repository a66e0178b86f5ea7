"""anonymised/draft-summary.docx: the draft of an overview report, its sections in order; what only the author can write is left open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reports import colours, draft_appendices, draft_parts
from reports.draft import BANNER, Draft
from reports.drafting import Drafting
from reports.narrative import narrative
from reports.word_document import Page, write_document
from reports.word_xml import contents, heading, text
from timeline.safe import SafeReview


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report: its title, what the author is asked to write, what the rows fill in, and whether it begins a page."""

    title: str
    prompt: str = ""
    fill: Callable[[Draft], Iterator[str]] | None = None
    new_page: bool = False


SECTIONS = (
    Section("The decision to hold this review", "Who decided, when, and on which criteria; what the referral asked."),
    Section(
        "Parallel processes",
        "Criminal proceedings, inquest, care proceedings, complaints or disciplinary processes, and how they bear on this review.",
    ),
    Section("Period under review", "Why this period, and whether anything before it is taken in.", draft_parts.period),
    Section("The reviewer and the panel", "Who they are and what makes them independent."),
    Section("Agencies", "", draft_parts.agencies),
    Section(
        "Method", "How the review was carried out: conversations, learning events, records seen. How the rows were read is in Appendix A."
    ),
    Section("Terms of reference", "The questions that the board set."),
    Section("Involvement of the family", "Who was asked, who took part, and what they want the reader to know, in words they have agreed."),
    Section("The family", "What a reader needs to know and no more: the least detail that the learning needs.", draft_parts.family),
    Section("Background", "What was known before the period under review."),
    Section(
        "Narrative by period",
        "Taken from the rows as they stand. Check each quotation, then write on in your own words.",
        narrative,
        new_page=True,
    ),
    Section(
        "Involvement of each agency", "What each agency did, knew and shared, and the context in which it decided.", draft_parts.involvement
    ),
    Section(
        "Questions for the author", "Each comes from a printed rule. Ask the agencies; strike out what is answered.", draft_parts.questions
    ),
    Section(
        "Analysis by theme",
        "Why it made sense to those involved at the time. Two to three times as long as the narrative.",
        draft_parts.themes,
    ),
    Section(
        "The voice of the child or adult", "What life was like day to day for the person, from the person's own words.", draft_parts.voice
    ),
    Section("Good practice", "What was done well, and what made it possible.", draft_parts.good_practice),
    Section("Changes since", "What agencies have changed since the events, and how it is known to work."),
    Section("Conclusions", "Yours alone: the program draws none."),
    Section("Recommendations", "Yours alone: the program makes none."),
    Section("Glossary", "", draft_parts.glossary),
    Section("Appendix A: method, counts and limits", "", draft_appendices.method_and_limits, new_page=True),
    Section("Appendix B: the anonymised timeline", "", draft_appendices.anonymised_timeline, new_page=True),
)


def write(safe: SafeReview, drafting: Drafting, path: Path) -> None:
    """Write the draft overview report of a safe review, by the board's rules of drafting."""
    title = f"{safe.reference}: draft overview report"
    page = Page(title=title, reference=safe.reference, banner=BANNER, ink=colours.DRAFT_INK, fill=colours.DRAFT_FILL)
    write_document(path, page, _pieces(Draft(safe, drafting)))


def _pieces(draft: Draft) -> Iterator[str]:
    names = [f"section_{number}" for number in range(1, len(SECTIONS) + 1)]
    yield text("Draft overview report", "Title")
    yield text(f"{draft.safe.reference} · {draft.safe.title}", "Subtitle")
    yield text("A working draft for the author. Shaded notes say what is left to write; delete them as you go.", "Note")
    yield text("Contents", "ContentsTitle")
    yield contents([(section.title, name) for section, name in zip(SECTIONS, names, strict=True)])
    first = len(draft.safe.events) + 1  # the rows have the bookmarks before it
    for number, (section, name) in enumerate(zip(SECTIONS, names, strict=True), start=first):
        yield heading(section.title, 1, name, number, new_page=section.new_page)
        if section.prompt:
            yield text(f"For the author: {section.prompt}", "Prompt")
        if section.fill:
            yield from section.fill(draft)
