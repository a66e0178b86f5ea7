"""Evidence of small invented timelines, with the rules that the program ships."""

import tomllib
from pathlib import Path

from tests.making import case
from timeline.findings import find
from timeline.findings.evidence import evidence_from
from timeline.patterns import patterns_from
from timeline.wording.agencies import roles_from
from timeline.wording.cues import cues_from
from timeline.wording.lexicon import lexicon_of

RULES = Path("rules")


def toml(name):
    return tomllib.loads((RULES / f"{name}.toml").read_text("utf-8"))


CUES = cues_from({path.stem: toml(f"cues/{path.stem}") for path in sorted((RULES / "cues").glob("*.toml"))})
ROLES = roles_from(toml("roles"))
SAME_WORDS = lexicon_of(toml("same_words"))
PATTERNS = patterns_from(toml("patterns"))
ABBREVIATIONS = {short.casefold(): words for short, words in toml("abbreviations")["abbreviations"].items()}


def evidence(merged, *, settings=None, **more):
    """Evidence of a timeline; `settings` go to the case, the rest to `evidence_from`."""
    agencies = tuple(dict.fromkeys(each.source.agency for each in merged.returns))
    given = {"cues": CUES, "same_words": SAME_WORDS, "roles": ROLES, "abbreviations": ABBREVIATIONS, "patterns": PATTERNS, **more}
    return evidence_from(case=case(*agencies, **(settings or {})), timeline=merged, **given)


def found(kind, merged, **more):
    """The findings of one kind in a timeline."""
    return [finding for finding in find(evidence(merged, **more)) if finding.kind == kind]
