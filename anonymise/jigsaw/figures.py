"""The figures of the jigsaw: how many passages are queued, the risk of rows and document, and how the intruder test went."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anonymise.jigsaw.intruder import Intrusion, Row, intrusion
from anonymise.jigsaw.queue import Passages
from anonymise.jigsaw.risk import Risks, Setting, formula, risks
from anonymise.jigsaw.rules import JigsawRules
from anonymise.policy import Policy
from timeline.events import Event
from timeline.safe import SafeEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRecord:
    """What is known of the risk of the drafts as they stand: passages by kind as (queued, hidden), risks, the intruder test, and the formula."""

    kinds: Mapping[str, tuple[int, int]]
    risks: Risks
    high_rows: int
    intrusion: Intrusion
    formula: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """The figures that drafts show: numbers of passages, and shares in whole percent."""
        found = self.intrusion
        return {
            "passages_queued": sum(queued for queued, _ in self.kinds.values()),
            "passages_hidden": sum(hidden for _, hidden in self.kinds.values()),
            "rows_at_high_risk": self.high_rows,
            "document_risk_percent": round(100 * self.risks.document),
            "document_risk_percent_if_nothing_were_hidden": round(100 * self.risks.document_nothing_hidden),
            "intruder_percent_linked_by_words": _percent(found.by_words, found.passages),
            "intruder_percent_linked_by_date": _percent(found.by_date, found.passages),
            "intruder_percent_linked_by_agency_date_and_kind": _percent(found.by_combination, found.passages),
            "intruder_percent_linked_together": _percent(found.together, found.passages),
            "intruder_percent_by_guessing_within_a_date": _percent(found.by_chance_of_date, found.passages),
        }


def _percent(number: float, of: int) -> int:
    return round(100 * number / of) if of else 0


def risk_record(
    events: Sequence[Event],
    shown: Sequence[SafeEvent],
    passages: Passages,
    kinds: Mapping[str, tuple[str, ...]],
    by: tuple[Policy, JigsawRules, str | None],
) -> RiskRecord:
    """The figures of a review: `shown` are the events as published, in the same order; `by` is the policy, the rules and the jurisdiction."""
    policy, rules, jurisdiction = by
    hidden = passages.hidden_ids()
    queued = Counter(passage.kind for passage in passages.queue)
    covered = Counter(passage.kind for passage in passages.queue if passage.id in hidden)
    found = risks(passages.queue, hidden, rules.risk)
    rows = [
        Row(text=event.text, shown=safe.text, date=safe.date, agency=safe.agency, kinds=kinds.get(event.id, ()))
        for event, safe in zip(events, shown, strict=True)
    ]
    setting = Setting(rules.risk, {name: kind.weight for name, kind in rules.kinds.items()}, jurisdiction, policy.dates)
    return RiskRecord(
        kinds={kind: (number, covered[kind]) for kind, number in sorted(queued.items())},
        risks=found,
        high_rows=sum(risk >= rules.risk.high for risk in found.rows.values()),
        intrusion=intrusion(rows, rules.intruder_words),
        formula=formula(setting),
    )
