"""The review as it may leave the working folder: every string pseudonymised, serials for ids, no file name, hash or place.

Only `anonymise` makes a SafeText (a test holds that), so a document written from a SafeReview can show nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType

from timeline.queued import Verdict

SafeText = NewType("SafeText", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeEvent:
    """An event under a serial (`E0001`), its agency by type, its date generalised by the policy, its text pseudonymised."""

    id: SafeText
    agency: SafeText
    date: SafeText
    text: SafeText
    # characters start to end of `text` by meaning (event, action …), so that a draft can quote one column
    cells: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeAnalysis:
    """An agency's prose under a heading, pseudonymised."""

    id: SafeText
    agency: SafeText
    heading: SafeText
    text: SafeText


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeFinding:
    """A finding whose question, agencies and period are pseudonymised; `events` are serials.

    `entry` is its place among the entries that a reader is shown first, from 1 and the same for findings shown together; 0 where it is folded away.
    `about` is what of its kind it is: the matter of a discrepancy (`date`, `injury` …) or a pattern's id; empty where the kind says it all.
    `dismissed`: the author decided that it is no question.
    `phrases` are the words that it rests on: (serial, start, end) count characters of that event's `text`, end exclusive.
    """

    id: SafeText
    kind: str
    events: tuple[SafeText, ...]
    agencies: tuple[SafeText, ...]
    period: SafeText
    certainty: str
    rule: SafeText
    standard: SafeText
    source: SafeText
    question: SafeText
    entry: int = 0
    about: str = ""
    phrases: tuple[tuple[SafeText, int, int], ...] = ()
    dismissed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SafePerson:
    """Someone who is named in the draft: the pseudonym, the role in general words, and whether family or professional."""

    pseudonym: SafeText
    role: SafeText
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeReferral:
    """How a review came about, as a panel needs it.

    `days` are `incident`, `notified`, `referred` and `due` (the last day that the panel has) as the policy words them, those that are known
    and that it shows; `answers` what the referral says to each of its questions (`multi_agency`, `working_together`, `lessons`). `within` is
    the panel's time ("15 working days") and `source` where that number comes from, both empty where none is set. `at_incident` are the rows
    that can mean the day of the incident and no more than the week around it, `after_incident` those after it up to the referral; serials.
    """

    days: Mapping[str, SafeText] = field(default_factory=dict)
    answers: Mapping[str, SafeText] = field(default_factory=dict)
    within: str = ""
    source: str = ""
    at_incident: tuple[SafeText, ...] = ()
    after_incident: tuple[SafeText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeQuotation:
    """What the board decided on a quotation of a draft: characters start to end (exclusive) of an event's `text`, by its serial.

    It stays as it is ("keep"), is left out ("hide"), or the board's `words`, which are empty otherwise, stand in its
    place ("replace").
    """

    event: SafeText
    start: int
    end: int
    verdict: Verdict
    words: SafeText


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeReview:
    """All that an anonymised document may draw on. `counts` are numbers by name: rows_read, events, unread, ignored, agencies,
    hidden, and the figures of the jigsaw (passages_queued, document_risk_percent, intruder_percent_linked_by_words …).
    `quotations` are those that the board decided on.
    """

    reference: SafeText
    kind: str
    title: SafeText
    period: SafeText
    policy: SafeText
    agencies: tuple[SafeText, ...]
    people: tuple[SafePerson, ...]
    events: tuple[SafeEvent, ...]
    analyses: tuple[SafeAnalysis, ...]
    findings: tuple[SafeFinding, ...]
    counts: Mapping[str, int]
    referral: SafeReferral = SafeReferral()
    quotations: tuple[SafeQuotation, ...] = ()
