"""How drafts are worded and which rows they choose: the board's rules from phrases.toml and abbreviations.toml, as values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.resources import files

from timeline.errors import CaseError


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences that quotations are set in, and how many characters of one row's cell are quoted at most."""

    event: str = "{agency} recorded: {quote}"
    action: str = "Action or decision recorded: {quote}"
    voice: str = "On the voice of the child or adult: {quote}"
    same_event: str = "Possibly told by others too: {references}."
    longest_quotation_characters: int = 1200


@dataclass(frozen=True, slots=True)
class Theme:
    """Words that make a row significant, under the name of what they are about; `*` stands for any ending."""

    name: str
    words: tuple[str, ...]

    def pattern(self) -> re.Pattern[str]:
        """What finds one of the words in a text, whole and in any case."""
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(_as_pattern, self.words)) or '(?!)'})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """The board's rules of drafting. They hold nothing of a review. `templates` are the board's own Word templates by file name."""

    phrases: Phrases = Phrases()
    themes: tuple[Theme, ...] = ()
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, bytes] = field(default_factory=dict)

    def template(self, name: str) -> bytes:
        """The board's own template of that name, or the one that comes along."""
        return self.templates.get(name) or (files("reports") / "templates" / name).read_bytes()


def read_drafting(phrases: Mapping[str, object], abbreviations: Mapping[str, object]) -> Drafting:
    """The rules from the parsed phrases.toml and abbreviations.toml; CaseError names the file and key that is wrong, and what is allowed."""
    _allow("phrases.toml", phrases, {"narrative", "significant"})
    _allow("abbreviations.toml", abbreviations, {"abbreviations"})
    meanings = abbreviations.get("abbreviations", {})
    if not isinstance(meanings, Mapping) or not all(isinstance(meaning, str) for meaning in meanings.values()):
        raise CaseError('abbreviations.toml: [abbreviations] is a table of texts ("GP" = "general practitioner"); put each in quotes')
    themes = phrases.get("significant", [])
    if not isinstance(themes, list):
        raise CaseError("phrases.toml: significant is a list of tables; write [[significant]] above each")
    return Drafting(
        phrases=_phrases(phrases.get("narrative", {})), themes=tuple(_theme(each) for each in themes), abbreviations=dict(meanings)
    )


def _phrases(table: object) -> Phrases:
    if not isinstance(table, Mapping):
        raise CaseError("phrases.toml: narrative is a table; write [narrative] above it")
    _allow("phrases.toml [narrative]", table, {each.name for each in fields(Phrases)})
    for key, value in table.items():
        if key != "longest_quotation_characters":
            _check_phrase(key, value)
        elif type(value) is not int or value < 1:
            raise CaseError("phrases.toml [narrative]: longest_quotation_characters is a whole number above 0")
    return Phrases(**table)


def _check_phrase(key: str, phrase: object) -> None:
    wanted, further = ("{references}", "") if key == "same_event" else ("{quote}", "{agency}")
    if not isinstance(phrase, str) or phrase.count(wanted) != 1:
        raise CaseError(f"phrases.toml [narrative]: {key} is a text with {wanted} in it once")
    rest = phrase.replace(wanted, "").replace(further or wanted, "")
    if "{" in rest or "}" in rest:
        raise CaseError(f"phrases.toml [narrative]: {key} has no other braces than {' and '.join(filter(None, (wanted, further)))}")


def _theme(table: object) -> Theme:
    if not isinstance(table, Mapping) or not isinstance(table.get("name"), str) or not isinstance(table.get("words"), list):
        raise CaseError('phrases.toml [[significant]]: each needs name = "…" and words = ["…"]')
    _allow("phrases.toml [[significant]]", table, {"name", "words"})
    words = [word for word in table["words"] if isinstance(word, str) and word.strip(" *")]
    if len(words) != len(table["words"]):
        raise CaseError("phrases.toml [[significant]]: words are texts, none of them empty or * alone")
    return Theme(table["name"], tuple(words))


def _allow(where: str, table: Mapping[str, object], allowed: set[str]) -> None:
    if unknown := sorted(table.keys() - allowed):
        raise CaseError(f"{where}: {', '.join(unknown)} is unknown; allowed: {', '.join(sorted(allowed))}")


def _as_pattern(word: str) -> str:
    return r"\s+".join(re.escape(part).replace(r"\*", r"\w*") for part in word.split())
