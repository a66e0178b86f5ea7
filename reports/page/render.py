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
    templates = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    lane_of = {name: number for number, name in enumerate(page.agencies)}
    kind_of = {question.number: question.kind for question in page.questions}
    templates.filters |= {"lane": lane_of.__getitem__, "kind": kind_of.__getitem__}
    tints = "\n".join(f".t{number} {{ fill: #{tint}; background: #{tint}; }}" for number, tint in enumerate(colours.TINTS))
    style = f"{(_TEMPLATES / 'page.css').read_text('utf-8')}{tints}\n"
    script = (_TEMPLATES / "page.js").read_text("utf-8")
    html = templates.get_template("page.html").render(
        page=page,
        style=style,
        script=script,
        style_hash=_hash_of(style),
        script_hash=_hash_of(script),
        lanes=list(enumerate(page.agencies)),
        lane_of=lane_of,
        tints=len(colours.TINTS),
        lane_height=LANE_HEIGHT,
        groups=[(name, list(rows)) for name, rows in groupby(page.rows, key=lambda row: row.group)],
        people=sorted({person for row in page.rows for person in row.people}),
        kinds=sorted({kind for row in page.rows for kind in row.kinds}),
        question_kinds=list(dict.fromkeys(question.kind for question in page.questions)),
        kind_of=kind_of,
        first=sorted((question for question in page.questions if question.entry), key=lambda each: each.entry),
        folded=[question for question in page.questions if not question.entry],
    )
    path.write_text(html, encoding="utf-8")


def _shown(value: object) -> object:
    """A text with the characters that no document may hold shown as signs; anything else as it is."""
    return printable(value) if type(value) is str else value


def _hash_of(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
