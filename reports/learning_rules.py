"""The board's general words for each kind of finding (rules/learning.toml), and how often each is raised: all that a learning report draws on."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from reports.board_rules import allow, number, tables
from reports.kinds import by_kind, under
from timeline.safe import SafeFinding

_FILE = "learning.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningTheme:
    """What findings of some kinds teach in general: a title, a sentence, a question for practice; `good` where it tells what was done well."""

    title: str
    found: str
    question: str
    good: bool = False


@dataclass(frozen=True)
class Learning:
    """Themes by kind of finding, why other kinds are left out, and how many themes stand on a briefing's one page."""

    themes: Mapping[str, LearningTheme]
    left_out: Mapping[str, str]
    themes_on_one_page: int = 5

    def theme(self, kind: str, about: str) -> LearningTheme | None:
        """The theme of a finding; None where its kind is left out."""
        return under(self.themes, kind, about)

    def why_left_out(self, kind: str, about: str) -> str:
        """Why findings of a kind are left out whole; empty where they are not."""
        return "" if self.theme(kind, about) else under(self.left_out, kind, about) or "no theme of rules/learning.toml is about its kind"

    @cached_property
    def in_order(self) -> tuple[LearningTheme, ...]:
        """The themes as the board ordered them."""
        return tuple(dict.fromkeys(self.themes.values()))


NO_LEARNING = Learning({}, {})


@dataclass(frozen=True, slots=True)
class Raised:
    """A theme and how many findings raise it: certain ones, and possible ones."""

    theme: LearningTheme
    certain: int
    possible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """All that a learning report draws on: numbers and the board's general words. It holds no word of a review."""

    raised: tuple[Raised, ...]
    agencies: int
    left_out: int
    themes_on_one_page: int


def learnt(findings: Iterable[SafeFinding], agencies: int, learning: Learning) -> Learnt:
    """The themes that the findings raise, in the board's order; what the author dismissed raises none."""
    counted: Counter[tuple[LearningTheme, bool]] = Counter()
    left_out = 0
    for finding in findings:
        theme = None if finding.dismissed else learning.theme(finding.kind, finding.about)
        if theme:
            counted[theme, finding.certainty == "certain"] += 1
        else:
            left_out += 1
    raised = (Raised(theme, counted[theme, True], counted[theme, False]) for theme in learning.in_order)
    return Learnt(
        raised=tuple(each for each in raised if each.certain + each.possible),
        agencies=agencies,
        left_out=left_out,
        themes_on_one_page=learning.themes_on_one_page,
    )


def read_learning(given: Mapping[str, object]) -> Learning:
    """The rules from the parsed learning.toml; CaseError names the key that is wrong and what is allowed."""
    allow(_FILE, given, ("theme", "left_out", "themes_on_one_page"))
    themes = [
        (each["kinds"], LearningTheme(title=each["title"], found=each["found"], question=each["question"], good=each.get("good", False)))
        for each in tables(_FILE, given, "theme", {"title": str, "kinds": list, "found": str, "question": str, "good": bool})
    ]
    left_out = [(each["kinds"], each["why"]) for each in tables(_FILE, given, "left_out", {"kinds": list, "why": str})]
    return Learning(by_kind(themes, _FILE), by_kind(left_out, _FILE), number(_FILE, given, "themes_on_one_page", 5))
