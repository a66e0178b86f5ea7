"""The contact matrix: which agency says that it told which, and how often the other wrote of it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median

from timeline.findings.evidence import Evidence
from timeline.findings.handovers.unanswered import Handover, handovers


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """The handovers from one agency to another: how many the recipient's rows answer, how many they do not, and how many they cannot.

    `median_lag_days` are the working days from sending to the recipient's row, in the middle of the answered ones; None without any.
    """

    sender: str
    recipient: str
    answered: int
    unanswered: int
    unanswerable: int
    median_lag_days: float | None

    @property
    def handovers(self) -> int:
        """All of them."""
        return self.answered + self.unanswered + self.unanswerable


def contacts_between(evidence: Evidence) -> tuple[Contacts, ...]:
    """The pairs of agencies between which a row tells of a handover, in the review's order of senders and then of recipients."""
    told: defaultdict[tuple[str, str], list[Handover]] = defaultdict(list)
    for each in handovers(evidence):
        told[each.sent.agency, each.recipient].append(each)
    places = {agency.name: place for place, agency in enumerate(evidence.case.agencies)}

    def order(pair: tuple[str, str]) -> tuple[tuple[int, str], ...]:
        return tuple((places.get(name, len(places)), name) for name in pair)

    return tuple(_contacts(sender, recipient, told[sender, recipient]) for sender, recipient in sorted(told, key=order))


def _contacts(sender: str, recipient: str, told: list[Handover]) -> Contacts:
    states = Counter(each.state for each in told)
    lags = [each.lag_days for each in told if each.lag_days is not None]
    return Contacts(
        sender=sender,
        recipient=recipient,
        answered=states["answered"],
        unanswered=states["unanswered"],
        unanswerable=states["unanswerable"],
        median_lag_days=median(lags) if lags else None,
    )
