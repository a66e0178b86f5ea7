"""The list of reviews as a page: the same words, nothing fetched, in a real browser checked by axe and printed."""

import re
import shutil
import stat

import pypdfium2
import pytest

from pipelines.cli import main
from pipelines.nightly.status import statuses
from pipelines.nightly.telling import page_of
from reports.page.model import StatusPage, StatusRow
from reports.page.status_page import status_html
from tests.pipelines.nightly.reviews import ASKED, LAST_NIGHT, READ, in_order, make, returned, told

CHROMIUM = shutil.which("chromium")


@pytest.fixture
def reviews(tmp_path):
    folder = tmp_path / "reviews"
    in_order(folder / "a", "SCR-A")
    make(folder / "b", "SCR-B", outcome=told(returned("gp/1", unread=3), returned("police/1"), waiting=7), ended=LAST_NIGHT)
    make(folder / "c", "SCR-C", outcome=READ, ended=LAST_NIGHT, how="output", good=LAST_NIGHT)
    make(folder / "d", "SCR-D", files=("police",), gp="due_on = 2031-07-01")
    make(folder / "e").case_file.write_text("[case")
    return folder


def html_of(reviews):
    return status_html(page_of(statuses(reviews, ASKED), ASKED))


def test_the_page_tells_what_the_terminal_tells_and_no_name(reviews):
    page, html = page_of(statuses(reviews, ASKED), ASKED), html_of(reviews)
    for row in page.rows:
        for words in (row.review, row.stands, *row.agencies, *row.to_do, *row.runs):
            assert words.replace("'", "&#39;") in html
    assert "As it was on Sat 5 July 2031, 07:30 BST" in html
    assert not [word for word in ("Marisol", "Tregarthen", "Quillfeather", str(reviews)) if word in html]


def test_the_page_fetches_nothing_and_allows_no_script(reviews):
    html = html_of(reviews)
    assert "default-src 'none'" in html
    assert "script-src" not in html
    assert "unsafe" not in html
    assert not re.search(r"<script|https?:|src=|url\((?!#)", html)


def test_what_stands_in_a_reference_is_shown_and_never_obeyed():
    html = status_html(StatusPage("1 review", "now", (StatusRow(review="<script>alert(1)</script>", stands="a & b", waits=False),)))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "a &amp; b" in html


def test_the_page_is_written_whole_and_keeps_the_rights_that_were_given_to_it(reviews, tmp_path, capsys):
    page = tmp_path / "status.html"
    assert main(["status", str(reviews), "--page", str(page)]) == 2
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    page.write_text("earlier")
    page.chmod(0o644)
    main(["status", str(reviews), "--page", str(page)])
    assert stat.S_IMODE(page.stat().st_mode) == 0o644
    assert page.read_text("utf-8").rstrip().endswith("</html>")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".building")] == []


def test_a_page_that_cannot_be_written_is_one_line(reviews, tmp_path, capsys):
    assert main(["status", str(reviews), "--page", str(tmp_path / "none" / "status.html")]) == 2
    assert "the page cannot be written" in capsys.readouterr().err


@pytest.fixture
def browser():
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def file(reviews, tmp_path):
    path = tmp_path / "status.html"
    path.write_text(html_of(reviews), "utf-8")
    return path


def test_axe_finds_nothing(browser, file):
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(bypass_csp=True).new_page()  # axe is put into the page; the page's own policy would refuse it
    page.goto(file.as_uri())
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []


def test_it_is_shown_and_printed_under_its_own_policy_with_its_banner_and_a_number_on_every_page(browser, file):
    page, asked, said = browser.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("tbody tr").count() == 5
    assert page.evaluate("getComputedStyle(document.querySelector('thead th')).backgroundColor") == "rgb(31, 58, 95)"
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    for number, each in enumerate(printed, start=1):
        text = each.get_textpage().get_text_bounded()
        assert "FOR THE BOARD" in text
        assert f"Page {number} of {len(printed)}" in text
    printed.close()
    assert asked == [file.as_uri()]
    assert not said
