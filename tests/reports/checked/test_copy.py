"""The copy of the report with comments: a comment at every place, the author's words untouched, a file that Word opens."""

import zipfile

import docx
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from extractors.report.package import open_report
from extractors.report.passages import passages_of
from reports.checked.copy import Document, write_checked
from tests.making_report import Report
from timeline.authored import Checked, Hit

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def hit(passage, start, end, thing="t"):
    return Hit(
        thing=thing, passage=passage.id, place=passage.place, what=passage.what, visible=passage.visible, start=start, end=end, kind="name",
        words=passage.text[start:end], before="", after="", proposal="Mother", why="A name.",
    )  # fmt: skip


def copied(report, path, choose):
    """The copy's parts, with hits where `choose` says for each passage: (start, end) …"""
    package = open_report(report.data())
    passages = passages_of(package)
    hits = tuple(hit(passage, *span) for passage in passages for span in choose(passage))
    write_checked(
        Document(package.main, package.parts), Checked(digest="d", hits=hits, named=(), pages=1, passages=passages), {"t": 1}, path
    )
    docx.Document(str(path))
    with zipfile.ZipFile(path) as made:
        return {name: made.read(name) for name in made.namelist()}, package


def commented(body):
    """The words between the markers of each comment, by its id."""
    root, found, open_ids = etree.fromstring(body), {}, set()
    for node in root.iter():
        if node.tag == f"{W}commentRangeStart":
            open_ids.add(node.get(f"{W}id"))
        elif node.tag == f"{W}commentRangeEnd":
            open_ids.discard(node.get(f"{W}id"))
        elif node.tag == f"{W}t":
            for each in open_ids:
                found[each] = found.get(each, "") + (node.text or "")
    return list(found.values())


def said(body):
    return "".join(node.text or "" for node in etree.fromstring(body).iter(f"{W}t"))


def test_a_comment_covers_the_very_words_over_runs(tmp_path):
    report = Report().paragraph("It was ", "Berna", "dette", " who came.")
    parts, package = copied(report, tmp_path / "c.docx", lambda passage: [(7, 17)] if passage.place == "paragraph 1" else [])
    assert commented(parts["word/document.xml"]) == ["Bernadette"]
    assert said(parts["word/document.xml"]) == said(package.parts["word/document.xml"])


def test_comments_of_the_author_stay_and_ids_are_never_given_twice(tmp_path):
    report = Report().note("comment", "My own.").paragraph("Bernadette came.")
    parts, _ = copied(report, tmp_path / "c.docx", lambda passage: [(0, 10)] if passage.text.startswith("Bernadette") else [])
    comments = etree.fromstring(parts["word/comments.xml"])
    assert "My own." in said(parts["word/comments.xml"])
    ids = [each.get(f"{W}id") for each in comments]
    assert len(ids) == len(set(ids)) == 2


def test_what_word_lets_nobody_comment_on_is_told_of_at_the_paragraph_that_leads_to_it(tmp_path):
    report = Report().paragraph("First.").note("footnote", "Of Bernadette.").page("header", "Of Bernadette.")
    parts, _ = copied(report, tmp_path / "c.docx", lambda passage: [(3, 13)] if passage.text == "Of Bernadette." else [])
    told = said(parts["word/comments.xml"])
    assert "footnote 1" in told
    assert "header 1" in told
    assert commented(parts["word/document.xml"]) == ["First.", "See the note."] or len(commented(parts["word/document.xml"])) == 2


@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=8), min_size=1, max_size=5), st.data())
def test_whatever_is_commented_the_words_of_the_report_stay_and_each_comment_covers_its_own(tmp_path_factory, runs, data):
    text = "".join(runs)
    cut = st.integers(0, len(text) - 1)
    spans = [(start, data.draw(st.integers(start + 1, len(text)))) for start in data.draw(st.lists(cut, max_size=4, unique=True))]
    parts, package = copied(
        Report().paragraph(*runs),
        tmp_path_factory.mktemp("copy") / "c.docx",
        lambda p: spans if p.place == "paragraph 1" and p.text == text else [],
    )
    assert said(parts["word/document.xml"]) == said(package.parts["word/document.xml"])
    if text.strip():
        assert sorted(commented(parts["word/document.xml"])) == sorted(text[start:end] for start, end in spans)
