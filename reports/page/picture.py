"""The lanes as a picture for Word documents, with what it shows in words for who cannot see it."""

from collections.abc import Iterator
from typing import Any

from reports import colours
from reports.page.model import Page
from reports.wording import counted, listed

LANE_HEIGHT, SCALE = 30, 2  # pixels; twice as many for print
_WIDTH, _NAMES = 800, 190  # pixels of the lanes, and at most of the agencies' names beside them
_GAP, _GAP_OUTLINE, _LINK, _PALE = "#ECE6DA", "#8A7A55", "#1F3A5F", "#E3E7EB"


def picture_of(page: Page) -> bytes:
    """The lanes of a page as PNG; the same page gives the same bytes. The chart is drawn in this process and nothing is fetched."""
    import altair as alt  # takes a second, which only documents with a picture should
    import vl_convert

    layers = alt.layer(*_layers(page, alt)).properties(
        width=_WIDTH, height=_height(page), padding={"left": 4, "right": 12, "top": 4, "bottom": 4}
    )
    chart = layers.configure(font="Liberation Sans, Arial, sans-serif").configure_view(stroke=f"#{colours.RULE}")
    return bytes(vl_convert.vegalite_to_png(chart.to_dict(), scale=SCALE, allowed_base_urls=[]))


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


def _height(page: Page) -> int:
    return LANE_HEIGHT * max(1, len(page.agencies))


def _layers(page: Page, alt: Any) -> Iterator[Any]:
    x = alt.X("left:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=None)
    names = alt.Axis(title=None, domain=False, ticks=False, labelFontSize=12, labelLimit=_NAMES, labelColor=f"#{colours.INK}")
    y = alt.Y("lane:N", scale=alt.Scale(domain=list(page.agencies), padding=0.35), axis=names)
    ink, tints = f"#{colours.INK}", colours.agency_tints(page.agencies)
    fill = alt.Fill("lane:N", legend=None, scale=alt.Scale(domain=list(tints), range=[f"#{tint}" for tint in tints.values()]))
    soft = f"#{colours.NOTE_INK}"

    def drawn(values: list[dict[str, object]]) -> Any:
        return alt.Chart(alt.Data(values=values))

    ticks: list[dict[str, object]] = [{"left": tick.left, "label": tick.label} for tick in page.ticks]
    yield drawn(ticks).mark_rule(stroke=_PALE).encode(x=x)
    yield drawn(ticks).mark_text(align="left", dx=3, fontSize=10, fill=soft).encode(x=x, y=alt.value(_height(page) + 10), text="label:N")
    whole, own = _gaps(page)
    yield drawn(whole).mark_rect(fill=_GAP, stroke=_GAP_OUTLINE, strokeDash=[3, 2]).encode(x=x, x2="right")
    yield drawn(own).mark_bar(fill=_GAP, stroke=_GAP_OUTLINE, strokeDash=[3, 2]).encode(x=x, x2="right", y=y)
    links: list[dict[str, object]] = [
        {"left": link.left, "lane": agency, "link": number} for number, link in enumerate(page.links) for agency in link.agencies
    ]
    yield drawn(links).mark_line(stroke=_LINK, strokeDash=[3, 2], strokeWidth=1).encode(x=x, y=y, detail="link:N")
    spans, marks = _rows(page)
    yield drawn(spans).mark_bar(height=5, stroke=ink, strokeWidth=0.7).encode(x=x, x2="right", y=y, fill=fill)
    yield drawn(marks).mark_point(size=55, stroke=ink, strokeWidth=1, opacity=1, filled=False).encode(x=x, y=y, fill=fill)


def _gaps(page: Page) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The silences of all, and those of one agency."""
    found: tuple[list[dict[str, object]], list[dict[str, object]]] = ([], [])
    for gap in page.gaps:
        found[bool(gap.agency)].append({"left": gap.left, "right": gap.left + gap.width, "lane": gap.agency})
    return found


def _rows(page: Page) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The rows that can mean several days as bars, and a mark in the middle of each row."""
    spans: list[dict[str, object]] = []
    marks: list[dict[str, object]] = []
    for row in page.rows:
        if row.left is not None:
            if row.width:
                spans.append({"left": row.left, "right": row.left + row.width, "lane": row.agency})
            marks.append({"left": row.left + row.width / 2, "lane": row.agency})
    return spans, marks
