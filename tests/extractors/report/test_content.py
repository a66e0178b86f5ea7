import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.report.content import content_of
from extractors.report.numbering import written
from extractors.report.package import open_report
from tests.word_files import drawing, p, picture, r, shape, tbl, tc, word
from timeline.authored_content import Contents, Heading, ListItem, PageBreak, Paragraph, Picture, Table, all_blocks, words_of

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="House"><w:name w:val="Board heading"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Quiet"><w:name w:val="Quiet"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="P"><w:name w:val="Prompt"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Pale"><w:name w:val="Pale"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="1F3A5F"/></w:tcPr></w:tblStylePr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Recommendation %1:"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""


def listed(number, level=0):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def read(*body, **parts):
    parts.setdefault("styles", STYLES)
    return content_of(open_report(word(*body, **parts)))


def said(content):
    return [words_of(block) for block in all_blocks(content) if words_of(block)]


def fld(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def over_the_text(run, behind="0"):
    """The same drawing, lying over the words or behind them."""
    return run.replace("<wp:inline>", f'<wp:anchor behindDoc="{behind}"><wp:wrapNone/>').replace("</wp:inline>", "</wp:anchor>")


OLD_PICTURE = '<v:imagedata r:id="rId9"/>'
WRAPPED = '<w10:wrap xmlns:w10="urn:schemas-microsoft-com:office:word" type="square"/>'
EMPTY_BOX = "<v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox>"
NO_FILL = '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>'
INSERTED, DELETED = '<w:ins w:author="X">', '<w:del w:author="X">'


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (p("One ", f"{INSERTED}{r('two ')}</w:ins>", "three"), ["One two three"]),
        (p("One ", f"{DELETED}<w:r><w:delText>Sarah </w:delText></w:r></w:del>", "three"), ["One three"]),
        (p("One ", f"<w:moveFrom>{r('Sarah ')}</w:moveFrom><w:moveTo>{r('here')}</w:moveTo>"), ["One here"]),
        (p("One ", r("Sarah", "<w:vanish/>"), "three"), ["One three"]),
        (p("Sarah", style="Quiet"), []),
        (p(r("Shown all the same", '<w:vanish w:val="0"/>'), style="Quiet"), ["Shown all the same"]),
        (p("One", '<w:r><w:commentReference w:id="1"/></w:r>'), ["One"]),
        (p(fld("begin"), '<w:r><w:instrText>REF Sarah</w:instrText></w:r>', fld("separate"), "page 4", fld("end")), ["page 4"]),
        (p("a", fld("begin"), '<w:r><w:instrText>XE "Sarah"</w:instrText></w:r>', fld("end"), "b"), ["ab"]),
        (p(f'<w:fldSimple w:instr="DOCPROPERTY Sarah">{r("shown")}</w:fldSimple>'), ["shown"]),
        (p(f'<w:hyperlink r:id="rId7">{r("the guidance")}</w:hyperlink>'), ["the guidance"]),
        (p(f"<w:sdt><w:sdtPr><w:alias w:val='Sarah'/></w:sdtPr><w:sdtContent>{r('chosen')}</w:sdtContent></w:sdt>"), ["chosen"]),
        (p("One ", more="<w:rPr><w:del/></w:rPr>") + p("two"), ["One two"]),
        (p("Before") + tbl(["a", "b"]) + p("after"), ["Before", "a", "b", "after"]),
        (p("box below", shape(p("in the box"))), ["box below", "in the box"]),
        (p("a<w:softHyphen/>".replace("<w:softHyphen/>", ""), "<w:r><w:tab/><w:t>b</w:t><w:noBreakHyphen/></w:r>"), ["a\tb\u2011"]),
        (p(r("1", '<w:highlight w:val="yellow"/>')), ["1"]),
        (p("a", fld("begin"), "<w:del>" + fld("end") + "</w:del>") + p("still here"), ["a", "still here"]),
        (p("a", "<w:del>" + fld("begin") + "</w:del>", fld("separate"), "b", fld("end")) + p("c"), ["ab", "c"]),
        ("<mc:AlternateContent><mc:Choice>" + p("once") + "</mc:Choice><mc:Fallback>" + p("once") + "</mc:Fallback></mc:AlternateContent>", ["once"]),
        (p("\uf0fe seen"), ["☒ seen"]),
    ],
)  # fmt: skip
def test_a_reader_sees_the_final_words_and_nothing_behind_them(body, shown):
    content = read(body)
    assert said(content) == shown
    assert content.obstacles == ()


def test_a_text_box_that_stands_twice_in_the_file_is_read_once():
    old = f'<w:pict><v:shape id="s"><v:textbox><w:txbxContent>{p("in the box")}</w:txbxContent></v:textbox></v:shape></w:pict>'
    new = shape(p("in the box")).removeprefix("<w:r>").removesuffix("</w:r>")
    both = f"<w:r><mc:AlternateContent><mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    assert said(read(p(both))) == ["in the box"]
    assert said(read(p(f"<w:r>{old}</w:r>"))) == ["in the box"]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (p("a", r("Sarah", '<w:color w:val="FFFFFF"/>')), "colour of the paper"),
        (p("a", r("Sarah", '<w:color w:val="FEFEFE"/>')), "colour of the paper"),
        (p("a", r("Sarah", '<w:rStyle w:val="Pale"/>')), "colour of the paper"),
        (p("a", r("Sarah", '<w:sz w:val="2"/>')), "too small"),
        (p("a", r("Sarah", '<w:highlight w:val="black"/>')), "black marker"),
        (p("a", r("Sarah", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')), "black marker"),
        (p("a", shape(geometry="rect")), "drawn shape"),
        (p("a", drawing('<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic>')), "chart"),
        (p("a", shape("<w:p/>")), "drawn shape"),
        (p("a", f"<w:r><w:pict><v:rect>{EMPTY_BOX}</v:rect></w:pict></w:r>"), "drawn shape"),
        (p("a", over_the_text(picture())), "lies over the text"),
        (p("a", f'<w:r><w:pict><v:shape style="position:absolute;z-index:9">{OLD_PICTURE}</v:shape></w:pict></w:r>'), "lies over the text"),
        (p("a", '<w:r><w:footnoteReference w:id="7"/></w:r>'), "note that is not in the file"),
        (p("a", r("Sarah", NO_FILL)), "colour of the paper"),
        (p("a", picture(key="rId404")), "only an address"),
        (p("a", picture(more='<a:lum bright="-100000"/>')), "colours were changed"),
        (p("For the author: say who", style="P"), "note for the author"),
        (p("a", fld("begin"), "lost otherwise"), "field whose end is missing"),
        (p("\uf04a"), "symbol font"),
    ],
)
def test_what_no_new_document_can_show_is_named_with_its_place_and_never_dropped_in_silence(body, what):
    content = read(p("first"), body, media={"rId9": ("a.png", b"x")})
    assert [each.place for each in content.obstacles] == ["paragraph 2"]
    assert what in content.obstacles[0].what
    assert content.obstacles[0].mend
    assert "Sarah" not in str(content.obstacles)


@pytest.mark.parametrize(
    "body",
    [
        p("a", r("white on blue", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3A5F"/>')),
        tbl([tc("x", '<w:shd w:val="clear" w:fill="1F3A5F"/>').replace("<w:rPr></w:rPr>", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>')]),
        tbl([tc("x").replace("<w:rPr></w:rPr>", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>')], look='<w:tblStyle w:val="Grid"/>'),
        p("a", shape(geometry="line")),
        p("a", r("grey", '<w:color w:val="808080"/>')),
        p("a", over_the_text(picture(), behind="1")),
        p("a", f'<w:r><w:pict><v:shape style="position:absolute;z-index:-9">{OLD_PICTURE}</v:shape></w:pict></w:r>'),
        p("a", f'<w:r><w:pict><v:shape style="position:absolute">{OLD_PICTURE}{WRAPPED}</v:shape></w:pict></w:r>'),
        p("a", f'<w:r><w:pict><v:shape style="width:90pt">{OLD_PICTURE}</v:shape></w:pict></w:r>'),
        p("a", over_the_text(shape(p("words")))),
    ],
)
def test_white_words_on_a_dark_ground_and_mere_lines_are_no_obstacle(body):
    assert read(body, media={"rId9": ("a.png", b"x")}).obstacles == ()


def test_a_file_inserted_as_a_whole_is_named():
    assert [each.place for each in read(p("a"), '<w:altChunk r:id="rId4"/>').obstacles] == ["after paragraph 1"]


def test_what_follows_a_torn_field_is_read():
    assert said(read(p("a", fld("begin"), "code"), p("b"))) == ["a", "b"]


def test_headings_titles_and_looks_come_by_style_whatever_the_style_is_called():
    content = read(p("The title", style="T"), p("Findings", style="House"), p("so ", r("bold", '<w:rStyle w:val="Strong"/>')))
    assert content.title == "The title"
    assert [type(each) for each in content.blocks] == [Paragraph, Heading, Paragraph]
    assert content.blocks[1].level == 1
    assert [run.looks for run in content.blocks[2].runs] == [frozenset(), frozenset({"bold"})]
    assert [run.looks for run in content.blocks[1].runs] == [frozenset({"bold"})]


def test_items_of_lists_carry_the_numbers_that_a_reader_sees():
    body = (p("a", more=listed(1)), p("b", more=listed(1)), p("c", more=listed(1, 1)), p("d", more=listed(1, 1)), p("e", more=listed(1)),
            p("f", more=listed(1, 1)), p("g", more=listed(2)), p("h", more=listed(4)))  # fmt: skip
    items = read(*body, numbering=NUMBERING).blocks
    assert all(isinstance(each, ListItem) for each in items)
    assert [(each.level, each.format, each.number, each.pattern) for each in items] == [
        (0, "decimal", 1, "%1."), (0, "decimal", 2, "%1."), (1, "lowerLetter", 1, "2.%1)"), (1, "lowerLetter", 2, "2.%1)"),
        (0, "decimal", 3, "%1."), (1, "lowerLetter", 1, "3.%1)"), (0, "bullet", 1, ""), (0, "decimal", 7, "%1."),
    ]  # fmt: skip


def test_words_that_a_list_puts_before_its_paragraphs_are_words():
    content = read(p("Train.", more=listed(3)), p("Record.", more=listed(3)), numbering=NUMBERING)
    assert said(content) == ["Recommendation 1: Train.", "Recommendation 2: Record."]


def test_a_deleted_item_is_not_counted():
    gone = f"{DELETED}<w:r><w:delText>b</w:delText></w:r></w:del>"
    content = read(p("a", more=listed(1)), p(gone, more=f"{listed(1)}<w:rPr><w:del/></w:rPr>"), p("c", more=listed(1)), numbering=NUMBERING)
    assert [(words_of(each), each.number) for each in content.blocks] == [("a", 1), ("c", 2)]


def test_numbers_of_lists_are_written_as_word_writes_them():
    assert [written(n, "upperRoman") for n in (1, 4, 9, 14, 1990)] == ["I", "IV", "IX", "XIV", "MCMXC"]
    assert [written(n, "lowerLetter") for n in (1, 26, 27, 28)] == ["a", "z", "aa", "bb"]
    assert [written(n, "ordinal") for n in (1, 2, 3, 11, 22)] == ["1st", "2nd", "3rd", "11th", "22nd"]


def test_tables_keep_merged_cells_nested_tables_and_heading_rows():
    head = tc("Head", '<w:gridSpan w:val="2"/>')
    body = tbl(
        [head],
        [tc("a", '<w:vMerge w:val="restart"/>'), "b"],
        [tc("Sarah", "<w:vMerge/>"), "c"],
        ["d", tc("").replace("<w:p/>", tbl(["in"]) + p("z"))],
    )
    content = read(body.replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1))
    table = content.blocks[0]
    assert isinstance(table, Table)
    assert [row.is_heading for row in table.rows] == [True, False, False, False]
    assert [(cell.across, cell.merge) for row in table.rows[:3] for cell in row.cells] == [
        (2, ""), (1, "begins"), (1, ""), (1, "goes on"), (1, ""),
    ]  # fmt: skip
    assert said(content) == ["Head", "a", "b", "c", "d", "in", "z"]


def test_rows_and_cells_deleted_or_hidden_are_not_seen():
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + tc("Sarah") + "</w:tr>"
    hidden = "<w:tr><w:trPr><w:hidden/></w:trPr>" + tc("Sarah") + "</w:tr>"
    content = read(tbl(["a"], [tc("Sarah", "<w:cellDel/>")]).replace("</w:tbl>", gone + hidden + "</w:tbl>"))
    assert said(content) == ["a"]


def test_what_only_a_reading_aid_or_a_pen_shows_is_an_obstacle_and_not_lost():
    ruby = f"<w:r><w:ruby><w:rt>{r('over')}</w:rt><w:rubyBase>{r('under')}</w:rubyBase></w:ruby></w:r>"
    content = read(p("x", ruby), p("y", '<w:r><w:contentPart r:id="rId5"/></w:r>'))
    assert [(each.place, each.what) for each in content.obstacles] == [
        ("paragraph 1", "words with a reading aid above them"),
        ("paragraph 2", "handwriting"),
    ]


@pytest.mark.parametrize("sign", ["\u202d", "\u202e"])
def test_words_that_a_hidden_sign_turns_round_are_an_obstacle(sign):
    assert [each.what for each in read(p(f"Seen with {sign}ssamretauQ")).obstacles] == ["words that a hidden sign turns round"]
    turned = read(p("x", f'<w:bdo w:val="rtl">{r("ssamretauQ")}</w:bdo>'))
    assert [each.what for each in turned.obstacles] == ["words that a hidden sign turns round"]


def test_notes_stand_where_they_are_referred_to_and_only_those():
    notes = '<w:footnote w:type="separator" w:id="0"/>' + "".join(
        f'<w:footnote w:id="{n}">{p("<w:r><w:footnoteRef/></w:r>", text)}</w:footnote>'
        for n, text in ((1, "never referred to"), (2, "A note."))
    )
    ends = f'<w:endnote w:id="1">{p("An end.")}</w:endnote>'
    content = read(
        p("x", '<w:r><w:footnoteReference w:id="2"/></w:r>', "y", '<w:r><w:endnoteReference w:id="1"/></w:r>'),
        footnotes=notes,
        endnotes=ends,
    )
    assert [(each.kind, words_of(each.blocks[0])) for each in content.notes] == [("footnote", "A note."), ("endnote", "An end.")]
    assert [(run.text, run.note) for run in content.blocks[0].runs] == [("x", None), ("", 0), ("y", None), ("", 1)]


def test_pictures_keep_their_words_and_what_is_cut_off():
    crop = '<a:srcRect l="25000" b="50000"/>'
    content = read(p(picture(says="A timeline", crop=crop)), media={"rId9": ("a.png", b"bytes")})
    assert content.pictures == (Picture(1, b"bytes", 10.0, "A timeline", (0.25, 0.0, 0.0, 0.5)),)
    assert read(p(picture(docpr='hidden="1"')), media={"rId9": ("a.png", b"x")}).pictures == ()


def test_a_table_of_contents_is_made_anew_and_pages_end_where_they_did():
    body = (
        p("Findings\t3", style="TOC1"),
        p("Aims\t4", style="TOC1"),
        p("a", '<w:r><w:br w:type="page"/></w:r>', "b"),
        p("c", more="<w:pageBreakBefore/>"),
    )
    blocks = read(*body).blocks
    assert [type(each) for each in blocks] == [Contents, Paragraph, PageBreak, Paragraph, PageBreak, Paragraph]


def test_headers_and_footers_are_left_to_the_new_document():
    assert said(read(p("a"), header=p("CONFIDENTIAL Sarah"))) == ["a"]


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="<>&"), min_size=1, max_size=12), max_size=8))
def test_no_word_that_is_seen_is_lost(texts):
    content = read(*(p(r(text)) for text in texts))
    assert "".join(said(content)).split() == "".join(text for text in texts if text.strip()).split() or not any(t.strip() for t in texts)
