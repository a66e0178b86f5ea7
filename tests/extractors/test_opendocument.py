"""OpenDocument spreadsheets: what they show and hide, and rows that say how often they repeat."""

import io
import zipfile

import pytest

SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    f'xmlns:{short}="{SPACE}{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("draw", "drawing"),
    )
)
STYLES = (
    '<number:date-style style:name="N1"><number:month number:textual="true"/><number:text> </number:text><number:year/></number:date-style>'
    '<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="struck" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="unseen" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


def cell(text="", kind="string", more="", inside=""):
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    return f'<table:table-cell office:value-type="{kind}" {more}>{inside}{lines}</table:table-cell>'


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(each if each.startswith('<') else cell(each) for each in cells)}</table:table-row>"


def sheet(*rows, name="2019", more="", columns="<table:table-column/>"):
    return f'<table:table table:name="{name}" {more}>{columns}{"".join(rows)}</table:table>'


HEADING = row("Date", "Event", "Action")
SEEN = row("13/02/2019", "Seen", "None")


@pytest.fixture
def read_ods(read_bytes):
    def read(*sheets, manifest="", styles=STYLES):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            package.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
            package.writestr(
                "content.xml",
                f'<office:document-content {NAMES} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/">'
                f"<office:automatic-styles>{styles}</office:automatic-styles>"
                f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>",
            )
        return read_bytes(packed.getvalue(), "chronology.ods")

    return read


def told(read):
    return [(entry.source.where, entry.when.edtf, entry.time, entry.text) for entry in read.entries]


def test_real_dates_and_times_are_read_beside_written_ones(read_ods):
    day = cell("13/02/19", "date", 'office:date-value="2019-02-13"')
    moment = cell("14/02/19 10:15", "date", 'office:date-value="2019-02-14T10:15:00"')
    month = cell("Apr 2019", "date", 'office:date-value="2019-04-01" table:style-name="month"')
    read = read_ods(
        sheet(HEADING, row(day, "Seen", "None"), row(moment, "Rang", "None"), row("1st March 2019", "Met", "None"), row(month, "x", "y"))
    )
    assert told(read) == [
        ('sheet "2019" row 2', "2019-02-13", None, "Seen\nNone"),
        ('sheet "2019" row 3', "2019-02-14", "10:15", "Rang\nNone"),
        ('sheet "2019" row 4', "2019-03-01", None, "Met\nNone"),
        ('sheet "2019" row 5', "2019-04", None, "x\ny"),
    ]


def test_blank_rows_and_columns_that_repeat_keep_the_places_of_the_others(read_ods):
    blank = row(cell(more='table:number-columns-repeated="16384"'), more='table:number-rows-repeated="7"')
    end = row(cell(more='table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048000"')
    assert [entry.source.where for entry in read_ods(sheet(HEADING, blank, SEEN, end)).entries] == ['sheet "2019" row 9']


def test_a_row_that_says_that_it_repeats_is_as_many_rows(read_ods):
    again = row("13/02/2019", "Seen", "None", more='table:number-rows-repeated="2"')
    assert [entry.source.where for entry in read_ods(sheet(HEADING, again)).entries] == ['sheet "2019" row 2', 'sheet "2019" row 3']


@pytest.mark.parametrize("bomb", ['table:number-rows-repeated="1048576"', 'table:number-rows-repeated="9999999"'])
def test_rows_of_text_that_repeat_without_end_are_refused(read_ods, bomb):
    assert "rows of text" in read_ods(sheet(HEADING, row("13/02/2019", "Seen", "None", more=bomb))).reason


def test_columns_of_text_that_repeat_without_end_are_refused(read_ods):
    wide = row("13/02/2019", cell("Seen", more='table:number-columns-repeated="16000"'))
    assert "columns of text" in read_ods(sheet(HEADING, wide)).reason


def test_hidden_rows_columns_and_sheets_are_marked_and_kept_apart(read_ods):
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    hidden = row("14/02/2019", "Filtered", "None", more='table:visibility="filter"')
    read = read_ods(sheet(HEADING, SEEN, hidden, columns=columns), sheet(HEADING, SEEN, name="Old", more='table:style-name="away"'))
    assert [(entry.text, entry.problems) for entry in read.entries] == [("Seen", ("text in a hidden column was kept apart from this row",))]
    assert [(each.where, each.reason.partition(":")[0]) for each in read.unread] == [
        ('sheet "2019" row 3', "this row is hidden in the spreadsheet"),
        ('sheet "Old" row 2', "this row stands on a hidden sheet"),
    ]


def test_merged_dates_count_for_all_their_rows(read_ods):
    first = row(cell("13/02/2019", more='table:number-rows-spanned="2"'), "A", "x")
    second = row("<table:covered-table-cell/>", "B", "y")
    assert [(when, text) for _, when, _, text in told(read_ods(sheet(HEADING, first, second)))] == [
        ("2019-02-13", "A\nx"),
        ("2019-02-13", "B\ny"),
    ]


def test_a_merge_over_the_whole_sheet_is_refused(read_ods):
    bomb = cell("x", more='table:number-rows-spanned="1048576" table:number-columns-spanned="16384"')
    assert "merged" in read_ods(sheet(HEADING, row(bomb))).reason


def test_comments_links_struck_and_hidden_words_are_listed_with_their_row(read_ods):
    note = "<office:annotation><dc:creator>Someone</dc:creator><text:p>Ask about this</text:p></office:annotation>"
    event = 'Seen <text:span text:style-name="unseen">in secret </text:span><text:a xlink:href="https://example.org/a">here</text:a>'
    read = read_ods(sheet(HEADING, row("13/02/2019", cell(event, inside=note), cell("None", more='table:style-name="struck"'))))
    assert [entry.text for entry in read.entries] == ["Seen here\nNone"]
    assert len(read.entries[0].problems) == 4
    assert {(each.where, each.text) for each in read.ignored[1:]} == {
        ('sheet "2019" row 2', text) for text in ("Ask about this", "in secret", "https://example.org/a", "None")
    }


def test_spaces_tabs_and_line_breaks_are_kept(read_ods):
    read = read_ods(sheet(HEADING, row("13/02/2019", "A<text:s text:c='2'/>B<text:tab/>C<text:line-break/>D\nE", "x")))
    assert [entry.text for entry in read.entries] == ["A  B\tC\nD\nE\nx"]


def test_a_protected_file_says_so(read_ods):
    assert "password protected" in read_ods(sheet(HEADING, SEEN), manifest="<encryption-data/>").reason
