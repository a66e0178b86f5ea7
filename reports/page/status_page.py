"""The list of reviews as one page: how each stands, its agencies, what is to be done and its runs; no script, nothing fetched, no name."""

from reports.page.model import StatusPage
from reports.page.render import hash_of, page_style, templates_of_pages

_BANNER = "FOR THE BOARD: references and counts of reviews; no names"


def status_html(page: StatusPage) -> str:
    """The page as HTML; every text of it is escaped."""
    style = page_style(_BANNER, working=False)
    return templates_of_pages().get_template("status.html").render(page=page, banner=_BANNER, style=style, style_hash=hash_of(style))
