"""The parts of a draft that are quotations: the person's voice, good practice, the context of decisions, and what was known to whom and when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reports.draft import Draft
from reports.drafting import Theme
from reports.quotations import Place, plain, quotation
from reports.word_xml import Cell, WordColumn, heading, paragraph, table, text, words
from reports.wording import counted, listed
from timeline.safe import SafeAnalysis, SafeEvent
from timeline.wording import small_words
from timeline.wording.cues import Cue
from timeline.wording.lexicon import lexicon_of

_SAYS, _SHOWS, _RECORDED, _NONE = "voice.says", "voice.shows", "voice.recorded", "voice.none"
_VOICES = frozenset({_SAYS, _SHOWS, _RECORDED})
_GOOD = "patterns.good_practice"
_CHILD, _ADULT = ("seen.child", "seen.baby", "seen.children"), ("seen.adult", "seen.patient")
_OTHERS_OF_CHILD, _OTHERS_OF_ADULT = ("seen.others_of_child", "seen.workers"), ("seen.others_of_adult", "seen.workers")
_KNOWN_COLUMNS = (
    WordColumn("Agency", 3.2),
    WordColumn("First row that shows it", 2.8),
    WordColumn("What it recorded", 8.5),
    WordColumn("Rows", 2.0),
)
_OF_ONE = frozenset({"he", "she"})
_BEFORE = 4  # words before a word of saying in which the one who says it stands


def voice(draft: Draft) -> Iterator[str]:
    """What agencies wrote in a column for the person's voice, and what the person said or showed by the words of other rows."""
    yield text(
        "Taken from columns for the person's voice, and from rows in which the words say that the person told, wanted or felt something, or "
        "that wishes and feelings were recorded (rules/cues/voice.toml). A row whose words do not show whose voice it is is missing here.",
        "Note",
    )
    places = _voice_places(draft)
    yield from _quotations(draft, places, "No row holds words that the rules take for the person's own voice.")


def good_practice(draft: Draft) -> Iterator[str]:
    """What agencies wrote in a column for good practice, and rows that call something good practice."""
    places: dict[str, list[Place]] = {}
    for event in draft.safe.events:
        found = [(start, end) for meaning, start, end in event.cells if meaning == "good_practice" and event.text[start:end].strip()]
        found += [(cue.start, cue.end) for cue in draft.rows.cues[event.id] if cue.name == _GOOD and cue.plain]
        if found:
            places[event.id] = found
    for analysis in draft.safe.analyses:
        if found := [(cue.start, cue.end) for cue in draft.rows.cues[analysis.id] if cue.name == _GOOD and cue.plain]:
            places[analysis.id] = found
    yield from _quotations(draft, places, "No row, and no column for it, calls anything good practice. That says nothing of the practice.")


def context(draft: Draft) -> Iterator[str]:
    """Workload, staffing, supervision, the policy of the day and reasons given, as rows and analyses record them, without comment."""
    if not draft.drafting.contexts:
        yield text("No words for the context of decisions are set (rules/phrases.toml, [[context]]).")
        return
    yield text("Facts as they were recorded, by the words of Appendix A. They explain; they neither excuse nor blame.", "Note")
    for theme in draft.drafting.contexts:
        places = {
            serial: [(cue.start, cue.end) for cue in draft.rows.says(serial, "context", theme, planned=True)]
            for serial in draft.rows.sources
        }
        yield heading(theme.name, 2)
        yield from _quotations(draft, {serial: found for serial, found in places.items() if found}, "No row holds words of this.")


def known(draft: Draft) -> Iterator[str]:
    """For each matter the first row of each agency that shows it, in the order of the timeline, and the agencies of which none does."""
    yield text(
        "A row shows a matter where it says one of its words (Appendix A), neither denied nor only planned; what somebody told counts. Rows stand "
        "by the first day that their date can mean. That a row shows it does not say who read it; that no row does, not that nobody knew.",
        "Note",
    )
    not_shown = []
    for matter in draft.drafting.matters:
        shown: dict[str, list[tuple[SafeEvent, Cue]]] = {}
        for event in draft.safe.events:
            if cue := next(draft.rows.says(event.id, "known", matter), None):
                shown.setdefault(event.agency, []).append((event, cue))
        if len(shown) > 1:
            yield heading(matter.name, 2)
            yield from _knowing(draft, matter, shown)
        else:
            not_shown.append(matter.name.lower())
    if not_shown:
        yield text(f"No row, or rows of one agency only, show: {listed(not_shown)}.", "Note")


def _knowing(draft: Draft, matter: Theme, shown: Mapping[str, Sequence[tuple[SafeEvent, Cue]]]) -> Iterator[str]:
    rows = []
    for agency, told in shown.items():
        event, cue = told[0]
        quote = _quote(draft, event, [(cue.start, cue.end)])
        rows.append(
            (
                Cell(text(agency, "CellText")),
                Cell(paragraph(words(f"{event.date or 'undated'} "), draft.references([event.id]), style="CellText")),
                Cell(paragraph(quote, style="CellText")),
                Cell(text(f"{len(told):,}", "CellText")),
            )
        )
    yield table(_KNOWN_COLUMNS, rows, f"Which agency's rows show it, and since when: {matter.name}")
    if silent := [agency for agency in draft.safe.agencies if agency not in shown]:
        yield text(f"No row shows it: {listed(list(silent))}.", "Note")


def _quotations(draft: Draft, places: Mapping[str, Sequence[Place]], nothing: str) -> Iterator[str]:
    """A line for each row or analysis, with the clauses that hold the places; beyond the most that are quoted, references alone."""
    if not places:
        yield text(nothing)
    most = draft.drafting.phrases.most_quotations
    quoted, further = list(places)[:most], list(places)[most:]
    for serial in quoted:
        source = draft.rows.sources[serial]
        when = (f", {source.date}" if source.date else ", undated") if isinstance(source, SafeEvent) else ", its own analysis"
        quote = _quote(draft, source, places[serial])
        yield paragraph(
            words(source.agency, "Strong"), words(f"{when}: "), quote, words(" "), draft.references([serial]), style="ListBullet"
        )
    if further:
        yield paragraph(words(f"{counted(len(further), 'further row')}: ", "Emphasis"), draft.references(further))


def _quote(draft: Draft, source: SafeEvent | SafeAnalysis, places: Iterable[Place]) -> str:
    """The clauses of the source that hold the places, cell by cell, each in quotation marks or as the board decided."""
    within = [(start, end) for _, start, end in source.cells] if isinstance(source, SafeEvent) and source.cells else [(0, len(source.text))]
    pieces: list[Place] = []
    for start, end in within:
        inside = [(max(first, start) - start, min(last, end) - start) for first, last in places if first < end and last > start]
        if inside:
            pieces += [(start + each.start, start + each.end) for each in draft.rows.clauses_at(source.text[start:end], inside)]
    said = {piece: draft.instead(source.id, *piece) for piece in dict.fromkeys(pieces)}
    return words(" […] ").join(words(said[piece]) if said[piece] else quotation(source.text, piece, plain) for piece in said)


def _voice_places(draft: Draft) -> Mapping[str, list[Place]]:
    """Where each row holds the person's voice: its column, and words of saying after the person with nobody else between."""
    subjects = [person for person in draft.safe.people if person.kind == "subject"]
    adult = _of_an_adult(draft)
    lists = (_ADULT, _OTHERS_OF_ADULT) if adult else (_CHILD, _OTHERS_OF_CHILD)
    named = lexicon_of(
        {"subject": [person.pseudonym for person in subjects], "other": [p.pseudonym for p in draft.safe.people if p not in subjects]}
    )
    found: dict[str, list[Place]] = {}
    for event in draft.safe.events:
        cues = draft.rows.cues[event.id]
        column = [(start, end) for meaning, start, end in event.cells if meaning == "voice" and _says_something(event, cues, start, end)]
        may_be = [cue for cue in cues if cue.name in _VOICES and not (cue.denied or cue.planned)]
        people = sorted(
            [
                *_who(draft, event, cues, lists),
                *((first, name == "subject") for name, first, _ in named.found(draft.rows.words[event.id])),
            ]
            if may_be
            else ()
        )
        said = [(cue.start, cue.end) for cue in may_be if _is_voice(draft, event, cue, people)]
        if column or said:
            found[event.id] = [*column, *said]
    return found


def _who(draft: Draft, event: SafeEvent, cues: Sequence[Cue], lists: tuple[tuple[str, ...], tuple[str, ...]]) -> Iterator[tuple[int, bool]]:
    """(word, whether it is the person of the review) for each word that stands for somebody."""
    subjects, others = lists
    at = {word.start: place for place, word in enumerate(draft.rows.words[event.id])}
    for cue in cues:
        if cue.name in subjects:
            yield at[cue.start], True
        elif cue.name in others:
            yield at[cue.start], False


def _is_voice(draft: Draft, event: SafeEvent, cue: Cue, people: Sequence[tuple[int, bool]]) -> bool:
    """Whether a phrase is the person's: wishes and feelings as such, or said by the person who stands shortly before it in its clause, alone.

    In the review of an adult "he said" is the adult's where the cell has named nobody yet.
    """
    if cue.name == _RECORDED:
        return True
    text_words = draft.rows.words[event.id]
    place = next(number for number, word in enumerate(text_words) if word.start == cue.start)
    before = [(at, subject) for at, subject in people if place - _BEFORE <= at < place and text_words[at].clause == cue.clause]
    cell = max((start for _, start, end in event.cells if start <= cue.start < end), default=0)
    if _of_an_adult(draft) and not any(text_words[at].start >= cell and at < place for at, _ in people):
        return text_words[place - 1].text in _OF_ONE and bool(place)
    if not before or not all(subject for _, subject in before):
        return False
    between = {word.text for word in text_words[before[-1][0] + 1 : place]}
    told_of = text_words[place - 1].text in small_words.PASSIVE or (
        text_words[place : place + 2][-1].text == "to" and text_words[place].text == "said"
    )
    return not told_of and not between & (small_words.PRONOUNS | small_words.OURSELVES)


def _of_an_adult(draft: Draft) -> bool:
    return any(person.kind == "subject" and "adult" in person.role.casefold() for person in draft.safe.people)


def _says_something(event: SafeEvent, cues: Sequence[Cue], start: int, end: int) -> bool:
    """Whether a cell holds more than "not recorded"."""
    none = any(cue.name == _NONE and cue.start == start and cue.end >= end - 1 for cue in cues)
    return bool(event.text[start:end].strip(" -–—\n")) and not none
