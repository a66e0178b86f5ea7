"""How drafts are worded and which rows they choose: the board's rules from phrases.toml and abbreviations.toml, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.resources import files

from reports.clauses import NO_CUES, NO_CUTS, ClauseRules
from reports.learning_rules import NO_LEARNING, Learning
from reports.rapid_rules import NO_RAPID_RULES, RapidRules
from timeline.errors import CaseError
from timeline.wording.cues import Cues
from timeline.wording.lexicon import lexicon_of


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences that quotations are set in, and how much is quoted; rules/phrases.toml says what each is for."""

    event: str = "{agency} recorded: {quote}"
    dated: str = "{agency}, {date}, recorded: {quote}"
    action: str = "Action or decision recorded: {quote}"
    rationale: str = "Reason recorded: {quote}"
    voice: str = "On the voice of the child or adult: {quote}"
    together: str = "Possibly one event, in {number} accounts."
    differ: str = "The accounts differ about {matter}: {references}."
    also: str = "Possibly the same event, in rows that are not told here: {references}."
    withheld: str = "[left out by the board’s decision]"
    replaced: str = "[in the board’s words: {words}]"
    whole_cell_characters: int = 300
    searchable_words: int = 12
    most_rows: int = 150
    most_accounts: int = 3
    most_quotations: int = 25


# what each phrase needs once, and what it may have
_PLACES = {
    "dated": (("{agency}", "{date}", "{quote}"), ()),
    "together": ((), ("{number}",)),
    "also": (("{references}",), ()),
    "withheld": ((), ()),
    "replaced": (("{words}",), ()),
    "differ": (("{matter}", "{references}"), ()),
    "event": (("{agency}", "{quote}"), ()),
}
_QUOTED = (("{quote}",), ("{agency}",))


@dataclass(frozen=True, slots=True)
class Theme:
    """Words and lists of rules/cues/ under the name of what they are about; `*` stands for any ending. `points` are what a row that says one
    of them earns towards the narrative.
    """

    name: str
    words: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    points: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What a row earns towards the narrative beside the points of its themes, and how many are enough to be told; `questions` by kind of finding."""

    enough: int = 3
    incident: int = 3
    several_agencies: int = 1
    first_or_last: int = 1
    questions: Mapping[str, int] = field(
        default_factory=lambda: {
            "discrepancy": 3,
            "no-action": 3,
            "unexplained-knowledge": 2,
            "unanswered-handover": 2,
            "late": 2,
            "pattern": 1,
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """The board's rules of drafting. They hold nothing of a review.

    `themes` make a row significant, `matters` are asked of each agency (who knew when), `contexts` are what decisions were made in; `cues` are
    the lists of rules/cues/. `learning` are the words of learning reports, `rapid` the rules of the rapid review pack. `templates` are the board's
    own Word templates by file name.
    """

    phrases: Phrases = Phrases()
    points: Points = Points()
    themes: tuple[Theme, ...] = ()
    matters: tuple[Theme, ...] = ()
    contexts: tuple[Theme, ...] = ()
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    clauses: ClauseRules = NO_CUTS
    cues: Cues = field(default=NO_CUES, repr=False)
    learning: Learning = NO_LEARNING
    rapid: RapidRules = NO_RAPID_RULES
    templates: Mapping[str, bytes] = field(default_factory=dict)

    def template(self, name: str) -> bytes:
        """The board's own template of that name, or the one that comes along."""
        return self.templates.get(name) or (files("reports") / "templates" / name).read_bytes()


def read_drafting(phrases: Mapping[str, object], abbreviations: Mapping[str, object], cues: Cues = NO_CUES) -> Drafting:
    """The rules from the parsed phrases.toml and abbreviations.toml; CaseError names the file and key that is wrong, and what is allowed."""
    _allow("phrases.toml", phrases, {"narrative", "points", "clauses", "significant", "known", "context"})
    _allow("abbreviations.toml", abbreviations, {"abbreviations"})
    meanings = abbreviations.get("abbreviations", {})
    if not isinstance(meanings, Mapping) or not all(isinstance(meaning, str) for meaning in meanings.values()):
        raise CaseError('abbreviations.toml: [abbreviations] is a table of texts ("GP" = "general practitioner"); put each in quotes')
    return Drafting(
        phrases=_phrases(phrases.get("narrative", {})),
        points=_points(phrases.get("points", {})),
        themes=_themes("significant", phrases, cues),
        matters=_themes("known", phrases, cues),
        contexts=_themes("context", phrases, cues),
        abbreviations=dict(meanings),
        clauses=_clauses(phrases.get("clauses", {}), cues),
        cues=cues,
    )


def _phrases(table: object) -> Phrases:
    if not isinstance(table, Mapping):
        raise CaseError("phrases.toml: narrative is a table; write [narrative] above it")
    kinds = {each.name: each.type for each in fields(Phrases)}
    _allow("phrases.toml [narrative]", table, set(kinds))
    for key, value in table.items():
        if kinds[key] is str:
            _check_phrase(key, value)
        elif type(value) is not int or value < 1:
            raise CaseError(f"phrases.toml [narrative]: {key} is a whole number above 0")
    return Phrases(**table)


def _points(table: object) -> Points:
    if not isinstance(table, Mapping):
        raise CaseError("phrases.toml: points is a table; write [points] above it")
    _allow("phrases.toml [points]", table, {each.name for each in fields(Points)})
    questions = table.get("questions", {})
    if not isinstance(questions, Mapping):
        raise CaseError("phrases.toml [points]: questions is a table of numbers by kind of finding")
    for key, value in (*((key, value) for key, value in table.items() if key != "questions"), *questions.items()):
        _check_points(f"[points]: {key}", value)
    return Points(**table)


def _check_points(where: str, value: object) -> None:
    if type(value) is not int or value < 0:
        raise CaseError(f"phrases.toml {where} is a whole number, 0 or more")


def _check_phrase(key: str, phrase: object) -> None:
    needed, further = _PLACES.get(key, _QUOTED)
    if not isinstance(phrase, str) or any(phrase.count(each) != 1 for each in needed):
        raise CaseError(f"phrases.toml [narrative]: {key} is a text with {' and '.join(needed) or 'no braces'} in it once")
    rest = phrase
    for each in (*needed, *further):
        rest = rest.replace(each, "")
    if "{" in rest or "}" in rest:
        raise CaseError(f"phrases.toml [narrative]: {key} has no other braces than {' and '.join((*needed, *further))}")


def _themes(key: str, phrases: Mapping[str, object], cues: Cues) -> tuple[Theme, ...]:
    tables = phrases.get(key, [])
    if not isinstance(tables, list):
        raise CaseError(f"phrases.toml: {key} is a list of tables; write [[{key}]] above each")
    return tuple(_theme(key, each, cues) for each in tables)


def _theme(key: str, table: object, cues: Cues) -> Theme:
    if not isinstance(table, Mapping) or not isinstance(table.get("name"), str) or not table.keys() & {"words", "lists"}:
        raise CaseError(f'phrases.toml [[{key}]]: each needs name = "…" and words = ["…"], or lists = ["…"] of rules/cues/')
    _allow(f"phrases.toml [[{key}]]", table, {"name", "words", "lists", *(["points"] if key == "significant" else [])})
    points = table.get("points", Theme("").points)
    _check_points(f"[[{key}]]: points", points)
    theme = Theme(table["name"], _texts(key, table.get("words", [])), _texts(key, table.get("lists", [])), points)
    if unknown := set(theme.lists) - cues.lexicon.names if cues.lexicon.names else ():
        raise CaseError(f"phrases.toml [[{key}]]: rules/cues/ has no list {', '.join(sorted(unknown))}")
    return theme


def _texts(key: str, given: object) -> tuple[str, ...]:
    words = [word for word in given if isinstance(word, str) and word.strip(" *")] if isinstance(given, list) else []
    if not isinstance(given, list) or len(words) != len(given):
        raise CaseError(f"phrases.toml [[{key}]]: words are texts, none of them empty or * alone")
    try:
        lexicon_of({key: words})
    except ValueError as error:
        raise CaseError(f"phrases.toml [[{key}]]: {error}") from None
    return tuple(words)


def _clauses(table: object, cues: Cues) -> ClauseRules:
    if not isinstance(table, Mapping):
        raise CaseError("phrases.toml: clauses is a table; write [clauses] above it")
    _allow("phrases.toml [clauses]", table, {each.name for each in fields(ClauseRules)} - {"cues"})
    return ClauseRules(**{key: _texts("clauses", value) for key, value in table.items()}, cues=cues)


def _allow(where: str, table: Mapping[str, object], allowed: set[str]) -> None:
    if unknown := sorted(table.keys() - allowed):
        raise CaseError(f"{where}: {', '.join(unknown)} is unknown; allowed: {', '.join(sorted(allowed))}")
