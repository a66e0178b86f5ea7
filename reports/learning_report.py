"""anonymised/learning-report.docx and its one-page briefing: what can be learnt, in the board's general words, with numbers.

Their parts take a `Learnt`, which holds no word of a review: whatever its rows say, the same findings give the same bytes.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from reports.drafting import Drafting
from reports.learning_rules import Learnt, Raised, learnt
from reports.word_template import fill
from reports.word_xml import heading, paragraph, text, words
from reports.wording import counted
from timeline.safe import SafeReview

REPORT, BRIEFING = "learning-report.docx", "seven-minute-briefing.docx"
type Places = Mapping[str, Callable[[Learnt], Iterator[str]]]
_NOTHING = "No rule has raised a question that a theme is about."


def write(safe: SafeReview, drafting: Drafting, path: Path) -> None:
    """Write the learning report on the board's template."""
    _write(safe, drafting, path, REPORT, "Learning report")


def write_briefing(safe: SafeReview, drafting: Drafting, path: Path) -> None:
    """Write the seven-minute briefing on the board's template."""
    _write(safe, drafting, path, BRIEFING, "Seven-minute briefing")


def _write(safe: SafeReview, drafting: Drafting, path: Path, name: str, title: str) -> None:
    held = learnt(safe.findings, len(safe.agencies), drafting.learning)
    path.write_bytes(fill(drafting.template(name), name, {"title": title}, {place: part(held) for place, part in PLACES[name].items()}))


def background(held: Learnt) -> Iterator[str]:
    """What the report rests on, in general words."""
    yield text(
        f"{counted(held.agencies, 'agency', 'agencies')} sent chronologies, which were set side by side. This report keeps what can be learnt and "
        "leaves the story out."
    )


def found(held: Learnt) -> Iterator[str]:
    """Each theme with its general sentence and how often it was raised."""
    shown = _not_good(held)
    if not shown:
        yield text(_NOTHING)
    for each in shown:
        yield heading(each.theme.title, 2)
        yield text(each.theme.found)
        yield text(_how_often(each), "Note")


def good_practice(held: Learnt) -> Iterator[str]:
    """What was done well, in general words."""
    shown = [each for each in held.raised if each.theme.good]
    if not shown:
        yield text("No rule has found good practice recorded. That is no proof that there was none.")
    for each in shown:
        yield paragraph(words(f"{each.theme.title}. ", "Strong"), words(each.theme.found))
        yield text(_how_often(each), "Note")


def questions(held: Learnt) -> Iterator[str]:
    """A question for practice for each theme."""
    if not held.raised:
        yield text(_NOTHING)
    for each in held.raised:
        yield paragraph(words(f"{each.theme.title}: ", "Strong"), words(each.theme.question), style="ListBullet")


def method(held: Learnt) -> Iterator[str]:
    """How the report was made and what it leaves out."""
    yield text(
        "Printed rules raised questions about chronologies. Each kind of question has a general sentence and a question for practice, which the "
        "board words; nothing else but numbers comes from this case. A number counts questions that rules raised: people decide what each one means."
    )
    left = counted(held.left_out, "question that rules raised has", "questions that rules raised have")
    yield text(
        f"{left} no theme here. Everything left out is listed for the board in the working timeline, sheet “Left out of the learning report”."
    )


def briefly_found(held: Learnt) -> Iterator[str]:
    """The first themes, a line each."""
    shown = _on_one_page(held)
    if not shown:
        yield text(_NOTHING)
    for each in shown:
        yield paragraph(words(f"{each.theme.title}. ", "Strong"), words(each.theme.found), style="ListBullet")


def briefly_asked(held: Learnt) -> Iterator[str]:
    """The questions of the first themes."""
    shown = _on_one_page(held)
    if not shown:
        yield text(_NOTHING)
    yield from (text(each.theme.question, "ListBullet") for each in shown)


# a document -> a place of its template -> what the findings give for it
PLACES: Mapping[str, Places] = {
    REPORT: {"background": background, "found": found, "good_practice": good_practice, "questions": questions, "method": method},
    BRIEFING: {"found": briefly_found, "questions": briefly_asked},
}


def _not_good(held: Learnt) -> tuple[Raised, ...]:
    return tuple(each for each in held.raised if not each.theme.good)


def _on_one_page(held: Learnt) -> tuple[Raised, ...]:
    return _not_good(held)[: held.themes_on_one_page]


def _how_often(each: Raised) -> str:
    parts = [f"{number:,} {name}" for number, name in ((each.certain, "certain"), (each.possible, "possible")) if number]
    return f"Raised {counted(each.certain + each.possible, 'time')}: {', '.join(parts)}."
