"""The lanes as a picture in Word documents: drawn here, the same every time, and told in words."""

import io
import zipfile

import docx
from docx.oxml.ns import qn

from reports import working_document
from reports.page import anonymised_page, working_page
from reports.page.picture import in_words, picture_of
from reports.word_template import fill
from reports.word_xml import picture
from tests.reports.reviews import EMPTY, SAFE, TINY
from tests.reports.test_word_template import WORDS, template

PNG = b"\x89PNG\r\n\x1a\n"


def test_the_picture_is_a_png_and_the_same_every_time():
    for page in (working_page.page_of(TINY), anonymised_page.page_of(SAFE), working_page.page_of(EMPTY)):
        drawn = picture_of(page)
        assert drawn.startswith(PNG)
        assert drawn == picture_of(page)


def test_what_it_shows_is_told_in_words():
    assert in_words(working_page.page_of(TINY)) == (
        "Lanes of 2 agencies (Police and Health & Care); 3 rows placed by day; from January 2019 to April 2019; 1 silence of all agencies "
        "and 0 of one; 1 group of rows that may tell one event. The table holds every row."
    )


def test_the_working_timeline_holds_it_with_its_alternative_text(tmp_path):
    working_document.write(TINY, tmp_path / "timeline.docx")
    document = docx.Document(tmp_path / "timeline.docx")
    (shown,) = document.inline_shapes
    assert shown._inline.docPr.get("descr").startswith("Lanes of 2 agencies")
    assert 20 < shown.width.cm < 27
    (blip,) = document.element.body.iter(qn("a:blip"))
    assert document.part.related_parts[blip.get(qn("r:embed"))].blob.startswith(PNG)


def test_a_template_of_the_boards_holds_it_too():
    png = picture_of(anonymised_page.page_of(SAFE))
    made = fill(template("{{p lanes }}"), "draft-summary.docx", WORDS, {"lanes": [picture("lanes", png, 16, "Lanes")]}, {"lanes": png})
    assert made == fill(
        template("{{p lanes }}"), "draft-summary.docx", WORDS, {"lanes": [picture("lanes", png, 16, "Lanes")]}, {"lanes": png}
    )
    (blip,) = docx.Document(io.BytesIO(made)).element.body.iter(qn("a:blip"))
    assert docx.Document(io.BytesIO(made)).part.related_parts[blip.get(qn("r:embed"))].blob == png
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert [name for name in package.namelist() if name.endswith(".png")] == ["word/media/image1.png"]
