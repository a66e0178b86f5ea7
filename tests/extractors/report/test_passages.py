"""The passages of an author's report: every text of every part, where it stands, and whether a reader sees it."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.report.package import open_report
from extractors.report.passages import named, pages_of, passages_of
from tests import word_files
from tests.making_report import NS, Report, run

WORD = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=3, max_size=12)


def read(report):
    package = open_report(report.data())
    return package, passages_of(package)


def by_place(report):
    return {passage.place: passage for passage in read(report)[1]}


def test_every_sort_of_place_is_told_as_a_person_can_open_it():
    report = Report().paragraph("First.").paragraph("").paragraph("Third.").table(("A", "B"), ("C", "D"))
    report.note("footnote", "In a note.").note("endnote", "At the end.").note("comment", "Beside it.")
    report.text_box("In a box.").picture("Somebody at a gate").link("https://example.org/a%20file")
    report.page("header", "On top.").page("footer", "Below.")
    found = {place: passage.text for place, passage in by_place(report).items()}
    assert found["paragraph 1"] == "First."
    assert found["paragraph 3"] == "Third."
    assert found["table 1 row 2 cell 2"] == "D"
    assert (found["footnote 1"], found["endnote 1"], found["comment 1"]) == ("In a note.", "At the end.", "Beside it.")
    assert (found["header 1"], found["footer 1"]) == ("On top.", "Below.")
    assert found["text box in paragraph 7"] == "In a box."
    assert any("Somebody at a gate" in text for place, text in found.items() if place.startswith("description of a picture"))
    assert any("https://example.org/a%20file" in text for place, text in found.items() if place.startswith("address of a link"))


def test_words_over_several_runs_are_one_text():
    assert by_place(Report().paragraph("Shan", "non Ren", "ouf"))["paragraph 1"].text == "Shannon Renouf"


def test_a_deletion_is_read_as_the_paragraph_was_with_its_own_characters_told():
    report = Report()
    report.paragraph("Seen by ", report.deleted("Mary"), report.inserted("the worker"), ".")
    found = by_place(report)
    assert found["paragraph 1"].text == "Seen by the worker."
    before = found["deletion in paragraph 1"]
    assert (before.text, before.visible) == ("Seen by Mary.", False)
    assert [before.text[start:end] for start, end in before.own] == ["Mary"]


def test_changes_in_notes_and_headers_alone_are_named_as_changes():
    report = Report().paragraph("Shown.")
    report.note("footnote", "x")
    report.notes["footnote"][0] = f"<w:p>{report.inserted('A word more.')}</w:p>"
    package, passages = read(report)
    assert {each.what: each.places for each in named(package, passages)}["tracked changes"] == ("1 in headers, footers, notes or comments",)


def test_hidden_text_is_read_apart():
    found = by_place(Report().hidden("Nobody sees this."))
    assert found["paragraph 1"].text == "Shown."
    hidden = found["hidden text in paragraph 1"]
    assert ([hidden.text[start:end] for start, end in hidden.own], hidden.visible) == (["Nobody sees this."], False)


def test_a_row_deleted_under_tracked_changes_is_no_visible_text():
    row = f'<w:tr><w:trPr><w:del w:id="1" w:author="A"/></w:trPr><w:tc><w:p>{run("Gone")}</w:p></w:tc></w:tr>'
    found = read(Report().raw(f"<w:tbl>{row}</w:tbl>"))[1]
    assert [each.visible for each in found if "Gone" in each.text] == [False]


def test_a_text_box_is_read_once_and_what_it_says_to_older_programs_alone_is_read_too():
    found = read(Report().text_box("In a box."))[1]
    assert sum("In a box." in each.text for each in found) == 1
    shape = f"<mc:AlternateContent><mc:Choice Requires='wps'/><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p>{run('Old words')}</w:p>"
    shape += "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    assert any(each.text == "Old words" and not each.visible for each in read(Report().paragraph(f"<w:r>{shape}</w:r>"))[1])


def test_what_lies_behind_is_read_properties_authors_variables_custom_data_and_embedded_files():
    report = Report()
    report.core["subject"], report.custom["Client"] = "About somebody", "Of the family"
    report.paragraph("x", report.inserted("y", author="Author Ofchanges"))
    report.part("customXml/item1.xml", "<a><b>In data</b></a>").part("word/embeddings/sheet.xlsx", embedded("In a workbook"))
    report.part("word/settings.xml", f'<w:settings {NS}><w:docVars><w:docVar w:name="v" w:val="In a variable"/></w:docVars></w:settings>')
    report.part("word/charts/chart1.xml", '<c xmlns="x"><v>In a chart</v></c>')
    texts = "\n".join(each.text for each in read(report)[1])
    for words in ("About somebody", "Of the family", "Author Ofchanges", "In data", "In a workbook", "In a variable", "In a chart"):
        assert words in texts


def embedded(words):
    from tests.making_report import packed

    return packed({"xl/sharedStrings.xml": f"<sst><si><t>{words}</t></si></sst>".encode()})


def test_forms_fields_and_bookmarks_are_read_without_words_own_names():
    field = '<w:fldSimple w:instr=" INCLUDETEXT &quot;C:\\Files\\Of Somebody.docx&quot; "/>'
    report = Report().paragraph(
        field, '<w:bookmarkStart w:id="1" w:name="About_Somebody"/>', '<w:bookmarkStart w:id="2" w:name="_Toc123"/>'
    )
    report.paragraph('<w:fldSimple w:instr=" PAGE  \\* MERGEFORMAT "/>')
    found = read(report)[1]
    assert any("Somebody.docx" in each.text for each in found if each.what == "field code")
    assert [each.text for each in found if each.what == "bookmark"] == ["About Somebody"]
    assert not any("PAGE" in each.text for each in found)


def test_what_must_be_known_before_a_document_leaves_is_named_with_its_places():
    report = Report().note("comment", "c").hidden("h").deletion("d").part("word/embeddings/a.bin", b"x")
    package, passages = read(report)
    told = {each.what: each.places for each in named(package, passages)}
    assert {"comments", "hidden text", "text deleted under tracked changes", "tracked changes", "properties of the document"} <= set(told)
    assert told["embedded files"] == ("embedded file 1",)


def test_pages_are_words_count_where_it_can_be_and_by_the_words_elsewhere():
    report = Report().paragraph("word " * 1000)
    package, passages = read(report)
    assert pages_of(package, passages) == 3
    package, passages = read(report.part("docProps/app.xml", '<Properties xmlns="x"><Pages>5</Pages></Properties>'))
    assert pages_of(package, passages) == 5


@given(st.lists(WORD, min_size=1, max_size=6, unique=True), st.data())
def test_no_word_is_lost_wherever_it_stands(words, data):
    report = Report()
    ways = (report.paragraph, report.hidden, report.deletion, report.text_box, report.picture, lambda word: report.note("footnote", word))
    ways += (lambda word: report.table((word,)), lambda word: report.page("header", word), lambda word: report.note("comment", word))
    for word in words:
        data.draw(st.sampled_from(ways))(word)
    passages = read(report)[1]
    text = "\n".join(each.text for each in passages)
    assert [word for word in words if word not in text] == []
    assert len({each.id for each in passages}) == len(passages)


def test_the_letters_of_a_style_of_word_s_own_are_named_by_word_and_tell_nothing():
    def style(name, custom=""):
        return f'<w:style w:type="character"{custom} w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'

    ours = ' w:customStyle="1"'
    styles = style("heading 1") + style("Heading 1 Char", ours) + style("For Sarah", ours) + style("Sarah Char", ours)
    found = passages_of(open_report(word_files.word(word_files.p("x"), styles=styles)))
    assert [each.text for each in found if each.what == "style name"] == ["For Sarah", "Sarah Char"]
