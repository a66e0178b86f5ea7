import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from extractors.report.content import content_of
from extractors.report.package import open_report
from reports.published.document import published, write_published
from reports.published.pictures import bare_png
from timeline.authored_content import (
    Cell,
    Contents,
    Heading,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    ReportContent,
    Row,
    Run,
    Table,
    all_blocks,
    words_of,
)
from timeline.errors import ReportError

SECRET = b"Taken at 4 Elm Road"


def photograph(secret=SECRET, colour="red", size=(40, 20)):
    """A JPEG with words in its EXIF, its comment and its thumbnail's place."""
    exif = Image.Exif()
    exif[0x010E] = secret.decode()
    held = io.BytesIO()
    Image.new("RGB", size, colour).save(held, "JPEG", exif=exif, comment=secret)
    return held.getvalue()


def png_with_words(secret=SECRET):
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", secret.decode(), zip=True)
    held = io.BytesIO()
    Image.new("RGB", (40, 20), "blue").save(held, "PNG", pnginfo=words)
    return held.getvalue()


def para(text, *looks):
    return Paragraph((Run(text, frozenset(looks)),))


def row(*cells, heading=False):
    return Row(tuple(each if isinstance(each, Cell) else Cell((para(each),)) for each in cells), heading)


EVERYTHING = ReportContent(
    "Overview report",
    (
        Paragraph((Run("Overview report"),), "title"),
        Contents(),
        Heading(1, (Run("Findings & “aims”"),)),
        Paragraph(
            (
                Run("So "),
                Run("bold", frozenset({"bold", "italic", "underlined"})),
                Run(" and H"),
                Run("2", frozenset({"lowered"})),
                Run("", note=0),
            )
        ),
        ListItem((Run("one"),), 0, "decimal", 1, "%1."),
        ListItem((Run("deeper"),), 1, "lowerLetter", 1, "1.%1)"),
        ListItem((Run("two"),), 0, "decimal", 2, "%1."),
        ListItem((Run("seven"),), 0, "upperRoman", 7, "(%1)"),
        ListItem((Run("dot"),), 0, "bullet"),
        Table(
            (
                row("Head", "More", heading=True),
                Row((Cell((para("tall"),), 1, "begins"), Cell((para("b"),)))),
                Row((Cell((), 1, "goes on"), Cell((para("c"), ListItem((Run("in a cell"),), 0, "bullet"))))),
                Row((Cell((para("wide"),), 2),)),
                Row((Cell((Table((row("nested"),), (1.0,)),)), Cell(()))),
            ),
            (0.25, 0.75),
        ),
        PageBreak(),
        Paragraph((Run("a quotation", frozenset()), Run("", note=1)), "quote"),
        Picture(1, photograph(), 8.0, "A timeline of contacts", (0.5, 0.0, 0.0, 0.0)),
        Heading(2, (Run("Deeper"),)),
    ),
    (Note("footnote", (para("A note."),)), Note("endnote", (para("An end."), para("And more.")))),
)


def again(content):
    """What a reader sees of what was published."""
    return content_of(open_report(published(content, content.title)))


def seen(content):
    return [(type(each).__name__, words_of(each)) for each in all_blocks(content)]


def test_a_reader_of_the_published_document_sees_what_a_reader_of_the_signed_one_saw():
    got = again(EVERYTHING)
    assert seen(got) == seen(EVERYTHING)
    assert got.obstacles == ()
    assert [(each.number, each.pattern) for each in got.blocks if isinstance(each, ListItem)] == [
        (each.number, each.pattern) for each in EVERYTHING.blocks if isinstance(each, ListItem)
    ]
    assert got.title == "Overview report"


RUNS = st.lists(
    st.builds(
        Run,
        st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co"), blacklist_characters="\u2028\u2029"), min_size=1, max_size=9),
        st.frozensets(st.sampled_from(["bold", "italic", "struck", "underlined", "raised"])),
    ),
    min_size=1, max_size=4,
).map(tuple)  # fmt: skip
BLOCKS = st.one_of(
    st.builds(Paragraph, RUNS, st.sampled_from(["text", "quote", "caption", "subtitle"])),
    st.builds(Heading, st.integers(1, 6), RUNS),
    st.builds(lambda runs, level, number: ListItem(runs, level, "decimal", number, "%1."), RUNS, st.integers(0, 8), st.integers(0, 40)),
    st.builds(lambda runs, other: Table((Row((Cell((Paragraph(runs),)), Cell((Paragraph(other),)))),), (0.5, 0.5)), RUNS, RUNS),
)


@given(st.lists(BLOCKS, max_size=6))
def test_publishing_twice_over_changes_nothing_that_is_read(blocks):
    content = ReportContent("T", tuple(blocks))
    assert [words for _, words in seen(again(content)) if words.strip()] == [words for _, words in seen(content) if words.strip()]
    numbers = [each.number for each in content.blocks if isinstance(each, ListItem) and words_of(each).strip()]
    assert [each.number for each in again(content).blocks if isinstance(each, ListItem)] == numbers


def test_the_same_content_gives_the_same_bytes_with_no_time_in_them():
    assert published(EVERYTHING, "T") == published(EVERYTHING, "T")
    with zipfile.ZipFile(io.BytesIO(published(EVERYTHING, "T"))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_document_says_its_title_and_language_and_nobody_who_made_it(tmp_path):
    write_published(EVERYTHING, "Overview report", tmp_path / "a.docx")
    core = docx.Document(str(tmp_path / "a.docx")).core_properties
    assert (core.title, core.language, core.author, core.last_modified_by, core.created) == ("Overview report", "en-GB", "", "", None)
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        assert sorted(package.namelist()) == [
            "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml", "word/endnotes.xml",
            "word/footer.xml", "word/footnotes.xml", "word/media/1.png", "word/numbering.xml", "word/settings.xml", "word/styles.xml",
        ]  # fmt: skip


def test_every_style_of_the_document_is_one_of_word_s_own(tmp_path):
    with zipfile.ZipFile(io.BytesIO(published(EVERYTHING, "T"))) as package:
        styles, body = package.read("word/styles.xml").decode(), package.read("word/document.xml").decode()
    assert "customStyle" not in styles
    used = {each.split('"')[0] for part in ("pStyle", "rStyle", "tblStyle") for each in body.split(f'<w:{part} w:val="')[1:]}
    assert used
    assert [each for each in used if f'w:styleId="{each}"' not in styles] == []


def test_heading_rows_are_marked_and_repeat(tmp_path):
    write_published(EVERYTHING, "T", tmp_path / "a.docx")
    table = docx.Document(str(tmp_path / "a.docx")).tables[0]
    marked = [row._tr.trPr is not None and "tblHeader" in row._tr.trPr.xml for row in table.rows]
    assert marked == [True, False, False, False, False]


@pytest.mark.parametrize("data", [photograph(), png_with_words()], ids=["jpeg", "png"])
def test_a_picture_keeps_its_pixels_and_nothing_that_its_file_said(data):
    assert SECRET in data or b"zTXt" in data
    bare = bare_png(Picture(1, data, 10.0, ""))
    assert SECRET not in bare
    with Image.open(io.BytesIO(bare)) as shown, Image.open(io.BytesIO(data)) as before:
        assert shown.info == {}
        assert not shown.getexif()
        assert shown.tobytes() == before.convert("RGB").tobytes()
    assert [bare[at + 4 : at + 8] for at in (8,)] == [b"IHDR"]
    assert not any(chunk in bare for chunk in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP"))


def test_what_was_cut_off_a_picture_is_not_in_the_published_one():
    two = Image.new("RGB", (40, 20), "black")
    two.paste((255, 255, 255), (20, 0, 40, 20))
    held = io.BytesIO()
    two.save(held, "PNG")
    with Image.open(io.BytesIO(bare_png(Picture(1, held.getvalue(), 10.0, "", (0.5, 0.0, 0.0, 0.0))))) as shown:
        assert shown.size == (20, 20)
        assert shown.getcolors() == [(400, (255, 255, 255))]


@pytest.mark.parametrize("data", [b"", b"\x01\x00\x00\x00 EMF", b"<svg/>", photograph()[:60], png_with_words()[:50]])
def test_a_picture_that_cannot_be_read_is_refused_by_its_number(data):
    with pytest.raises(ReportError, match="picture 3 of the report"):
        bare_png(Picture(3, data, 10.0, ""))


def test_a_photograph_is_made_as_fine_as_it_is_printed_and_no_finer():
    with Image.open(io.BytesIO(bare_png(Picture(1, photograph(size=(4000, 2000)), 5.0, "")))) as shown:
        assert shown.size == (434, 217)
