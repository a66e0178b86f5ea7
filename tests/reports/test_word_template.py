"""Word templates: the board's words stay, its places are filled, and a wrong one says what is wrong."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from reports import template_sources
from reports.draft_summary import LANES, PLACES
from reports.drafting import Drafting
from reports.template_sources import TEMPLATES, write_templates
from reports.word_template import fill
from reports.word_xml import Cell, WordColumn, heading, picture, table, text
from timeline.errors import CaseError

WORDS = {"title": "T-1: a draft", "reference": "T-1"}


def template(*paragraphs, change=None):
    """A template as a board member's Word saves it: with an author, a thumbnail and paragraphs."""
    document = docx.Document()
    for each in paragraphs:
        style = "Heading 1" if each.startswith("# ") else None
        document.add_paragraph(each.removeprefix("# "), style)
    document.core_properties.author = "B Member"
    document.core_properties.title = "{{ title }}"
    if change:
        change(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def filled(made, **places):
    return docx.Document(io.BytesIO(fill(made, "draft-summary.docx", WORDS, places)))


def paragraphs(document):
    return [each.text for each in document.paragraphs]


def test_the_templates_that_come_along_are_made_from_their_sections(tmp_path):
    write_templates(tmp_path)
    for name in TEMPLATES:
        assert (tmp_path / name).read_bytes() == (template_sources.FOLDER / name).read_bytes(), "run make templates"


def test_every_place_of_a_template_that_comes_along_is_filled():
    assert {section.place for section in TEMPLATES["draft-summary.docx"].sections} - {""} == {*PLACES, LANES}


def test_the_boards_own_words_stay_and_its_places_are_filled():
    found = filled(
        template("Isle Board", "{{ reference }} & more", "{{p narrative }}", "The end"), narrative=[heading("2019", 2), text("Row")]
    )
    assert paragraphs(found) == ["Isle Board", "T-1 & more", "2019", "Row", "The end"]
    assert found.core_properties.title == "T-1: a draft"


def test_a_place_may_be_left_out_or_stand_in_a_table():
    def with_table(document):
        document.add_table(1, 1).cell(0, 0).text = "{{p narrative }}"

    found = filled(template("Only this", change=with_table), narrative=[text("In a cell")], voice=[text("Nowhere")])
    assert found.tables[0].cell(0, 0).paragraphs[0].text == "In a cell"
    assert "Nowhere" not in paragraphs(found)


def test_a_cell_whose_place_gives_nothing_or_a_table_still_ends_with_a_paragraph():
    def with_table(document):
        document.add_table(1, 2).cell(0, 0).text = "{{p narrative }}"
        document.tables[0].cell(0, 1).text = "{{p voice }}"

    inner = table((WordColumn("A", 3),), [[Cell(text("x"))]], "A table")
    found = filled(template("Only this", change=with_table), narrative=[], voice=[inner])
    assert [cell._tc[-1].tag for cell in found.tables[0].rows[0].cells] == [qn("w:p")] * 2


def test_a_cell_of_ours_that_holds_a_table_ends_with_a_paragraph():
    inner = table((WordColumn("A", 3),), [[Cell(text("x"))]], "A table")
    found = filled(template("{{p narrative }}"), narrative=[table((WordColumn("A", 3),), [[Cell(inner)], [Cell("")]], "Around")])
    cells = [row.cells[0]._tc for row in found.tables[0].rows]
    assert [cell[-1].tag for cell in cells] == [qn("w:p")] * 3
    assert cells[1].xpath("./w:tbl//w:t")[0].text == "A"


@pytest.mark.parametrize("said", ["{_{ reference }_}", "{{ reference }}", "{% if x %}", "a & b <w:p>", "tab\tand\nline"])
def test_a_text_of_a_row_is_never_read_as_a_template(said):
    assert said in paragraphs(filled(template("{{p narrative }}"), narrative=[text(said)]))


def test_a_picture_is_shown_where_its_piece_stands_in_a_template_that_never_shows_one():
    def without_prefixes(document):
        body = document.element.body
        for section in list(body.findall(qn("w:sectPr"))):
            body.remove(section)
        etree.cleanup_namespaces(document.element)

    said = '<a:blip r:embed="picture_lanes"/>'
    made = template("{{p lanes }}", "{{p narrative }}", change=without_prefixes)
    places = {"lanes": [picture("lanes", blank_png(), 4, "Nothing yet")], "narrative": [text(said)]}
    found = docx.Document(io.BytesIO(fill(made, "draft-summary.docx", WORDS, places, {"lanes": blank_png(), "another": b"no picture"})))
    (shown,) = found.element.body.xpath(".//a:blip")
    assert found.part.related_parts[shown.get(qn("r:embed"))].blob == blank_png()
    assert paragraphs(found)[1] == said


def blank_png():
    saved = io.BytesIO()
    Image.new("L", (4, 2)).save(saved, "PNG")
    return saved.getvalue()


def test_the_contents_are_the_boards_own_headings_and_lead_to_them():
    found = filled(template("{{p contents }}", "# Why we met", "x", "# What was learnt"))
    assert paragraphs(found)[:2] == ["Why we met", "What was learnt"]
    anchors = found.element.body.xpath(".//w:hyperlink/@w:anchor")
    assert anchors == found.element.body.xpath(".//w:bookmarkStart/@w:name") == ["section_1", "section_2"]


def test_what_a_template_says_of_its_maker_stays_out_and_two_fillings_are_the_same():
    made = template("{{p narrative }}")
    one = fill(made, "draft-summary.docx", WORDS, {"narrative": [text("Row")]})
    assert one == fill(made, "draft-summary.docx", WORDS, {"narrative": [text("Row")]})
    with zipfile.ZipFile(io.BytesIO(one)) as package:
        whole = b"".join(package.read(name) for name in package.namelist())
        names = package.namelist()
    assert b"B Member" not in whole
    assert not any("thumbnail" in name or "custom" in name or "app.xml" in name for name in names)


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (b"no document", "is no Word document"),
        (b"", "is no Word document"),
        (template("{{ nobody }}"), "asks for something that there is not.*narrative.*reference"),
        (template("{{ reference"), "has a tag that is not whole"),
        (template("{% for x in y %}"), "has a tag that is not whole|there is not"),
        (template("{{ ''.__class__.__mro__ }}"), "asks for more than values|there is not"),
        (template("{{ reference.__init__.__globals__ }}"), "asks for more than values|there is not"),
    ],
)
def test_a_wrong_template_is_a_clear_error(made, says):
    with pytest.raises(CaseError, match=f"(?s)the template draft-summary.docx.*({says})"):
        fill(made, "draft-summary.docx", WORDS, {"narrative": []})


def test_the_boards_template_takes_the_place_of_the_one_that_comes_along():
    own = template("Ours")
    assert Drafting(templates={"draft-summary.docx": own}).template("draft-summary.docx") == own
    assert docx.Document(io.BytesIO(Drafting().template("draft-summary.docx"))).paragraphs[0].text == "Draft overview report"
