"""What a Word document can hide, and that it is read as a reader sees it."""

import io

import docx
import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(*paragraphs, properties=""):
    inner = "".join(f"<w:p>{text if text.startswith('<') else run(text)}</w:p>" for text in paragraphs or ("",))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows):
    return f"<w:tbl>{''.join(row if row.startswith('<w:tr') else f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


HEADING = cell("Date") + cell("Event") + cell("Action")


@pytest.fixture
def read_event(read_body):
    """The extraction of a table whose only event cell is this XML."""

    def read(event, parts=None):
        return read_body(table(HEADING, cell("13/02/2019") + event + cell("None")), parts)

    return read


def texts(extraction):
    return [entry.text for entry in extraction.entries]


def test_paragraphs_and_list_items_of_a_cell_are_joined_by_newlines(read_event):
    assert texts(read_event(cell("First", "Second ", "", "Third"))) == ["First\nSecond\nThird\nNone"]


def test_tracked_insertions_are_taken_and_deletions_dropped_and_both_are_told(read_event):
    change = f"{run('Seen ')}<w:ins>{run('alone ')}</w:ins><w:del><w:r><w:delText>by the window </w:delText></w:r></w:del>{run('at home')}"
    read = read_event(cell(change))
    assert texts(read) == ["Seen alone at home\nNone"]
    assert read.entries[0].problems == ("1 tracked insertion was taken into this row", "1 tracked deletion was dropped from this row")
    assert [each.text for each in read.ignored if "deleted" in each.reason] == ["by the window"]


def test_moved_text_counts_where_it_was_moved_to(read_event):
    moved = f"<w:moveFrom>{run('Here ')}</w:moveFrom>{run('and ')}<w:moveTo>{run('there')}</w:moveTo>"
    assert texts(read_event(cell(moved))) == ["and there\nNone"]


def test_a_row_deleted_under_tracked_changes_is_set_aside_and_keeps_its_number(read_body):
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('13/02/2019')}{cell('Old')}{cell('x')}</w:tr>"
    read = read_body(table(HEADING, gone, cell("14/02/2019") + cell("New") + cell("y")))
    assert [(entry.source.where, entry.text) for entry in read.entries] == [("table 1 row 3", "New\ny")]
    assert [(each.where, each.text) for each in read.ignored if "deleted" in each.reason] == [("table 1 row 2", "13/02/2019\nOld\nx")]


def test_an_inserted_row_is_read(read_body):
    new = f"<w:tr><w:trPr><w:ins/></w:trPr>{cell('13/02/2019')}{cell('Old')}{cell('x')}</w:tr>"
    assert texts(read_body(table(HEADING, new))) == ["Old\nx"]


def test_a_nested_tables_cells_are_joined_by_tabs_and_its_rows_by_newlines(read_event):
    nested = table(cell("Agency") + cell("Name"), cell("Police") + cell("PC 1"))
    event = f"<w:tc><w:p>{run('Present:')}</w:p>{nested}<w:p>{run('Agreed.')}</w:p></w:tc>"
    assert texts(read_event(event)) == ["Present:\nAgency\tName\nPolice\tPC 1\nAgreed.\nNone"]


def test_content_controls_are_read_at_every_level(read_body):
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    inner = f"<w:tc><w:p>{control.format(run('Chosen'))}</w:p></w:tc>"
    row = f"<w:tr>{cell('13/02/2019')}{control.format(inner)}{cell('x')}</w:tr>"
    body = control.format(f"<w:tbl><w:tr>{HEADING}</w:tr>{control.format(row)}</w:tbl>")
    read = read_body(body)
    assert [(entry.source.where, entry.text) for entry in read.entries] == [("table 1 row 2", "Chosen\nx")]


def test_a_text_box_is_read_once(read_event):
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent><w:p>{run('In the box')}</w:p></w:txbxContent>"
    event = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(read_event(cell(f"{run('Before')}<w:r>{event}</w:r>"))) == ["Before\nIn the box\nNone"]


def test_hidden_text_is_left_out_and_struck_text_kept_and_both_are_told(read_event):
    read = read_event(
        cell(run("Seen ") + run("in secret ", "<w:vanish/>") + run("at home", "<w:strike/>") + run(".", '<w:strike w:val="0"/>'))
    )
    assert texts(read) == ["Seen at home.\nNone"]
    assert read.entries[0].problems == ("1 hidden passage was left out of this row", "1 struck-through passage was kept in this row")
    assert "in secret" in [each.text for each in read.ignored]


def test_comments_and_footnotes_are_kept_apart_with_their_row(read_event):
    note = f'<w:{{0}}s xmlns:w="{W}"><w:{{0}} w:id="1"><w:p>{run("Aside")}</w:p></w:{{0}}></w:{{0}}s>'
    event = cell(run("Seen") + '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:footnoteReference w:id="1"/></w:r>')
    read = read_event(event, {"comments": note.format("comment"), "footnotes": note.format("footnote")})
    assert texts(read) == ["Seen\nNone"]
    assert read.entries[0].problems == ("1 comment was kept apart from this row", "1 footnote or endnote was kept apart from this row")
    assert [(each.where, each.text) for each in read.ignored if each.text == "Aside"] == [("table 1 row 2", "Aside")] * 2


def test_a_page_header_is_kept_apart(read_event):
    read = read_event(cell("Seen"), {"header1": f'<w:hdr xmlns:w="{W}"><w:p>{run("OFFICIAL")}</w:p></w:hdr>'})
    assert ("page header", "OFFICIAL") in [(each.where, each.text) for each in read.ignored]


def test_a_date_merged_down_counts_for_the_rows_below(read_body):
    start, down = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [cell("13/02/2019", properties=start) + cell("A") + cell("x"), cell("", properties=down) + cell("B") + cell("y")]
    read = read_body(table(HEADING, *rows))
    assert [(entry.when.edtf, entry.text) for entry in read.entries] == [("2019-02-13", "A\nx"), ("2019-02-13", "B\ny")]


def test_a_long_vertical_merge_is_no_trouble(read_body):
    rows = [cell("13/02/2019", properties='<w:vMerge w:val="restart"/>') + cell("A") + cell("x")]
    rows += [cell("", properties="<w:vMerge/>") + cell(f"B{n}") + cell("y") for n in range(1500)]
    assert len(read_body(table(HEADING, *rows)).entries) == 1501


def test_a_banner_across_the_table_is_no_event_and_gives_its_year(read_body):
    banner = cell("2018", properties='<w:gridSpan w:val="3"/>')
    read = read_body(table(HEADING, banner, cell("13 Feb") + cell("A") + cell("x")))
    assert [entry.when.edtf for entry in read.entries] == ["2018-02-13"]


def test_dragged_borders_do_not_move_a_cell_into_another_column(read_body):
    wide = '<w:gridSpan w:val="2"/>'
    read = read_body(
        table(HEADING, cell("13/02/2019") + cell("A", properties=wide) + cell("x"), cell("14/02/2019") + cell("B") + cell("y"))
    )
    assert [entry.fields() for entry in read.entries] == [{"event": "A", "action": "x"}, {"event": "B", "action": "y"}]


def test_form_fields_show_what_was_chosen(read_event):
    field = '<w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar>'
    chosen = field.format('<w:ddList><w:result w:val="1"/><w:listEntry w:val="No"/><w:listEntry w:val="Yes"/></w:ddList>')
    ticked = field.format("<w:checkBox><w:checked/></w:checkBox>")
    assert texts(read_event(cell(f"<w:r>{chosen}</w:r>{run(' seen ')}<w:r>{ticked}</w:r>"))) == ["Yes seen ☒\nNone"]


def test_a_field_shows_its_result_and_not_its_code(read_event):
    field = f"<w:r><w:instrText>HYPERLINK secret</w:instrText></w:r>{run('result')}"
    assert texts(read_event(cell(field))) == ["result\nNone"]


def test_tabs_and_line_breaks_are_kept(read_event):
    assert texts(read_event(cell("<w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>C</w:t></w:r>"))) == ["A\tB\nC\nNone"]


def test_tables_are_counted_at_the_top_level_only(read_word):
    document = docx.Document()
    first = document.add_table(rows=1, cols=2)
    first.cell(0, 0).add_table(rows=1, cols=1)
    second = document.add_table(rows=0, cols=2)
    for row in (("Date", "Event"), ("13/02/2019", "Seen")):
        for box, text in zip(second.add_row().cells, row, strict=True):
            box.text = text
    assert [entry.source.where for entry in read_word(document).entries] == ["table 2 row 2"]


def test_a_document_in_strict_open_xml_is_read_too(read_bytes):
    import zipfile

    document = docx.Document()
    for row in (("Date", "Event"), ("13/02/2019", "Seen")):
        new = document.tables[0] if document.tables else document.add_table(rows=0, cols=2)
        for box, text in zip(new.add_row().cells, row, strict=True):
            box.text = text
    plain, strict = io.BytesIO(), io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
            data = data.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships/",
            )
            new.writestr(name, data)
    assert texts(read_bytes(strict.getvalue())) == ["Seen"]


STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="AlsoGone"><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Struck"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Round"><w:basedOn w:val="Round"/></w:style></w:styles>'
)


def test_text_that_a_style_hides_or_strikes_is_told_as_if_its_own_properties_did(read_event):
    struck = f'<w:p><w:pPr><w:pStyle w:val="Struck"/></w:pPr>{run("Cancelled")}{run(" not", "<w:strike w:val='0'/>")}</w:p>'
    event = f"<w:tc><w:p>{run('Seen ')}{run('in secret ', '<w:rStyle w:val="AlsoGone"/>')}{run('at home')}</w:p>{struck}</w:tc>"
    read = read_event(event, {"styles": STYLES})
    assert texts(read) == ["Seen at home\nCancelled not\nNone"]
    assert read.entries[0].problems == ("1 hidden passage was left out of this row", "1 struck-through passage was kept in this row")
    assert {"in secret", "Cancelled"} <= {each.text for each in read.ignored}


def test_a_passage_that_the_program_cut_into_runs_is_listed_once_and_whole(read_event):
    strike = "<w:strike/>"
    read = read_event(cell(run("Seen ") + run("by the ", strike) + run("mother", strike) + run(" at home")))
    assert read.entries[0].problems == ("1 struck-through passage was kept in this row",)
    assert [each.text for each in read.ignored if "struck" in each.reason] == ["by the mother"]


def test_inserted_words_and_rows_are_listed_with_their_row(read_body):
    new = f"<w:tr><w:trPr><w:ins/></w:trPr>{cell('13/02/2019')}{cell('Seen')}{cell('x')}</w:tr>"
    changed = cell("14/02/2019") + cell(f"{run('Rang ')}<w:ins>{run('twice')}</w:ins>") + cell("y")
    read = read_body(table(HEADING, new, changed))
    assert [(each.where, each.text) for each in read.ignored if "inserted" in each.reason] == [
        ("table 1 row 2", "13/02/2019\nSeen\nx"),
        ("table 1 row 3", "twice"),
    ]


def test_a_cell_deleted_under_tracked_changes_is_not_live(read_body):
    gone = cell("None", properties="<w:cellDel/>")
    read = read_body(table(HEADING, cell("13/02/2019") + cell("Seen") + gone))
    assert texts(read) == ["Seen"]
    assert "None" in [each.text for each in read.ignored if "deleted" in each.reason]


def test_the_addresses_of_links_are_listed_and_not_followed(read_event):
    field = f'<w:r><w:instrText>HYPERLINK "https://example.org/b"</w:instrText></w:r>{run("there")}'
    read = read_event(cell(f"{run('Look ')}{field}"))
    assert texts(read) == ["Look there\nNone"]
    assert [each.text for each in read.ignored if "link" in each.reason] == ["https://example.org/b"]
    assert any("link" in problem for problem in read.entries[0].problems)
