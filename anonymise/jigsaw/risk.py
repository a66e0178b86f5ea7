"""The risk of a passage, of a row and of the whole document, by a formula that is printed with its figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from anonymise.jigsaw.rules import RiskRules
from timeline.queued import QueuedPassage


@dataclass(frozen=True, slots=True)
class Setting:
    """What the risk of every passage of a review depends on: the constants, the kinds' weights, the place, and how exact its dates are."""

    rules: RiskRules
    weights: Mapping[str, float]
    jurisdiction: str | None
    dates: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risks:
    """The risk as the drafts stand: of each row by its text's id, of the whole document, and of the document if nothing were hidden."""

    rows: Mapping[str, float]
    document: float
    document_nothing_hidden: float


def passage_risk(kind: str, rows: int, others: int, setting: Setting) -> float:
    """The risk of a passage, 0 to 1; `rows` are those of the review that say it, `others` the other kinds of fact in its row."""
    rules = setting.rules
    points = (
        setting.weights[kind]
        + rules.rarity / max(1, rows)
        + rules.together * min(others, rules.most_together)
        + rules.small_place.get(setting.jurisdiction or "", 0.0)
        + rules.dates.get(setting.dates, 0.0)
    )
    return round(min(1.0, points), 3)


def risks(queue: Sequence[QueuedPassage], hidden: frozenset[str], rules: RiskRules) -> Risks:
    """The risk of rows and document with the passages of `hidden` (ids) hidden."""
    by_row: dict[str, dict[str, float]] = defaultdict(dict)
    left: dict[str, float] = {}
    all_shown: dict[str, float] = {}
    for passage in queue:
        now = passage.risk * (rules.when_hidden if passage.id in hidden else 1.0)
        row = by_row[passage.text_id]
        row[passage.kind] = max(now, row.get(passage.kind, 0.0))
        left[passage.kind] = max(now, left.get(passage.kind, 0.0))
        all_shown[passage.kind] = max(passage.risk, all_shown.get(passage.kind, 0.0))
    return Risks(
        rows={text_id: _joined(kinds.values(), 1.0) for text_id, kinds in by_row.items()},
        document=_joined(left.values(), rules.spread),
        document_nothing_hidden=_joined(all_shown.values(), rules.spread),
    )


def _joined(values: Iterable[float], spread: float) -> float:
    return round(1 - prod(1 - value / spread for value in values), 3)


def formula(setting: Setting) -> tuple[str, ...]:
    """How the risk was made, in sentences with the constants that were used."""
    rules = setting.rules
    place = rules.small_place.get(setting.jurisdiction or "", 0.0)
    passage = (
        f"Risk of a passage = the weight of its kind + {rules.rarity} / (rows of the review that say it) + {rules.together} x (other kinds of "
        f"fact in its row, at most {rules.most_together}) + {place} for the place + {rules.dates.get(setting.dates, 0.0)} for dates shown as "
        f"“{setting.dates}”; never over 1."
    )
    row = (
        "Risk of a row = 1 - the product of (1 - risk) over the riskiest passage of each kind; a passage that is hidden counts "
        f"{rules.when_hidden} of its risk."
    )
    return (
        passage,
        row,
        f"Risk of the document = 1 - the product of (1 - risk / {rules.spread}) over the riskiest passage of each kind.",
        "Weights: " + ", ".join(f"{kind} {weight}" for kind, weight in sorted(setting.weights.items())) + ".",
        "The weights are judgements, not measurements: the risk puts passages in order, and is no probability.",
    )
