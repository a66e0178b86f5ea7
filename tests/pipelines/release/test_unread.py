"""What would be published holds no word that the check did not read, wherever in the file it stood."""

import pytest

from extractors.report.content import content_of
from extractors.report.package import open_report
from extractors.report.passages import passages_of
from pipelines.release.unread import unread
from tests.word_files import p, r, tbl, tc, word

NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def labelled(text, form="decimal"):
    """A numbering part whose label is this."""
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    return f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'


def places(data):
    package = open_report(data)
    return unread(content_of(package), passages_of(package))


@pytest.mark.parametrize(
    "data",
    [
        word(p("x", "<w:r><mc:AlternateContent><mc:Fallback><w:t>Quatermass</w:t></mc:Fallback></mc:AlternateContent></w:r>")),
        word(f"<w:p>{r('x')}<w:p>{r('Quatermass')}</w:p></w:p>"),
        word(f"<w:p>{r('x')}{tbl(['Quatermass'])}</w:p>"),
        word(p("x", f"<w:ins>{p('Quatermass')}</w:ins>")),
        word(
            p("x", '<w:r><w:footnoteReference w:id="2"/></w:r>'),
            footnotes=f'<w:footnote w:type="separator" w:id="2">{p("Quatermass")}</w:footnote>',
        ),
        word(f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{r("Quater")}</w:p>', p("mass")),
    ],
    ids=["an older form alone", "paragraph in paragraph", "table in paragraph", "inserted paragraph", "separator", "joined paragraphs"],
)
def test_words_that_the_check_did_not_read_are_told_by_their_place(data):
    found = places(data)
    assert len(found) == 1
    assert "Quatermass" not in found[0]


@pytest.mark.parametrize("form", ["decimal", "none"])
def test_the_words_of_a_lists_label_are_read(form):
    data = word(p("x", more=NUMBERED), numbering=labelled("Told by Quatermass %1:", form))
    assert places(data) == ()
    assert [(each.place, each.visible) for each in passages_of(open_report(data)) if "Quatermass" in each.text] == [
        ("label of a list", True)
    ]


@pytest.mark.parametrize("form", ["decimal", "lowerLetter", "upperRoman", "ordinal", "decimalZero"])
def test_the_numbers_that_word_writes_need_nobody_to_read_them(form):
    styles = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    many = [p("x", more=f'<w:pStyle w:val="H"/>{NUMBERED}') for _ in range(30)]
    assert places(word(*many, numbering=labelled("%1)", form), styles=styles)) == ()


def test_what_both_read_is_no_matter():
    note = f'<w:footnote w:id="2">{p("A note on Jersey’s no\u00adbody.")}</w:footnote>'
    run = '<w:r><w:t>half</w:t><w:noBreakHyphen/><w:t>brother</w:t><w:br w:type="page"/><w:footnoteReference w:id="2"/></w:r>'
    assert places(word(p("Seen. ", run), tbl([tc("a cell"), "b"]), footnotes=note)) == ()
