"""Views: what an author looks at as a whole: who was at work when, who told whom, when the person was last seen, who knew what when."""

from dataclasses import dataclass

from timeline.findings.evidence import Evidence
from timeline.views.contacts import Contacts, contacts_between
from timeline.views.known import Known, known_matters
from timeline.views.last_seen import LastSeen, last_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """The views that rest on what rows say; who was at work in which month (`months`) needs only the timeline."""

    contacts: tuple[Contacts, ...] = ()
    last_seen: tuple[LastSeen, ...] = ()
    known: tuple[Known, ...] = ()


def views_of(evidence: Evidence) -> Views:
    """Every view of a review; what was known is told of the matters that case.toml names."""
    return Views(contacts=contacts_between(evidence), last_seen=last_seen(evidence), known=known_matters(evidence))
