"""What a question was held against, in plain words: no name of a setting or of a file stands in a draft."""

import re

from timeline.safe import SafeFinding

_SETTING = re.compile(r"\[findings\] \w+ of case\.toml, or its default")
_FILES = re.compile(r"[;,] (?:words in )?rules/[\w/]+\.toml(?:(?:,| and) [\w/]+\.toml)*")
_HIDDEN = re.compile(r" ?\(\[[^\[\]]*\]\)")  # a place that hiding took away says nothing


def rule_in_words(finding: SafeFinding) -> tuple[str, ...]:
    """The rule, the number that it holds against where the rule does not say it, and where that comes from; empty parts are left out."""
    rule = finding.rule.removeprefix(f"{finding.kind}: ")
    standard = re.sub(r"\b1 days\b", "1 day", finding.standard)
    return tuple(part for part in (rule, "" if standard in rule else standard, _source(finding.source)) if part)


def _source(said: str) -> str:
    """Where a number comes from; a source that names a setting or a file is the program's own text, and so is its "our own"."""
    plain = _FILES.sub("", _SETTING.sub("the board can set this number, or takes the usual one", said))
    if plain != said:
        plain = plain.replace("our own", "the program's own")
    return _HIDDEN.sub("", plain)
