"""anonymised/rapid-review.docx: the pack of a rapid review's panel; what the panel decides stays blank."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from reports.colours import agency_tints
from reports.draft import in_row_order, place
from reports.draft_parts import in_natural_order
from reports.drafting import Drafting
from reports.rapid_pack import RULES, TIMELINE, Pack
from reports.rapid_rules import ReferralQuestion
from reports.rows import cells
from reports.word_template import fill
from reports.word_xml import Cell, WordColumn, bookmark, check_box, heading, paragraph, table, text, words
from reports.wording import counted, kind_in_words, listed
from timeline.countdown import KIND
from timeline.safe import SafeEvent, SafeFinding, SafeReview

NAME = "rapid-review.docx"
_DAYS = {
    "incident": ("The incident", "incident_on"),
    "notified": ("The board was notified", "notified_on"),
    "referred": ("The referral was received", "referred_on"),
}
_BLANK = "\n\n"
_SIGN_AS = ("Panel Chair", "Independent Chair", "", "")
_COUNTS = {"rows_read": "Rows read", "events": "Rows used", "unread": "Rows that could not be read", "ignored": "Rows set aside"}
_MOST_REASONS = 2  # shown for one key event; Appendix B of the draft overview report has them all


def wanted(safe: SafeReview) -> bool:
    """Whether the review is a rapid review."""
    return safe.kind == KIND


def write(safe: SafeReview, drafting: Drafting, path: Path) -> None:
    """Write the pack of a safe review, by the board's rules and on its template."""
    pack = Pack(safe, drafting)
    said = {"title": f"{safe.reference}: rapid review", "reference": safe.reference, "case_title": safe.title}
    path.write_bytes(fill(drafting.template(NAME), NAME, said, {name: piece(pack) for name, piece in PLACES.items()}))


def countdown(pack: Pack) -> Iterator[str]:
    """The time that the panel has, and the days of the case as the policy words them."""
    referral = pack.safe.referral
    if referral.within:
        yield paragraph(
            words("The panel has "),
            words(referral.within, "Strong"),
            words(" from the referral; the day of the referral is not counted, nor are weekends and bank holidays."),
        )
        yield text(f"Where this number comes from: {referral.source}. The exact days stand in the working timeline, under Method.", "Note")
    else:
        why = "case.toml gives no day of the referral (referred_on), or no number is set for this place (timescale rapid-review)"
        yield text(f"The working days cannot be counted: {why}.")
    shown = [(about, referral.days.get(name) or f"not shown, or not in case.toml ({key})") for name, (about, key) in _DAYS.items()]
    if due := referral.days.get("due"):
        shown.append(("The last of these working days", due))
    rows = [[Cell(text(about, "CellText")), Cell(text(when, "CellText"))] for about, when in shown]
    rows.append([Cell(text("Working day on which the panel meets, to be filled in", "CellText")), Cell(text("", "FormText"))])
    yield table((WordColumn("Step", 7), WordColumn("When", 9.5)), rows, "The days of the case, in general words")


def incident(pack: Pack) -> Iterator[str]:
    """What agencies recorded of the day of the incident."""
    told = pack.safe.referral.at_incident
    yield text(
        "Recorded of that day, or of the days around it where a date is vague:"
        if told
        else "No row can be chosen: case.toml gives no day of the incident (incident_on), or no row can mean that day."
    )
    yield from (_quoted(pack, pack.events[serial], "event", marked=True) for serial in told if serial in pack.events)


def safety(pack: Pack) -> Iterator[str]:
    """The actions that agencies recorded from the day of the incident to the referral."""
    if pack.safety:
        yield text("Recorded from the day of the incident to the referral:")
        told = pack.safe.referral.at_incident
        yield from (_quoted(pack, pack.events[serial], "action", marked=serial not in told) for serial in pack.safety)
    else:
        yield text("No row from the day of the incident to the referral records a safety action, or that day is not known.")


def agencies(pack: Pack) -> Iterator[str]:
    """The agencies: how many rows of each, from when to when, whether it sent an analysis, and how many questions name it."""
    if not pack.agencies:
        yield text("No agency has contributed yet.")
        return
    columns = (WordColumn("Agency", 4), WordColumn("Rows", 1.5), WordColumn("First row", 3.4), WordColumn("Last row", 3.4))
    more = (WordColumn("Own analysis", 2.1), WordColumn("Questions", 2.1))
    tints = agency_tints(pack.agencies)
    rows = ([Cell(text(agency, "CellText"), tints[agency]), *_involvement(pack, agency)] for agency in pack.agencies)
    yield table((*columns, *more), rows, "Agencies and their involvement")
    yield text("Questions: those shown in this pack that name the agency. Each is a question, not a finding.", "Note")


def family(pack: Pack) -> Iterator[str]:
    """Who is who in the family, by pseudonym, and who else is named around it."""
    people = [person for kind in ("subject", "family") for person in in_natural_order(pack.safe.people) if person.kind == kind]
    if people:
        rows = ([Cell(text(person.pseudonym, "CellText")), Cell(text(person.role, "CellText"))] for person in people)
        yield table((WordColumn("In this pack", 6), WordColumn("Role", 10.5)), rows, "The family, by pseudonym")
    else:
        yield text("Nobody of the family is named in the rows.")
    around = [str(person.pseudonym) for person in in_natural_order(pack.safe.people) if person.kind == "associate"]
    if around:
        yield text(f"Others named around the family: {listed(around)}.", "Note")


def key_events(pack: Pack) -> Iterator[str]:
    """The key events, what the draft overview report would tell of each, with the reason."""
    if not pack.key_events:
        yield text("No row was chosen: there is none, or no rule applies.")
        return
    left = len(pack.chosen) - len(pack.key_events) - len(pack.quoted)
    more = f" The rules chose {counted(left, 'row')} more." if left > 0 else ""
    yield text(
        f"{len(pack.key_events):,} of {counted(len(pack.safe.events), 'row')}, beside those of the incident and of safety actions above; the rules "
        f"stand in the appendix.{more} Every row stands whole in the anonymised timeline ({TIMELINE}), to which references lead from here.",
        "Note",
    )
    yield _rows(pack, pack.key_events, "Key events")


def questions(pack: Pack) -> Iterator[str]:
    """Each question of the referral with its answer and its evidence by row."""
    for number, question in enumerate(pack.rules.questions, start=1):
        yield heading(f"{number}. {question.asks}", 2)
        yield heading("The referral's answer", 3)
        answer = pack.safe.referral.answers.get(question.id, "").strip()
        yield from (text(part, "Quote") for part in answer.split("\n") if part.strip())
        if not answer:
            yield text(f"case.toml gives none ([referral] {question.id}).")
        yield heading("Evidence in the rows", 3)
        yield from _evidence(pack, question, first=number == 1)


def options(pack: Pack) -> Iterator[str]:
    """What the panel can decide, to tick, and who signs: blank."""
    yield from (check_box(number, option) for number, option in enumerate(pack.rules.options, start=1))
    asked = ("Reasons for the decision", "What happens next, by whom and by when", "Anyone who disagreed, and why")
    form = ([Cell(text(about, "CellText")), Cell(text(_BLANK, "FormText"))] for about in asked)
    yield table((WordColumn("The decision", 5), WordColumn("To be filled in by the panel", 11.5)), form, "The decision, to be filled in")
    yield text("")
    columns = (WordColumn("Role", 4), WordColumn("Name", 4.5), WordColumn("Signature", 5), WordColumn("Date", 3))
    lines = ([Cell(text(role, "FormText")), *(Cell(text("\n", "FormText")) for _ in columns[1:])] for role in _SIGN_AS)
    yield table(columns, lines, "Signatures, to be filled in")


def method(pack: Pack) -> Iterator[str]:
    """How the pack was made: the rules that chose its rows, its counts, and what the program cannot do."""
    yield text("Key events are chosen by these rules, one after another, until the chronology is full; “Why” gives the weightiest reasons:")
    yield from (text(" ".join((rule.__doc__ or "").split()), "ListBullet") for rule in RULES)
    yield paragraph(
        words("An immediate safety action ", "Strong"),
        words(
            "is a row from the day of the incident to the referral with words in a column for actions, or with one of these, not denied and not only "
            f"planned: {', '.join(pack.rules.safety_actions)}."
        ),
    )
    for question in pack.rules.questions:
        kinds = [_kind_named(name) for name, asked in pack.rules.by_kind.items() if asked == question]
        yield paragraph(words(f"Evidence for “{question.asks}” ", "Strong"), words(f"is: {listed(kinds)}."))
    for name, why in pack.rules.left_out.items():
        yield text(f"{_kind_named(name)}: no evidence for a question, {why}.", "Note")
    known = ((about, pack.safe.counts[name]) for name, about in _COUNTS.items() if name in pack.safe.counts)
    yield text(f"{'; '.join(f'{about}: {number:,}' for about, number in known)}.")
    yield text(
        "It knows only what agencies sent; silence in the rows is not proof of no contact. That two rows tell one event is a proposal. Names were "
        f"hidden by a program, by the policy “{pack.safe.policy}”: a person must read every page."
    )


# a place of the template -> what the rows give for it
PLACES: Mapping[str, Callable[[Pack], Iterator[str]]] = {
    "countdown": countdown,
    "incident": incident,
    "safety": safety,
    "agencies": agencies,
    "family": family,
    "key_events": key_events,
    "questions": questions,
    "options": options,
    "method": method,
}


def _involvement(pack: Pack, agency: str) -> Iterator[Cell]:
    own = [event for event in pack.safe.events if event.agency == agency]
    yield Cell(text(f"{len(own):,}", "CellText"))
    for serial in pack.edges.get(agency, ("", "")):
        event = pack.events.get(serial)
        yield Cell(
            paragraph(words(f"{event.date or 'undated'} "), pack.references([serial]), style="CellText") if event else text("–", "CellText")
        )
    yield Cell(text("yes" if any(each.agency == agency for each in pack.safe.analyses) else "none", "CellText"))
    yield Cell(text(str(sum(bool(each.entry) and agency in each.agencies for each in pack.safe.findings)), "CellText"))


def _evidence(pack: Pack, question: ReferralQuestion, *, first: bool) -> Iterator[str]:
    if first:
        having = [f"{agency} ({counted(sum(e.agency == agency for e in pack.safe.events), 'row')})" for agency in pack.edges]
        yield text(
            f"{counted(len(having), 'agency', 'agencies')} recorded involvement: {listed(having)}." if having else "No agency has rows."
        )
    entries = pack.evidence(question)
    for kind, of_kind in groupby(entries, key=lambda together: together[0].kind):
        asked = list(of_kind)
        yield paragraph(words(kind_in_words(kind), "Strong"), keep_next=True)
        yield from (_entry(pack, together) for together in asked[: pack.rules.most_of_a_kind])
        if rest := in_row_order({serial for together in asked[pack.rules.most_of_a_kind :] for each in together for serial in each.events}):
            number = len(asked) - pack.rules.most_of_a_kind
            yield paragraph(words(f"{counted(number, 'more question')} of this kind, on "), pack.references(rest), style="ListBullet")
    further = pack.further(question)
    if further:
        more = ", ".join(f"{name} {number:,}" for name, number in further.items())
        yield text(f"Further questions, which the board's working timeline lists: {more}.", "Note")
    if not entries and not further and not (first and pack.edges):
        yield text("No rule found evidence in the rows. That is no proof that there is none.")


def _entry(pack: Pack, together: Sequence[SafeFinding]) -> str:
    """One entry: the question of its first finding, and the rows of those like it."""
    finding, *others = together
    doubt = " (possible, not certain)" if finding.certainty == "possible" else ""
    runs = [words(f"{finding.question}{doubt} "), pack.references(in_row_order(finding.events))]
    rows = in_row_order({serial for other in others for serial in other.events} - set(finding.events))
    if rows:
        runs += [words(f" {counted(len(others), 'other')} like it: "), pack.references(rows)]
    return paragraph(*runs, style="ListBullet")


def _quoted(pack: Pack, event: SafeEvent, meaning: str, *, marked: bool) -> str:
    """What the row says in its column of a meaning, or all of it, whole; `marked` makes it the place that references lead to."""
    places = [(start, end) for each, start, end in event.cells if each == meaning] if any(cells(event, meaning)) else [(0, len(event.text))]
    said = "\n".join(piece for place in places if (piece := pack.draft.as_decided(event, *place).strip()))
    quote = f": “{said}” " if said else " recorded a row with no words. "
    number = list(pack.events).index(event.id) + 1
    named = bookmark(words(f"[{event.id}]"), place(event.id), number) if marked else pack.references([event.id])
    return paragraph(words(event.agency, "Strong"), words(f", {event.date}{quote}"), named, style="ListBullet")


def _rows(pack: Pack, events: Iterable[SafeEvent], about: str) -> str:
    columns = (
        WordColumn("Row", 1.5),
        WordColumn("Date", 2.3),
        WordColumn("Agency", 2.6),
        WordColumn("What was recorded", 7.4),
        WordColumn("Why", 2.8),
    )
    tints, numbers = agency_tints(pack.agencies), {serial: number for number, serial in enumerate(pack.events, start=1)}
    return table(columns, (_row(pack, event, numbers[event.id], tints[event.agency]) for event in events), about)


def _row(pack: Pack, event: SafeEvent, number: int, tint: str) -> tuple[Cell, ...]:
    return (
        Cell(paragraph(bookmark(words(event.id), place(event.id), number), style="CellText")),
        Cell(text(event.date, "CellText")),
        Cell(text(event.agency, "CellText"), tint),
        Cell(text(pack.told(event), "CellText")),
        Cell(text(_why(pack, event.id), "CellNote")),
    )


def _why(pack: Pack, serial: str) -> str:
    """The reasons for a row that earn most points, and how many more there are."""
    points = pack.draft.ranks.points.get(serial, {})
    reasons = sorted(pack.chosen[serial], key=lambda reason: -points.get(reason, 0))
    more = len(reasons) - _MOST_REASONS
    shown = [reason.removeprefix("theme: ").removeprefix("question: ") for reason in reasons[:_MOST_REASONS]]
    said = "; ".join([*shown, f"{more} more"] if more > 0 else shown)
    return said[:1].upper() + said[1:]


def _kind_named(name: str) -> str:
    kind, _, about = name.partition("/")
    return f"{kind_in_words(kind).lower()} ({about.replace('-', ' ')})" if about else kind_in_words(kind).lower()
