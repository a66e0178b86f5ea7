"""The timeline as one page: everything stands in it without a script, nothing else is fetched, nothing in a text becomes markup."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from reports.page import anonymised_page, working_page
from reports.page.axis import day_axis, places_in_order, ticks_in_order
from reports.rows import Rows
from tests.reports.reviews import DRAFTING, EMPTY, EMPTY_SAFE, HEALTH, POLICE, SAFE, TINY, event, working


@pytest.fixture
def page(tmp_path):
    def written(review, write=working_page.write, *more):
        write(review, *more, tmp_path / "page.html")
        return (tmp_path / "page.html").read_text("utf-8")

    return written


@pytest.fixture
def anonymised(page):
    return lambda review: page(review, anonymised_page.write, DRAFTING)


def rows(text):
    return html.fromstring(text).xpath("//table[@id='timeline']//tr[@id]")


def test_every_row_stands_in_the_table_with_its_words_and_its_source(page):
    found = rows(page(TINY))
    assert [row.get("id") for row in found] == [f"row-{number}" for number in range(1, 6)]
    for row, given_event in zip(found, TINY.timeline.events, strict=True):
        words = " ".join(row.text_content().split())
        assert all(" ".join(line.split()) in words for line in given_event.text.splitlines())
        assert given_event.source.file.path in words
        assert given_event.source.where in words


def test_every_row_of_the_pseudonymised_page_stands_in_it_and_no_source_does(anonymised):
    text = anonymised(SAFE)
    assert [row.get("id") for row in rows(text)] == [f"row-E000{number}" for number in range(1, 7)]
    assert "SHA" not in text
    assert "police/" not in text


def test_a_question_leads_to_its_rows_and_a_row_to_its_questions(page, anonymised):
    for text in (page(TINY), anonymised(SAFE)):
        tree = html.fromstring(text)
        targets = {each.get("id") for each in tree.xpath("//*[@id]")}
        links = [each.get("href") for each in tree.xpath("//a[starts-with(@href,'#')]")]
        assert any(link.startswith("#question-") for link in links)
        assert any(link.startswith("#row-") for link in links)
        assert {link[1:] for link in links} <= targets


def test_two_questions_beside_each_other_read_as_no_number_of_anybodys(anonymised):
    """The last gate took "52 2841" for the number 522841, and refused the whole run."""
    twice = anonymised(replace(SAFE, findings=SAFE.findings * 2))
    columns = [row[-1].text_content() for row in rows(twice) if len(row[-1].xpath(".//a")) > 1]
    assert columns
    assert all(re.fullmatch(r"Q\d+( Q\d+)+", column) for column in columns)


def test_style_and_script_are_allowed_by_their_hashes_and_nothing_else_is(page, anonymised):
    for text in (page(TINY), anonymised(SAFE), page(EMPTY), anonymised(EMPTY_SAFE)):
        tree = html.fromstring(text)
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        for name in ("style", "script"):
            (inside,) = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
            assert f"{name}-src 'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'" in policy
        assert not re.search(r"https?://|//[a-z]|src=|\son[a-z]+=|style=", re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("said", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "a & b", "</table></body>"])
def test_a_text_never_becomes_markup(page, said):
    text = page(working(event(1, POLICE, "2019-01-04", ("event", said, said), time=said)))
    (row,) = rows(text)
    assert row.text_content().count(said) == 3
    assert not html.fromstring(text).xpath("//img")
    assert len(html.fromstring(text).xpath("//script")) == 1


def test_characters_that_no_document_may_hold_are_shown_as_signs(page):
    assert "bell ␇ and null ␀" in page(working(event(1, POLICE, "2019-01-04", ("event", "", "bell \x07 and null \x00"))))


def test_the_page_says_on_top_whether_it_holds_names(page, anonymised):
    assert "IDENTIFIABLE" in html.fromstring(page(TINY)).xpath("//p[@class='banner']")[0].text
    assert "DRAFT" in html.fromstring(anonymised(SAFE)).xpath("//p[@class='banner']")[0].text


def test_a_wide_date_is_no_mark_on_the_lanes_and_stands_under_its_year(page):
    text = page(working(event(1, POLICE, "2019", ("event", "", "x")), event(2, HEALTH, "2019-03-04", ("event", "", "y"))))
    tree = html.fromstring(text)
    assert [mark.get("data-for") for mark in tree.xpath("//*[local-name()='svg']//*[@data-for]")] == ["row-2"]
    assert [each.text_content() for each in tree.xpath("//tr[@class='group']")] == ["2019", "March 2019"]


def test_the_same_review_gives_the_same_bytes(page, anonymised):
    assert page(TINY) == page(TINY)
    assert anonymised(SAFE) == anonymised(SAFE)


def test_a_review_without_rows_is_a_page_too(page, anonymised):
    assert "0 rows." in page(EMPTY)
    assert "0 rows." in anonymised(EMPTY_SAFE)


SPANS = st.lists(st.tuples(st.dates(), st.integers(0, 4000)), min_size=1, max_size=20)


@given(SPANS)
def test_what_lies_on_the_axis_lies_inside_it_in_the_order_of_the_days(given_spans):
    spans = [(day, day.fromordinal(min(day.toordinal() + more, day.max.toordinal()))) for day, more in given_spans]
    axis = day_axis(spans)
    places = [axis.place(*span) for span in sorted(spans)]
    assert all(left >= 0 and width >= 0 and left + width <= 100.002 for left, width in places)
    assert [left for left, _ in places] == sorted(left for left, _ in places)
    assert len(axis.ticks()) <= 25


@given(st.lists(st.sampled_from(["January 2019", "February 2019", "", "Spring"]), max_size=60))
def test_labels_of_rows_in_order_never_stand_on_one_another(labels):
    ticks = ticks_in_order(labels)
    assert all(after.left - before.left >= 9 for before, after in pairwise(ticks))
    assert {tick.left for tick in ticks} <= set(places_in_order(len(labels)))


def test_the_pseudonymised_page_marks_silences_between_rows_and_kinds_of_event():
    silence = {"kind": "silence", "events": ("E0003", "E0005"), "period": "January to April 2019"}
    own = {"kind": "agency-silence", "events": ("E0001", "E0002"), "agencies": ("Police",), "period": "2018 to January 2019"}
    review = replace(SAFE, findings=(*SAFE.findings, replace(SAFE.findings[0], **silence), replace(SAFE.findings[0], **own)))
    page = anonymised_page.page_of(Rows(review, DRAFTING))
    left = {row.name: row.left for row in page.rows}
    assert {(gap.agency, gap.left, gap.says) for gap in page.gaps} == {
        ("", left["E0003"], "Silence: no agency recorded anything: January to April 2019"),
        ("Police", left["E0001"], "Silence of one agency: 2018 to January 2019"),
    }
    assert {row.name: row.kinds for row in page.rows}["E0002"] == ("Arrest", "Closure")
    assert all(0 < row.left < 100 for row in page.rows)
