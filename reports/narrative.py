"""The narrative by period: the chosen rows in order, quoted clause by clause with their references. Nothing is invented."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from reports.draft import Draft
from reports.episodes import Account, Episode, Passage
from reports.quotations import Abbreviations, quotation
from reports.word_xml import heading, paragraph, text, words
from reports.wording import listed

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# what a discrepancy is about -> how the draft says it
MATTERS = {
    "date": "the date",
    "time": "the time",
    "who": "who was there",
    "injury": "the injury",
    "seen": "whether the person was seen",
    "outcome": "the outcome",
    "decision": "the decision",
}
_LEFT_OUT, _NEXT_CELL = "[…]", "; "


def narrative(draft: Draft) -> Iterator[str]:
    """A heading for each year and date that the policy's words allow, and under it a paragraph for each episode."""
    if not draft.episodes:
        yield text("No row of the timeline was chosen: there is none, or no rule applies.")
    if any(each.differences for each in draft.episodes):
        yield text("Underlined words are those in which accounts of what may be one event differ.", "Note")
    abbreviations = Abbreviations(draft.drafting.abbreviations)
    for period, of_period in groupby(draft.episodes, key=lambda each: _period(_date(each))):
        yield heading(_with_capital(period), 2)
        abbreviations.begin_anew()
        for date, of_date in groupby(of_period, key=_date):
            if date and date != period:
                yield heading(_with_capital(date), 3)
            for each in of_date:
                yield _paragraph(each, draft, abbreviations)


def _paragraph(episode: Episode, draft: Draft, abbreviations: Abbreviations) -> str:
    """One paragraph, a line for each account."""
    phrases = draft.drafting.phrases
    lines = []
    if len(episode.accounts) > 1:
        lines.append(words(phrases.together.format(number=len(episode.accounts)), "Emphasis"))
    for account in episode.accounts:
        dated = account.event.date != _date(episode)
        lines.append(_account(account, draft, abbreviations, dated=dated) + words(" ") + draft.references([account.event.id]))
    for serials in dict.fromkeys(each.events for each in episode.differences):
        about = [MATTERS.get(each.about, each.about or "what happened") for each in episode.differences if each.events == serials]
        before, after = phrases.differ.replace("{matter}", listed(list(dict.fromkeys(about)))).split("{references}")
        lines.append(words(before, "Emphasis") + draft.references(serials) + words(after, "Emphasis"))
    if episode.also:
        before, after = phrases.also.split("{references}")
        lines.append(words(before, "Emphasis") + draft.references(episode.also) + words(after, "Emphasis"))
    return paragraph(words("\n").join(lines))


def _account(account: Account, draft: Draft, abbreviations: Abbreviations, *, dated: bool) -> str:
    """What is told of a row: a sentence for what happened, one for each further column, in the row's order."""
    phrases, event = draft.drafting.phrases, account.event
    if not account.passages:
        return words(event.agency, "Strong") + words(" recorded a row with no words.")
    sentences: list[str] = []
    for meaning, group in groupby(account.passages, key=lambda each: each.meaning):
        phrase = (phrases.dated if dated and event.date else phrases.event) if meaning == "event" else str(getattr(phrases, meaning))
        if "{agency}" not in phrase and not sentences:
            phrase = f"{{agency}}{', {date}' if dated and event.date else ''}. {phrase}"
        sentences.append(_sentence(phrase.replace("{date}", event.date), event.agency, _quoted(account, list(group), draft, abbreviations)))
    return words(" ").join(sentences)


def _quoted(account: Account, pieces: Sequence[Passage], draft: Draft, abbreviations: Abbreviations) -> str:
    """The pieces of one column, each in quotation marks or as the board decided; a sign stands wherever something of a cell was left out."""
    cells = []
    for (start, end), group in groupby(pieces, key=lambda each: each.cell):
        runs, told = [], start
        for piece in group:
            if piece.start > told and account.event.text[told : piece.start].strip():
                runs.append(words(_LEFT_OUT))
            instead = draft.instead(account.event.id, piece.start, piece.end)
            place = (piece.start, piece.end)
            runs.append(words(instead) if instead else quotation(account.event.text, place, abbreviations.explain, account.differing))
            told = piece.end
        if account.event.text[told:end].strip():
            runs.append(words(_LEFT_OUT))
        cells.append(words(" ").join(runs))
    return words(_NEXT_CELL).join(cells)


def _sentence(phrase: str, agency: str, quote: str) -> str:
    """The phrase with the agency in bold and the quotation in its place."""
    before, after = phrase.split("{quote}")
    shown = before.split("{agency}")
    return words(agency, "Strong").join(words(part) if part else "" for part in shown) + quote + (words(after) if after else "")


def _date(episode: Episode) -> str:
    return episode.accounts[0].event.date


def _with_capital(words_of_date: str) -> str:
    return words_of_date[:1].upper() + words_of_date[1:]


def _period(date: str) -> str:
    year = _YEAR.search(date)
    return year[0] if year else date or "Undated"
