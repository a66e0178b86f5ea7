"""anonymised/draft-summary.docx: the draft of an overview report, its sections in order; what only the author can write is left open."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from reports import draft_appendices, draft_parts, draft_quotes
from reports.draft import Draft
from reports.drafting import Drafting
from reports.narrative import narrative
from reports.word_template import fill
from timeline.safe import SafeReview

NAME = "draft-summary.docx"
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
    words = {"title": f"{safe.reference}: draft overview report", "reference": safe.reference, "case_title": safe.title}
    path.write_bytes(fill(drafting.template(NAME), NAME, words, {name: piece(draft) for name, piece in PLACES.items()}))
