"""Which rows stand in the narrative: printed rules, each of which gives the rows it chooses and why."""

from collections.abc import Callable, Iterator, Mapping

from reports.drafting import Drafting
from reports.wording import kind_in_words
from timeline.safe import SafeReview

_SIDE_BY_SIDE = frozenset({"same-event", "duplicate"})
type Choice = tuple[str, str]  # serial of a row, why it is chosen


def choose(safe: SafeReview, drafting: Drafting) -> Mapping[str, tuple[str, ...]]:
    """The rows that stand in the narrative, by serial, with every reason; a row that is not in it was chosen by no rule."""
    reasons: dict[str, dict[str, None]] = {}
    for rule in RULES:
        for serial, reason in rule(safe, drafting):
            reasons.setdefault(serial, {})[reason] = None
    return {serial: tuple(each) for serial, each in reasons.items()}


def first_and_last(safe: SafeReview, drafting: Drafting) -> Iterator[Choice]:  # noqa: ARG001  every rule takes the same two
    """The first and the last row of each agency."""
    for agency in dict.fromkeys(event.agency for event in safe.events):
        own = [event.id for event in safe.events if event.agency == agency]
        yield own[0], "first row of the agency"
        yield own[-1], "last row of the agency"


def questioned(safe: SafeReview, drafting: Drafting) -> Iterator[Choice]:  # noqa: ARG001  every rule takes the same two
    """Every row that a question for the author rests on, unless the question only sets rows side by side (the same event, the same entry)."""
    for finding in safe.findings:
        for serial in () if finding.kind in _SIDE_BY_SIDE else finding.events:
            yield serial, f"a question rests on it ({kind_in_words(finding.kind).lower()})"


def telling_words(safe: SafeReview, drafting: Drafting) -> Iterator[Choice]:
    """Every row whose text holds one of the words of a theme; the themes and their words are listed below."""
    patterns = [(theme.name, theme.pattern()) for theme in drafting.themes]
    for event in safe.events:
        for name, pattern in patterns:
            if pattern.search(event.text):
                yield event.id, f"theme: {name}"


RULES: tuple[Callable[[SafeReview, Drafting], Iterator[Choice]], ...] = (first_and_last, questioned, telling_words)
