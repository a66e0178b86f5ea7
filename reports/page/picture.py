"""The lanes as a picture for Word documents, with what it shows in words for who cannot see it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from reports.page.model import Page, PageRow, Tick
from reports.page.render import LANE_HEIGHT, rendered, tints_style
from reports.wording import counted, listed

_SCALE, _PER_CM = 2, 38  # pixels: twice as many for print; of a centimetre, so that letters stay as large as those of a note
_APART = 2  # pixels between two marks that can be told apart
_MOST_LETTERS, _NAME_LETTER, _TICK_LETTER, _FOOT = 34, 6.6, 5.4, 26  # pixels of a letter, and of the axis below the lanes


def picture_of(page: Page, width_cm: float) -> bytes:
    """The lanes of a page as PNG, to be shown so wide; the same page gives the same bytes. It is drawn in this process and nothing is fetched.

    The lanes are those of the page itself: a chart library that drew them before took thirty times the processor time.
    """
    import vl_convert

    longest = max((min(len(agency), _MOST_LETTERS) for agency in page.agencies), default=0)
    width, names = round(width_cm * _PER_CM), round(longest * _NAME_LETTER) + 16
    shown = replace(page, ticks=tuple(_with_room(page.ticks, width - names)), rows=tuple(_seen(page.rows, width - names)))
    size = {"width": width, "height": LANE_HEIGHT * max(1, len(page.agencies)) + _FOOT, "names": names}
    svg = rendered("picture.svg", shown, **size, most_letters=_MOST_LETTERS, tints_style=Markup(tints_style()))  # noqa: S704  our own colours
    return bytes(vl_convert.svg_to_png(svg, scale=_SCALE))


def _seen(rows: Sequence[PageRow], pixels: int) -> Iterator[PageRow]:
    """One of the rows whose marks and bars would cover one another, one that a question rests on before others."""
    taken: set[tuple[str, int, int]] = set()
    for row in sorted(rows, key=lambda row: not row.questions):
        middle, width = (round(each * pixels / 100 / _APART) for each in ((row.left or 0.0) + row.width / 2, row.width))
        at = (row.agency, middle, width)
        if row.left is not None and at not in taken:
            taken.add(at)
            yield row


def _with_room(ticks: Sequence[Tick], pixels: int) -> Iterator[Tick]:
    """The ticks, each with its label where that fits beside the one before and inside the picture."""
    free = 0.0
    for tick in ticks:
        at, width = tick.left * pixels / 100, len(tick.label) * _TICK_LETTER + 8
        fits = at >= free and at + width <= pixels
        free = at + width if fits else free
        yield tick if fits else replace(tick, label="")


def in_words(page: Page) -> str:
    """What the picture shows, in words: its alternative text."""
    drawn = [row for row in page.rows if row.left is not None]
    whole = [gap for gap in page.gaps if not gap.agency]
    parts = [
        f"Lanes of {counted(len(page.agencies), 'agency', 'agencies')} ({listed(list(page.agencies))})",
        f"{counted(len(drawn), 'row')} placed {page.axis.partition(';')[0]}",
        f"from {drawn[0].group} to {drawn[-1].group}" if drawn else "",
        f"{counted(len(whole), 'silence')} of all agencies and {len(page.gaps) - len(whole)} of one" if page.gaps else "",
        f"{counted(len(page.links), 'group')} of rows that may tell one event" if page.links else "",
    ]
    return "; ".join(part for part in parts if part) + ". The table holds every row."
