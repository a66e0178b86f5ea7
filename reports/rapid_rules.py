"""The board's rules for the rapid review pack (rules/rapid_review.toml): its questions, what counts as a safety action, and the options."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.board_rules import allow, number, tables, texts
from reports.kinds import by_kind, under
from timeline.errors import CaseError
from timeline.wording.lexicon import Lexicon, lexicon_of

_FILE = "rapid_review.toml"


@dataclass(frozen=True, slots=True)
class ReferralQuestion:
    """A question of a referral: its key in case.toml, and how it is asked."""

    id: str
    asks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RapidRules:
    """What the pack goes by. `by_kind` gives the question that a kind of finding is evidence for, `left_out` why one is evidence for none."""

    questions: tuple[ReferralQuestion, ...] = ()
    by_kind: Mapping[str, ReferralQuestion] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    safety_actions: tuple[str, ...] = ()
    most_key_events: int = 20
    most_of_a_kind: int = 3

    def question(self, kind: str, about: str) -> ReferralQuestion | None:
        """The question that a finding is evidence for."""
        return under(self.by_kind, kind, about)

    @property
    def safety_words(self) -> Lexicon:
        """The words of immediate safety actions, as they are looked for."""
        return lexicon_of({"safety": self.safety_actions})


NO_RAPID_RULES = RapidRules()


def read_rapid_rules(given: Mapping[str, object]) -> RapidRules:
    """The rules from the parsed rapid_review.toml; CaseError names the key that is wrong and what is allowed."""
    allow(_FILE, given, ("question", "left_out", "option", "safety_actions", "most_key_events", "most_of_a_kind"))
    questions = [
        (each["kinds"], ReferralQuestion(each["id"], each["asks"]))
        for each in tables(_FILE, given, "question", {"id": str, "asks": str, "kinds": list})
    ]
    left_out = [(each["kinds"], each["why"]) for each in tables(_FILE, given, "left_out", {"kinds": list, "why": str})]
    actions = texts(_FILE, given, "safety_actions")
    try:
        lexicon_of({"safety": actions})
    except ValueError as error:
        raise CaseError(f"{_FILE}: safety_actions: {error}") from None
    return RapidRules(
        questions=tuple(question for _, question in questions),
        by_kind=by_kind(questions, _FILE),
        left_out=by_kind(left_out, _FILE),
        options=tuple(each["says"] for each in tables(_FILE, given, "option", {"says": str})),
        safety_actions=actions,
        most_key_events=number(_FILE, given, "most_key_events", 20),
        most_of_a_kind=number(_FILE, given, "most_of_a_kind", 3),
    )
