"""Titles and ranks: beside names that are known, and with an initial or a collar number where no name stands."""

import re

from anonymise.recognising.index import Index
from anonymise.recognising.who import Named
from anonymise.rules import RecognitionRules
from anonymise.words.begun import Begun
from anonymise.words.texts import Clean, plain

TITLE_AND_INITIAL = Begun(
    re.compile(r"(?<!\w)(Mr|Mrs|Ms|Miss|Dr|Prof)\.? ([A-Z])(?![\w'])(?!\.? [A-Z][a-z])"), ("Mr", "Mrs", "Ms", "Miss", "Dr", "Prof")
)


def with_titles(number: int, text: Clean, index: Index, before_name: re.Pattern[str]) -> list[Named]:
    """The hits of one text, each widened to the title and the collar number before it."""
    named = []
    for hit in index.find(text):
        match = before_name.search(text.text, max(0, hit.start - 24), hit.start)
        bare = all(claim.part == "initials" for claim in hit.claims)
        if match and not bare and (match[1][0].isupper() or text.text[hit.start].islower()):
            named.append(Named(number, match.start(1), hit.end, hit, plain(match[1]), match[2] or ""))
        else:
            named.append(Named(number, hit.start, hit.end, hit, ""))
    return named


def title_pattern(rules: RecognitionRules) -> re.Pattern[str]:
    """A title or rank, with a collar number or an initial after it, at the end of what is searched."""
    titles = "|".join(sorted((re.escape(title) for title in rules.titles), key=len, reverse=True))
    return re.compile(rf"(?<![\w/])((?i:{titles}))\.? ?(?:(\d{{1,6}}[A-Z]{{0,2}}) )?(?:[A-Z]\.? )?\Z")


def rank_and_number(rules: RecognitionRules) -> Begun:
    """A rank with a collar number: "PC 214"."""
    ranks = [title for title, role in rules.titles.items() if role == "Police Officer"]
    spelt = "|".join(sorted(map(re.escape, ranks), key=len, reverse=True))
    return Begun(re.compile(rf"(?<![\w/])(?:(?i:{spelt}))\.? ?(\d{{1,6}}[A-Z]{{0,2}})(?!\w)"), ranks, goes_on=True)
