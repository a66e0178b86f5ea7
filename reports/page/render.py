"""A page as one HTML file: style and script stand in it and are allowed by their hashes alone, and nothing is fetched from anywhere."""

from base64 import b64encode
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports import colours
from reports.page.model import Page
from reports.printable import printable

_TEMPLATES = Path(__file__).parent.parent / "templates" / "page"
LANE_HEIGHT = 34


def write_page(page: Page, path: Path) -> None:
    """Write the page; every text of it is escaped."""
    style = f"{page_style(page.banner, working=page.working)}{tints_style()}\n"
    script = (_TEMPLATES / "page.js").read_text("utf-8")
    kind_of = {question.number: question.kind for question in page.questions}
    html = rendered(
        "page.html",
        page,
        style=style,
        script=script,
        style_hash=hash_of(style),
        script_hash=hash_of(script),
        groups=[(name, list(rows)) for name, rows in groupby(page.rows, key=lambda row: row.group)],
        people=sorted({person for row in page.rows for person in row.people}),
        kinds=sorted({kind for row in page.rows for kind in row.kinds}),
        question_kinds=list(dict.fromkeys(question.kind for question in page.questions)),
        kind_of=kind_of,
        first=sorted((question for question in page.questions if question.entry), key=lambda each: each.entry),
        folded=[question for question in page.questions if not question.entry],
    )
    path.write_text(html, encoding="utf-8")


def rendered(template: str, page: Page, **values: object) -> str:
    """What a template of templates/page/ gives of a page; the lanes are the same in the page and in the picture."""
    templates = templates_of_pages()
    lane_of = {name: number for number, name in enumerate(page.agencies)}
    kind_of = {question.number: question.kind for question in page.questions}
    templates.filters |= {"lane": lane_of.__getitem__, "kind": kind_of.__getitem__}
    shared = {"page": page, "lanes": list(enumerate(page.agencies)), "lane_of": lane_of}
    return templates.get_template(template).render(**shared, tints=len(colours.TINTS), lane_height=LANE_HEIGHT, **values)


def templates_of_pages() -> Environment:
    """The templates of templates/page/: what is put into them is escaped, and a value that they lack is an error."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def tints_style() -> str:
    """The style of the agencies' colours, by number of their lane."""
    return "\n".join(f".t{number} {{ fill: #{tint}; background: #{tint}; }}" for number, tint in enumerate(colours.TINTS))


def page_style(banner: str, *, working: bool) -> str:
    """The style that pages share, with the banner at the head of every printed page, red where the page is `working`."""
    ink = colours.WARNING_INK if working else colours.DRAFT_INK
    said = "".join(f"\\{ord(sign):06x}" for sign in banner)  # every sign by its number: no banner can end the text or the style
    printed = f"@media print {{ @page {{ @top-center {{ content: '{said}'; font: bold 9pt Arial, sans-serif; color: #{ink}; }} }} }}"
    return f"{(_TEMPLATES / 'page.css').read_text('utf-8')}{printed}\n"


def _shown(value: object) -> object:
    """A text with the characters that no document may hold shown as signs; anything else as it is."""
    return printable(value) if type(value) is str else value


def hash_of(text: str) -> str:
    """The hash by which a page allows its own style or script."""
    return b64encode(sha256(text.encode()).digest()).decode()
