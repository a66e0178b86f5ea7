"""The lanes as a picture in Word documents: drawn here, the same every time, and told in words."""

import io
import re
import zipfile
from dataclasses import replace

import docx
from docx.oxml.ns import qn

from reports import draft_summary, working_document
from reports.page import anonymised_page, working_page
from reports.page.model import Tick
from reports.page.picture import _seen, _with_room, in_words, picture_of
from reports.rows import Rows
from reports.word_template import fill
from reports.word_xml import picture
from tests.reports.reviews import DRAFTING, EMPTY, EMPTY_SAFE, SAFE, TINY
from tests.reports.test_word_template import WORDS, template

PNG = b"\x89PNG\r\n\x1a\n"


def test_the_picture_is_a_png_and_the_same_every_time():
    for page in (working_page.page_of(TINY), anonymised_page.page_of(Rows(SAFE, DRAFTING)), working_page.page_of(EMPTY)):
        drawn = picture_of(page, 16)
        assert drawn.startswith(PNG)
        assert drawn == picture_of(page, 16)


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
    png = picture_of(anonymised_page.page_of(Rows(SAFE, DRAFTING)), 16)
    made = fill(template("{{p lanes }}"), "draft-summary.docx", WORDS, {"lanes": [picture("lanes", png, 16, "Lanes")]}, {"lanes": png})
    assert made == fill(
        template("{{p lanes }}"), "draft-summary.docx", WORDS, {"lanes": [picture("lanes", png, 16, "Lanes")]}, {"lanes": png}
    )
    (blip,) = docx.Document(io.BytesIO(made)).element.body.iter(qn("a:blip"))
    assert docx.Document(io.BytesIO(made)).part.related_parts[blip.get(qn("r:embed"))].blob == png
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert [name for name in package.namelist() if name.endswith(".png")] == ["word/media/image1.png"]


def test_the_draft_holds_the_pseudonymised_lanes_with_no_day_and_no_name(tmp_path):
    draft_summary.write(SAFE, DRAFTING, tmp_path / "draft.docx")
    document = docx.Document(tmp_path / "draft.docx")
    (shown,) = document.inline_shapes
    says = shown._inline.docPr.get("descr")
    assert says.startswith("Lanes of 2 agencies (Police and Health); 6 rows placed by the order of the rows")
    assert "from 2018 to Undated" in says
    assert not re.search(r"\d{4}-\d\d|\b\d{1,2} [A-Z][a-z]+ \d{4}", says)
    draft_summary.write(EMPTY_SAFE, DRAFTING, tmp_path / "draft.docx")
    assert not docx.Document(tmp_path / "draft.docx").inline_shapes


def test_labels_of_the_axis_never_cover_one_another_and_marks_at_one_place_are_drawn_once():
    ticks = tuple(Tick(left=left, label="September 2018") for left in (0.0, 5.0, 30.0, 95.0))
    assert [tick.label for tick in _with_room(ticks, 400)] == ["September 2018", "", "September 2018", ""]
    rows = [replace(row, left=10.0, questions=(1,) if number == 3 else ()) for number, row in enumerate(working_page.page_of(TINY).rows)]
    alone = [replace(row, agency="Police", width=0.0) for row in rows]
    assert [row.name for row in _seen(alone, 400)] == ["4"]
    days = [replace(row, width=0.02) for row in alone]
    assert [row.name for row in _seen(days, 400)] == ["4"]
    bars = [replace(row, left=10.0 - width / 2, width=width) for row, width in zip(alone, (0.02, 5.0, 10.0, 10.1), strict=False)]
    assert len(list(_seen(bars, 400))) == len({round(row.width) for row in bars})
