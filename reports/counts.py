"""What was counted, in plain words: the same in every anonymised document."""

from collections.abc import Mapping

IN_WORDS = {
    "agencies": "Agencies",
    "files": "Files received",
    "rows_read": "Rows read",
    "events": "Rows used: events in the timeline",
    "unread": "Rows that could not be read",
    "ignored": "Rows set aside (headings, guidance, totals, blanks)",
    "people": "People who are named",
    "doubtful": "Names that fit several people, or words that may be a name",
    "hidden": "Names, identifiers, dates and passages replaced",
    "passages_queued": "Passages that may tell who is meant without a name",
    "passages_hidden": "Of these, hidden in this draft",
    "rows_at_high_risk": "Rows whose passages together carry a high risk",
    "document_risk_percent": "Risk of this document, out of 100 (an order, not a probability)",
    "document_risk_percent_if_nothing_were_hidden": "The same risk if no passage were hidden",
    "intruder_percent_linked_by_words": "Intruder test: rows linked to their source by rare groups of words, of 100",
    "intruder_percent_linked_by_date": "Intruder test: by their date alone, of 100",
    "intruder_percent_linked_by_agency_date_and_kind": "Intruder test: by agency, date and kind of event, of 100",
    "intruder_percent_linked_together": "Intruder test: by any of these, of 100",
    "intruder_percent_by_guessing_within_a_date": "Intruder test: expected from guessing among the rows of one date, of 100",
}


def in_words(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """(what was counted, number) in one order; a count that has no words here comes last under its own name."""
    known = [(about, counts[name]) for name, about in IN_WORDS.items() if name in counts]
    return (*known, *((name.replace("_", " ").capitalize(), counts[name]) for name in sorted(counts.keys() - IN_WORDS.keys())))
