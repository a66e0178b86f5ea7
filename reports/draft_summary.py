"""anonymised/draft-summary.docx: the draft of an overview report, its sections in order; what only the author can write is left open."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from reports import draft_appendices, draft_parts, draft_quotes
from reports.draft import Draft
from reports.drafting import Drafting
from reports.narrative import narrative
from reports.page.anonymised_page import page_of
from reports.page.model import Page
from reports.page.picture import in_words, picture_of
from reports.word_template import fill
from reports.word_xml import picture, text
from timeline.safe import SafeReview

NAME, LANES = "draft-summary.docx", "lanes"  # the document, and the place of its picture
_WIDTH_CM = 16.6
# a place of the template -> what the rows give for it
PLACES: Mapping[str, Callable[[Draft], Iterator[str]]] = {
    "period": draft_parts.period,
    "agencies": draft_parts.agencies,
    "family": draft_parts.family,
    "narrative": narrative,
    "involvement": draft_parts.involvement,
    "known": draft_quotes.known,
    "questions": draft_parts.questions,
    "context": draft_quotes.context,
    "themes": draft_parts.themes,
    "voice": draft_quotes.voice,
    "good_practice": draft_quotes.good_practice,
    "glossary": draft_parts.glossary,
    "method": draft_appendices.method_and_limits,
    "timeline": draft_appendices.anonymised_timeline,
}


def write(safe: SafeReview, drafting: Drafting, path: Path) -> None:
    """Write the draft overview report of a safe review, by the board's rules of drafting and on its template."""
    draft = Draft(safe, drafting)
    page = page_of(draft.rows)
    drawn = {LANES: picture_of(page, _WIDTH_CM)}
    words = {"title": f"{safe.reference}: draft overview report", "reference": safe.reference, "case_title": safe.title}
    places = {name: piece(draft) for name, piece in PLACES.items()} | {LANES: _lanes(page, drawn[LANES])}
    path.write_bytes(fill(drafting.template(NAME), NAME, words, places, drawn))


def _lanes(page: Page, png: bytes) -> Iterator[str]:
    """The picture of the lanes with its alternative text."""
    if not page.rows:
        yield text("The timeline has no row.")
        return
    yield picture(LANES, png, _WIDTH_CM, in_words(page))
    yield text(
        f"Each mark is a row; a bold one is a row that a question rests on. They stand {page.axis}. A shaded stretch lies between the rows around "
        "a silence of one agency, or of all; a dashed upright line joins rows that may tell one event.",
        "Note",
    )
