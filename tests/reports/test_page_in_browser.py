"""The page in a real browser, from a file and without a network: searched, filtered, walked through by keyboard, and checked by axe."""

import re
import shutil

import pypdfium2
import pytest

from reports.page import anonymised_page, working_page
from tests.reports.reviews import DRAFTING, SAFE, TINY

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    working_page.write(TINY, folder / "working.html")
    anonymised_page.write(SAFE, DRAFTING, folder / "anonymised.html")
    return folder


@pytest.fixture
def opened(browser, files):
    """Opens one of the pages; nothing but the page itself may be asked for, and nothing may be said on the console."""
    contexts, asked, said = [], [], []

    def open_page(name, **options):
        contexts.append(browser.new_context(viewport={"width": 1300, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto((files / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert all(url.startswith("file://") and url.split("#")[0].endswith(".html") for url in asked)
    assert not said


def shown(page):
    return [row.get_attribute("id") for row in page.locator("#timeline tr[id]").all() if row.is_visible()]


def test_searching_shows_the_rows_that_hold_all_words_and_says_how_many(opened):
    page = opened("working.html")
    page.get_by_label("Search").fill("bruise hv")
    page.get_by_text("1 of 5 rows are shown.").wait_for()
    assert shown(page) == ["row-3"]
    page.get_by_role("button", name="Show all").click()
    page.get_by_text("5 rows.", exact=True).wait_for()
    assert len(shown(page)) == 5


def test_filtering_by_agency_and_question_dims_the_other_marks(opened):
    page = opened("working.html")
    page.get_by_label("Agency", exact=True).select_option("Police")
    page.get_by_text("2 of 5 rows are shown.").wait_for()
    assert shown(page) == ["row-1", "row-2"]
    assert page.locator(".lanes a.off").count() == 2
    page.get_by_label("Question", exact=True).select_option("Possibly the same event")
    page.get_by_text("1 of 5 rows are shown.").wait_for()
    assert shown(page) == ["row-2"]


def test_filtering_by_person_in_the_pseudonymised_page(opened):
    page = opened("anonymised.html")
    page.get_by_label("Person").select_option("Mother")
    page.get_by_text("1 of 6 rows are shown.").wait_for()
    assert shown(page) == ["row-E0002"]


def test_a_mark_leads_to_its_row_even_where_a_filter_hides_it(opened):
    page = opened("working.html")
    page.get_by_label("Agency", exact=True).select_option("Police")
    page.get_by_text("2 of 5 rows are shown.").wait_for()
    page.locator(".lanes a[data-for='row-3'] circle").click()
    page.get_by_text("5 rows.", exact=True).wait_for()
    assert page.evaluate("document.activeElement.id") == "row-3"


def test_zooming_makes_the_lanes_wider_by_keyboard_alone(opened):
    page = opened("working.html")
    narrow = page.locator(".lanes").bounding_box()["width"]
    page.get_by_label("1×", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator(".lanes").bounding_box()["width"] == pytest.approx(4 * narrow, rel=0.02)


def test_tab_goes_through_the_page_in_reading_order_and_is_never_caught(opened):
    page = opened("working.html")
    met = []
    for _ in range(40):
        page.keyboard.press("Tab")
        met.append(page.evaluate("(e => e.id || e.className || e.tagName + (e.getAttribute('href') || ''))(document.activeElement)"))
        if met[-1] == met[0] and len(met) > 1:
            break
    places = [met.index(each) for each in ("skip", "zoom-1", "scroll", "words", "agency", "table")]
    assert places == sorted(places)


def test_without_scripts_everything_is_there_but_the_filters(opened):
    page = opened("working.html", java_script_enabled=False)
    assert page.locator("#timeline tr[id]").count() == 5
    assert not page.locator(".filters").is_visible()
    page.locator(".zoom label").nth(2).click()
    assert page.locator(".lanes").bounding_box()["width"] > 2000
    page.locator(".lanes a[data-for='row-3'] circle").click()
    assert page.url.endswith("#row-3")


@pytest.mark.parametrize("name", ["working.html", "anonymised.html"])
@pytest.mark.parametrize("width", [1300, 390])
def test_nothing_stands_outside_the_window_and_no_heading_is_empty(opened, name, width):
    page = opened(name)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert "" not in [each.strip() for each in page.locator("h1, h2, h3").all_inner_texts()]
    assert not re.search(r"\{\{|\}\}|\{%|%\}", page.locator("body").inner_text())


@pytest.mark.parametrize(("name", "banner"), [("working.html", "IDENTIFIABLE"), ("anonymised.html", "DRAFT")])
@pytest.mark.parametrize("scripts", [True, False])
def test_printed_it_has_its_banner_and_a_number_on_every_page_and_nothing_is_cut(opened, name, banner, scripts):
    printed = pypdfium2.PdfDocument(opened(name, java_script_enabled=scripts).pdf(prefer_css_page_size=True))
    for number, page in enumerate(printed, start=1):
        shown, (width, _) = page.get_textpage(), page.get_size()
        assert banner in shown.get_text_bounded()
        assert f"Page {number} of {len(printed)}" in shown.get_text_bounded()
        assert len(shown.get_text_bounded().split()) > 10
        assert all(shown.get_rect(at)[2] <= width - 12 for at in range(shown.count_rects()))
    printed.close()


@pytest.mark.parametrize("name", ["working.html", "anonymised.html"])
@pytest.mark.parametrize("seen", ["screen", "print", "without scripts"])
def test_axe_finds_no_serious_violation(browser, files, name, seen):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(bypass_csp=True)  # axe is put into the page; the page's own policy would refuse it
    page = context.new_page()
    page.goto((files / name).as_uri())
    if seen == "print":
        page.emulate_media(media="print")
    elif seen == "without scripts":  # axe is a script itself: the page is read without its own
        page.set_content(re.sub(r"<script>.*?</script>", "", (files / name).read_text("utf-8"), flags=re.DOTALL))
    found = Axe().run(page).response["violations"]
    context.close()
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
