"""Tracked changes, hidden and struck words: each is listed with its row, and with its place in the event's text where it stands in it."""

import subprocess

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from extractors import Limits, extract_apart
from extractors.apart import office_program
from extractors.model import tidy
from extractors.signs import between_signs, point, settled, tidied, unsigned
from extractors.wire import dump, load
from tests.extractors.conftest import W, package_of
from tests.extractors.test_office import RTF, is_installed
from tests.extractors.test_opendocument import HEADING as ODS_HEADING
from tests.extractors.test_opendocument import cell as ods_cell
from tests.extractors.test_opendocument import read_ods, row, sheet  # noqa: F401 - a fixture
from tests.extractors.test_word import HEADING, STYLES, cell, run, table
from timeline.errors import FileError


def ins(*runs):
    return f"<w:ins>{''.join(runs)}</w:ins>"


def gone(text, tag="del"):
    return f"<w:{tag}><w:r><w:delText>{text}</w:delText></w:r></w:{tag}>"


def row_of(mark, *cells):
    return f"<w:tr><w:trPr><w:{mark}/></w:trPr>{''.join(cells)}</w:tr>"


def spans(read):
    """Each event's spans: kind, words, and what stands at their place in the text."""
    return [
        (span.kind, span.words, entry.text[span.start : span.end] if span.start is not None else None)
        for entry in read.entries
        for span in entry.marked
    ]


def beside(read):
    return [(span.kind, span.words, span.where, span.whole_row) for span in read.marked]


@pytest.fixture
def read_event(read_body):
    """The extraction of a table whose only event has these runs in its event cell."""

    def read(*runs, parts=None):
        return read_body(table(HEADING, cell("13/02/2019") + cell("".join(runs)) + cell("None")), parts)

    return read


def test_inserted_and_deleted_words_are_listed_with_their_place_and_what_stands_before(read_event):
    read = read_event(run("Seen "), ins(run("alone ")), gone("by the window "), run("at home"))
    assert spans(read) == [("inserted", "alone", "alone"), ("deleted", "by the window", None)]
    assert [span.before for span in read.entries[0].marked] == ["Seen", "Seen alone"]
    assert {span.where for span in read.entries[0].marked} == {"table 1 row 2"}


def test_words_that_the_program_cut_into_several_changes_are_one_span(read_event):
    read = read_event(run("Was "), gone("not "), gone("seen"), ins(run("he")), ins(run("ard")))
    assert spans(read) == [("deleted", "not seen", None), ("inserted", "heard", "heard")]


def test_what_was_inserted_and_then_deleted_is_a_deletion_alone(read_event):
    read = read_event(run("Seen "), ins(run("quite "), gone("alone ")), run("there"))
    assert spans(read) == [("deleted", "alone", None), ("inserted", "quite", "quite")]


def test_moved_words_are_listed_at_both_ends(read_event):
    moved = f"<w:moveFrom>{run('Here ')}</w:moveFrom>{run('and ')}<w:moveTo>{run('there')}</w:moveTo>"
    assert spans(read_event(moved)) == [("moved-away", "Here", None), ("moved-here", "there", "there")]


@pytest.mark.parametrize("property_", ["strike", "dstrike"])
def test_struck_words_stay_and_are_found_in_the_text(read_event, property_):
    read = read_event(run("Seen "), run("by the ", f"<w:{property_}/>"), run("mother", f"<w:{property_}/>"), run(" at home"))
    assert spans(read) == [("struck", "by the mother", "by the mother")]


def test_hidden_words_are_listed_and_stand_nowhere_in_the_text(read_event):
    read = read_event(run("Seen "), run("in ", "<w:vanish/>"), run("secret ", "<w:vanish/>"), run("at home"))
    assert spans(read) == [("hidden", "in secret", None)]
    assert "secret" not in read.entries[0].text


def test_words_struck_by_their_style_are_found_too(read_body):
    struck = f'<w:p><w:pPr><w:pStyle w:val="Struck"/></w:pPr>{run("Cancelled")}</w:p>'
    read = read_body(
        table(HEADING, cell("13/02/2019") + f"<w:tc><w:p>{run('Seen')}</w:p>{struck}</w:tc>" + cell("None")), {"styles": STYLES}
    )
    assert spans(read) == [("struck", "Cancelled", "Cancelled")]


def test_a_change_of_looks_alone_is_no_span(read_event):
    was_struck = '<w:rPrChange w:id="1"><w:rPr><w:strike/><w:vanish/></w:rPr></w:rPrChange>'
    assert spans(read_event(run("Seen ", f"<w:b/>{was_struck}"), run("at home"))) == []


def test_a_struck_cell_that_says_what_another_says_is_found_in_its_own_place(read_body):
    heading = HEADING + cell("Outcome")
    first = table(heading, cell("13/02/2019") + cell("Seen") + cell(run("None", "<w:strike/>")) + cell("None"))
    second = table(heading, cell("13/02/2019") + cell("Seen") + cell("None") + cell(run("None", "<w:strike/>")))
    assert [read_body(each).entries[0].marked[0].start for each in (first, second)] == [5, 10]


def test_a_struck_date_belongs_to_its_row_and_stands_nowhere_in_its_text(read_body):
    read = read_body(table(HEADING, cell(run("13/02/2019", "<w:strike/>")) + cell("Seen on 13/02/2019") + cell("None")))
    assert spans(read) == [("struck", "13/02/2019", None)]


def test_an_inserted_row_is_one_span_of_its_whole_text(read_body):
    new = row_of("ins", cell(ins(run("13/02/2019"))), cell(ins(run("Seen "), run("alone"))), cell(ins(run("None"))))
    read = read_body(table(HEADING, new, cell("14/02/2019") + cell("Rang") + cell("None")))
    assert spans(read) == [("inserted", "Seen alone\nNone", "Seen alone\nNone")]
    assert [span.whole_row for entry in read.entries for span in entry.marked] == [True]


@pytest.mark.parametrize("as_words", [lambda text: gone(text), lambda text: run(text)])
def test_a_deleted_row_is_listed_whole_though_it_is_no_event(read_body, as_words):
    old = row_of("del", *(cell(as_words(text)) for text in ("13/02/2019", "He was drunk", "None")))
    read = read_body(table(HEADING, old, cell("14/02/2019") + cell("Rang") + cell("None")))
    assert beside(read) == [("deleted", "13/02/2019\nHe was drunk\nNone", "table 1 row 2", True)]
    assert spans(read) == []
    assert read.seen == len(read.entries) + len(read.unread) + len(read.ignored)


def test_a_deleted_cell_and_a_row_deleted_in_a_nested_table_are_listed_with_their_row(read_body):
    inner = f"<w:tc>{table(cell('Blood') + cell('normal'), row_of('del', cell('X-ray'), cell('rib')))}<w:p/></w:tc>"
    read = read_body(table(HEADING, cell("13/02/2019") + inner + cell("Told nobody", properties="<w:cellDel/>")))
    assert read.entries[0].text == "Blood\tnormal"
    assert spans(read) == [("deleted", "X-ray\trib", None), ("deleted", "Told nobody", None)]


def test_marks_in_nested_tables_and_text_boxes_are_found_in_the_text(read_body):
    inner = f"<w:tc>{table(cell('Blood') + cell(ins(run('normal')), 'twice'))}<w:p>{run('after', '<w:strike/>')}</w:p></w:tc>"
    read = read_body(table(HEADING, cell("13/02/2019") + inner + cell("None")))
    assert read.entries[0].text == "Blood\tnormal twice\nafter\nNone"
    assert spans(read) == [("inserted", "normal", "normal"), ("struck", "after", "after")]


def test_marks_of_several_dated_entries_in_one_cell_go_to_their_own_event(read_body):
    event = cell(
        "13/02/2019 - Seen at home",
        f"{run('14/02/2019 - Rang ')}{ins(run('twice'))}",
        f"{run('15/02/2019 - Rang ')}{gone('and shouted ')}{run('again')}",
    )
    read = read_body(table(HEADING, cell("13/02/2019") + event + cell(run("None", "<w:strike/>"))))
    struck = ("struck", "None")
    assert [[(span.kind, span.words) for span in entry.marked] for entry in read.entries] == [
        [struck], [("inserted", "twice"), struck], [("deleted", "and shouted"), struck],
    ]  # fmt: skip


def test_marks_in_dated_paragraphs_go_to_their_event_with_the_place_of_the_paragraph(read_body):
    dated = (
        f"<w:p>{run('13/02/2019 – Seen ')}{ins(run('alone'))}</w:p><w:p>{run('Then ')}{gone('nobody ')}{run('came', '<w:strike/>')}</w:p>"
    )
    more = f"<w:p>{run('14/02/2019 – Rang')}</w:p><w:p>{run('15/02/2019 – Rang')}</w:p>"
    read = read_body(dated + more)
    assert spans(read) == [("inserted", "alone", "alone"), ("deleted", "nobody", None), ("struck", "came", "came")]
    assert [span.where for span in read.entries[0].marked] == ["paragraph 1", "paragraph 2", "paragraph 2"]


def test_changes_in_headings_and_paragraphs_beside_the_tables_are_listed_with_their_place(read_body):
    heading = f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{run("Chronology ")}{ins(run("of the police"))}</w:p>'
    rows = table(
        f"{cell('Date')}{cell(f'{run("Event")}{gone(" or allegation")}')}{cell('Action')}", cell("13/02/2019") + cell("Seen") + cell("x")
    )
    read = read_body(f"{heading}<w:p>{gone('We have no record of her')}</w:p>{rows}")
    assert beside(read) == [
        ("inserted", "of the police", "paragraph 1", False),
        ("deleted", "We have no record of her", "paragraph 2", False),
        ("deleted", "or allegation", "table 1 row 1", False),
    ]


def test_changes_in_footnotes_and_page_headers_are_listed(read_event):
    note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1"><w:p>{run("Aside")}{gone(" untrue")}</w:p></w:footnote></w:footnotes>'
    header = f'<w:hdr xmlns:w="{W}"><w:p>{run("DRAFT", "<w:strike/>")}</w:p></w:hdr>'
    read = read_event(run("Seen"), '<w:r><w:footnoteReference w:id="1"/></w:r>', parts={"footnotes": note, "header1": header})
    assert beside(read) == [("deleted", "untrue", "footnote 1", False), ("struck", "DRAFT", "page header", False)]


def test_a_deleted_row_of_a_small_table_inside_an_entry_is_set_aside_and_not_lost(read_body):
    inner = table(cell("Blood") + cell("normal"), row_of("del", cell("X-ray"), cell("broken rib")))
    more = f"<w:p>{run('14/02/2019 – Rang')}</w:p><w:p>{run('15/02/2019 – Rang')}</w:p>"
    read = read_body(f"<w:p>{run('13/02/2019 – Examined')}</w:p>{inner}{more}")
    assert ("deleted", "X-ray\nbroken rib", "table 1 row 2", True) in beside(read)
    assert "X-ray\nbroken rib" in [each.text for each in read.ignored]


def test_spans_cross_from_the_child_as_they_are(read_body, source):
    old = row_of("del", cell("13/02/2019"), cell("He was drunk"), cell("None"))
    read = read_body(table(HEADING, old, cell("14/02/2019") + cell(f"{run('Seen ')}{ins(run('alone'))}") + cell("None")))
    assert load(dump(read), source) == read
    assert read.marked
    assert read.entries[0].marked


def test_a_child_that_tells_a_span_in_the_wrong_place_is_not_trusted(read_event, source):
    told = dump(read_event(run("Seen "), ins(run("alone"))))
    with pytest.raises(FileError, match="trusted"):
        load(told.replace(b'"Seen",5,10', b'"Seen",4,9'), source)


def test_struck_cells_and_runs_of_a_workbook_are_found_in_the_text(read_book):
    book = openpyxl.Workbook()
    book.active.append(["Date", "Event", "Action", "Source"])
    book.active.append(
        ["13/02/2019", CellRichText("Seen ", TextBlock(InlineFont(strike=True), "by the mother"), " at home"), "None", "Log"]
    )
    book.active["D2"].font = Font(strike=True)
    assert spans(read_book(book)) == [("struck", "by the mother", "by the mother"), ("struck", "Log", "Log")]


def test_of_two_workbook_cells_that_say_the_same_none_is_taken_for_the_struck_one(read_book):
    book = openpyxl.Workbook()
    book.active.append(["Date", "Event", "Action", "Outcome"])
    book.active.append(["13/02/2019", "Seen", "None", "None"])
    book.active["C2"].font = Font(strike=True)
    assert spans(read_book(book)) == [("struck", "None", None)]
    book.active["D2"].font = Font(strike=True)
    assert [span.start for span in read_book(book).entries[0].marked] == [5, 10]


def test_a_hidden_column_is_no_hidden_span(read_book):
    book = openpyxl.Workbook()
    book.active.append(["Date", "Event", "Action"])
    book.active.append(["13/02/2019", "Seen", "Secret"])
    book.active.column_dimensions["C"].hidden = True
    read = read_book(book)
    assert (spans(read), read.marked) == ([], ())


def test_struck_and_hidden_words_of_an_opendocument_sheet_are_found(read_ods):  # noqa: F811
    styled = '<text:span text:style-name="{}">{}</text:span>'
    words = f"<text:p>Seen {styled.format('struck', 'alone')}{styled.format('unseen', ' in secret')} at home</text:p>"
    event = ods_cell(inside=words)
    read = read_ods(sheet(ODS_HEADING, row("13/02/2019", event, ods_cell("None", more='table:style-name="struck"'))))
    assert read.entries[0].text == "Seen alone at home\nNone"
    assert spans(read) == [("struck", "alone", "alone"), ("hidden", "in secret", None), ("struck", "None", "None")]


def tracked(*changes):
    return f"<table:tracked-changes>{''.join(changes)}</table:tracked-changes>"


def was(text):
    said = f'<table:change-track-table-cell office:value-type="string"><text:p>{text}</text:p></table:change-track-table-cell>'
    return f"<office:change-info><dc:creator>Ann Author</dc:creator></office:change-info><table:previous>{said}</table:previous>"


AT = '<table:cell-address table:column="1" table:row="1" table:table="0"/>'


def test_tracked_changes_of_an_opendocument_sheet_are_listed_by_their_row(read_ods):  # noqa: F811
    changed = f"<table:cell-content-change>{AT}{was('Seen by the window')}</table:cell-content-change>"
    settled_already = f'<table:cell-content-change table:acceptance-state="accepted">{AT}{was("Before")}</table:cell-content-change>'
    inserted = '<table:insertion table:type="row" table:position="2" table:table="0"/>'
    said = f"<table:deletions>{was('He was drunk')}</table:deletions>"
    deleted = f'<table:deletion table:type="row" table:position="3" table:table="0">{said}</table:deletion>'
    rows = sheet(ODS_HEADING, row("13/02/2019", "Seen", "None"), row("14/02/2019", "Rang", "x"))
    read = read_ods(tracked(changed, settled_already, inserted, deleted), rows)
    assert spans(read) == [("deleted", "Seen by the window", None), ("inserted", "Rang\nx", "Rang\nx")]
    assert beside(read) == [("deleted", "He was drunk", 'sheet "2019" near row 4', True)]
    assert "Ann Author" not in repr(read)
    assert read.seen == len(read.entries) + len(read.unread) + len(read.ignored)


@is_installed
def test_changes_of_rich_text_come_through_libreoffice(tmp_path, source, reading):
    path = tmp_path / "chronology.bin"
    path.write_bytes(RTF.encode())
    read = extract_apart(path, source, reading, Limits(scratch=tmp_path))
    assert sorted(spans(read)) == [("deleted", "by the window", None), ("hidden", "in secret", None), ("inserted", "alone", "alone")]


@is_installed
@pytest.mark.parametrize("ending", ["odt", "doc"])
def test_changes_of_a_text_document_come_through_libreoffice(ending, tmp_path, source, reading):
    by = 'w:id="{}" w:author="A" w:date="2024-01-01T00:00:00Z"'
    dated = f"{run('13/02/2019 – Seen ')}<w:ins {by.format(1)}>{run('alone ')}</w:ins><w:del {by.format(2)}><w:r>"
    dated += f'<w:delText xml:space="preserve">by the window </w:delText></w:r></w:del>{run("at home", "<w:strike/>")}'
    (tmp_path / "made.docx").write_bytes(package_of(f"<w:p>{dated}</w:p><w:p>{run('14/02/2019 – Rang')}</w:p>", {}))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    made = [office_program(), profile, "--headless", "--convert-to", ending, "--outdir", str(tmp_path), str(tmp_path / "made.docx")]
    subprocess.run(made, check=True, capture_output=True, timeout=120)
    read = extract_apart(tmp_path / f"made.{ending}", source, reading, Limits(scratch=tmp_path))
    assert spans(read) == [("inserted", "alone", "alone"), ("deleted", "by the window", None), ("struck", "at home", "at home")]


LOOKS = {
    "plain": lambda text: run(text),
    "inserted": lambda text: ins(run(text)),
    "moved-here": lambda text: f"<w:moveTo>{run(text)}</w:moveTo>",
    "struck": lambda text: run(text, "<w:strike/>"),
    "deleted": gone,
    "moved-away": lambda text: f"<w:moveFrom>{run(text)}</w:moveFrom>",
    "hidden": lambda text: run(text, "<w:vanish/>"),
}
GAPS = st.sampled_from(["", " ", "  ", "\t", "\u200b", "\u00a0"])
RUN = st.tuples(st.sampled_from(sorted(LOOKS)), GAPS, GAPS)
PARAGRAPH = st.lists(RUN, max_size=5)
SHAPE = st.sampled_from(["plain", "dated", "nested"])
CELL = st.lists(st.tuples(SHAPE, PARAGRAPH), min_size=1, max_size=4)
FEW = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def cell_of(paragraphs, told):
    """A cell's XML; `told` takes each run's word, which stands nowhere else, and what was done to it."""
    parts = []
    for number, (shape, runs) in enumerate(paragraphs):
        made = run(f"{10 + number}/02/2019 - ") if shape == "dated" else ""
        for look, before, after in runs:
            word = f"word{len(told)}x"
            told[word] = look
            made += LOOKS[look](f"{before}{word}{after}")
        parts.append(f"<w:p>{made}</w:p>" if shape != "nested" else table(cell(made) if made else cell()))
    return f"<w:tc>{''.join(parts)}<w:p/></w:tc>"


@FEW
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=3))
def test_every_mark_is_told_once_and_stands_in_its_text_where_its_span_says(read_body, rows):
    told = {}
    cells = [cell(f"{number}/02/2019") + cell_of(one, told) + cell_of(other, told) for number, (one, other) in enumerate(rows, start=10)]
    read = read_body(table(HEADING, *cells))
    for entry in read.entries:
        for span in entry.marked:
            if span.start is not None:
                assert entry.text[span.start : span.end] == span.words
            else:
                assert not any(word in entry.text for word in told if word in span.words)
    listed = [(span.kind, span.words) for entry in read.entries for span in entry.marked] + [
        (span.kind, span.words) for span in read.marked
    ]
    for word, look in told.items():
        found = {kind for kind, words in listed if word in words}
        assert found == ({look} if look != "plain" else set())
        if look in ("inserted", "moved-here", "struck"):
            assert all(any(word in span.words for span in entry.marked) for entry in read.entries if word in entry.text)


PIECES = st.lists(
    st.one_of(st.text(st.sampled_from("ab \t\n\r\x0b\u2028\x85\u200b\u00a0.\x07"), max_size=6), st.integers(0, 70)), max_size=8
)


@FEW
@given(PIECES)
def test_signs_change_nothing_of_a_text_and_survive_its_tidying(pieces):
    plain = "".join(piece for piece in pieces if isinstance(piece, str))
    signed = "".join(piece if isinstance(piece, str) else point(piece) for piece in pieces)
    assert unsigned(signed) == plain
    assert settled(signed)[0] == tidy(plain) == tidy(signed)
    assert unsigned(tidied(signed)) == tidy(plain)
    assert settled(tidied(signed)) == settled(signed)
    assert set(settled(signed)[1]) == {piece for piece in pieces if isinstance(piece, int)}


def test_a_span_between_signs_is_known_after_tidying():
    text, found = settled(f" Seen \r\n\r\n {between_signs(' alone', 9)} there ")
    assert text[slice(*found[9])] == "alone"
    assert text == "Seen\nalone there"
