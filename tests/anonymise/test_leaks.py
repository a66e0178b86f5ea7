import io
import json
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from PIL import Image, PngImagePlugin

from anonymise.gate.leak_forms import Form, leak_forms
from anonymise.gate.leaks import Leak, Search, leaked_things, leaks, with_leaked
from anonymise.gate.parts import parts_of
from anonymise.hiding.hide import hide, texts_to_recognise
from anonymise.recognising.names import tokens
from anonymise.recognising.recognise import recognise
from anonymise.recognising.things import telling_words
from anonymise.rules import rules_from
from anonymise.words.texts import NamedText, clean, words_of
from pipelines.cli import main
from pipelines.review import open_review
from pipelines.rule_files import rule
from pipelines.setting import set_up
from tests.anonymise.conftest import Nothing
from tests.anonymise.reviews import CAST, case, timeline
from tests.conftest import TINY
from timeline.people import Person


def whose(folder, forms):
    return {(leak.kind, leak.person) for leak in leaks(folder, forms)}


def test_a_clean_folder_has_no_leak(tmp_path, forms):
    document = docx.Document()
    document.add_paragraph("Child Z was seen. Mother will visit in May 2019. Social Worker 1 rang. Will this do? Page 1")
    document.save(tmp_path / "draft-summary.docx")
    (tmp_path / "anonymised.json").write_text(json.dumps({"events": [{"text": "Child Z and Mother; will visit."}]}), "utf-8")
    assert leaks(tmp_path, forms) == ()


def in_run_parts(document):
    paragraph = document.add_paragraph("Seen: ")
    for part in ("Mari", "sol", " was here"):
        paragraph.add_run(part)


def in_header(document):
    document.sections[0].header.paragraphs[0].text = "Re: O\u2019DOWD"


def in_properties(document):
    document.core_properties.author = "Tamsin de la Cour"


def in_a_table(document):
    document.add_table(1, 1).cell(0, 0).text = "M. O'Dowd"


def in_other_letters(document):
    document.add_paragraph("M\u0430ris\u200bol was seen")


def as_a_slip(document):
    document.add_paragraph("seen by Debborah at home")


def over_a_line_end(document):
    document.add_paragraph("seen by Debo-\nrah at home")


def as_a_word_name(document):
    document.add_paragraph("He spoke to Will yesterday.")


def in_an_attribute(document):
    from docx.oxml.ns import qn

    document.add_paragraph("x")._p.set(qn("w:rsidR"), "Marisol")


@pytest.mark.parametrize(
    "plant",
    [in_run_parts, in_header, in_properties, in_a_table, in_other_letters, as_a_slip, over_a_line_end, as_a_word_name, in_an_attribute],
)
def test_a_name_anywhere_in_a_document_is_a_leak(plant, tmp_path, forms):
    document = docx.Document()
    plant(document)
    document.save(tmp_path / "draft.docx")
    assert whose(tmp_path, forms)


def test_sheet_names_and_comments_are_looked_at(tmp_path, forms):
    book = openpyxl.Workbook()
    book.active.title = "Marisol"
    book.active["A1"] = "x"
    book.active["A1"].comment = openpyxl.comments.Comment("ask Deborah", "someone")
    book.save(tmp_path / "timeline.xlsx")
    assert whose(tmp_path, forms) >= {("PERSON", "P1"), ("PERSON", "P2")}


def test_escapes_and_numbers_are_read(tmp_path, forms):
    (tmp_path / "a.json").write_text('{"text": "Mari\\u0073ol", "n": "(07700) 900-123"}', "utf-8")
    (tmp_path / "b.html").write_text("<p>Debor&#97;h</p><script>var x = 'T\\u0061msin'</script>", "utf-8")
    assert whose(tmp_path, forms) == {("PERSON", "P1"), ("PHONE", None), ("PERSON", "P2"), ("PERSON", "P3")}


def test_the_name_of_a_file_is_looked_at(tmp_path, forms):
    (tmp_path / "draft_ODowd.txt").write_text("nothing", "utf-8")
    assert {leak.kind for leak in leaks(tmp_path, forms)} == {"PERSON"}


def test_a_message_shows_places_and_ids_alone(tmp_path, forms):
    (tmp_path / "Marisol.txt").write_text("nothing", "utf-8")
    assert str(leaks(tmp_path, forms)[0]) == "file 1, part 0: person of P1"


def test_a_leaked_form_is_hidden_in_the_next_round(tmp_path, forms, rules, nothing):
    (tmp_path / "a.txt").write_text("Debborah rang 07700900123", "utf-8")
    found = leaks(tmp_path, forms)
    again = recognise(
        [NamedText(id="t", text="debborah on 07700 900123")], with_leaked(CAST, found), (), nothing, rules, leaked_things(found, CAST)
    )
    assert {(m.kind, m.person) for m in again.mentions} == {("PERSON", "P2"), ("PHONE", None)}


def test_a_leaked_form_of_somebody_whom_only_the_texts_name_is_hidden_too(rules, nothing):
    found = [
        Leak(file=1, part=1, kind="PERSON", person="N-1", form="don NAD"),
        Leak(file=1, part=1, kind="PERSON", person="N-1", form="Arbel"),
    ]
    texts = [NamedText(id="a", text="X-don NAD. Arbel Grove rang."), NamedText(id="b", text="arbel trees don't nad")]
    again = recognise(texts, with_leaked(CAST, found), (), nothing, rules, leaked_things(found, CAST))
    assert [(m.text_id, texts[0].text[m.start : m.end], m.kind, m.person) for m in again.mentions] == [
        ("a", "don NAD", "PERSON", None),
        ("a", "Arbel", "PERSON", None),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "see M%61risol", "see Mari&amp;#115;ol", "TWFyaXNvbCB3YXMgc2Vlbg==", "4d617269736f6c207365656e", r"M\x61risol", "Mari=73ol",
        "\u202elosiraM\u202c",
        "M\u0336a\u0336risol", "ᴍᴀʀɪꜱᴏʟ", "M a r i s o l", "M.a.r.i.s.o.l", "m_a_r_i_s_o_l", "Mari\u00adsol", "MARI-\nSOL",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_encoded_or_disguised(written, tmp_path, forms):
    (tmp_path / "a.txt").write_text(written, "utf-8")
    assert whose(tmp_path, forms) == {("PERSON", "P1")}


@pytest.mark.parametrize("written", ["rang 07700\n900123", "rang 07700 900\n123", "٠٧٧٠٠ ٩٠٠١٢٣", "07700\u00a0900\u2011123"])
def test_a_number_is_found_over_two_lines_and_in_other_digits(written, tmp_path, forms):
    (tmp_path / "a.txt").write_text(written, "utf-8")
    assert whose(tmp_path, forms) == {("PHONE", None)}


def test_a_number_in_an_attribute_or_a_cell_is_found(tmp_path, forms):
    (tmp_path / "a.html").write_text('<p title="07700 900123">x</p>', "utf-8")
    assert whose(tmp_path, forms) == {("PHONE", None)}
    (tmp_path / "a.html").unlink()
    book = openpyxl.Workbook()
    book.active["A1"] = 7700900123
    book.active["A1"].number_format = "00000000000"
    book.active["A2"] = "07700 900123"
    book.save(tmp_path / "timeline.xlsx")
    assert whose(tmp_path, forms) == {("PHONE", None)}


def test_places_on_a_page_and_numbers_of_shared_strings_are_nobodys_number(tmp_path, forms):
    (tmp_path / "a.html").write_text('<svg><line x1="07700%" x2="90.012%" y1="077.00%"/><line x1="07.700%" x2="900.123%"/></svg>', "utf-8")
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as package:
        cells = "".join(f'<c r="A{row}" s="1" t="s"><v>{number}</v></c>' for row, number in ((1, "07700"), (2, "900123")))
        package.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>")
    assert leaks(tmp_path, forms) == ()


def test_measures_of_a_page_and_counters_of_rows_are_nobodys_number(tmp_path, forms):
    numbered = replace(forms, forms={form: Form("IDENTIFIER", None, "any") for form in ("16838", "j1234", "1000123")})
    numbered = replace(numbered, beginnings=frozenset(form[:n] for form in numbered.forms for n in range(1, len(form) + 1)))
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("word/document.xml", '<w:bookmarkStart w:id="1000123" w:name="row_E0123"/><w:pgSz w:w="11906" w:h="16838"/>')
        package.writestr("word/theme/theme1.xml", '<a:gs pos="16838"/>')
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as package:
        package.writestr("xl/worksheets/sheet1.xml", '<row r="16838"><c r="J1234" s="1"/></row><autoFilter ref="A4:J1234"/>')
    assert leaks(tmp_path, numbered) == ()
    (tmp_path / "c.html").write_text('<p id="1000123" title="J1234" data-of="16838">-</p>', "utf-8")
    assert {leak.form for leak in leaks(tmp_path, numbered)} == {"1000123", "J1234", "16838"}


def test_counts_and_places_in_texts_are_nobodys_number(tmp_path, forms):
    (tmp_path / "anonymised.json").write_text(
        '{"phrases": [["E0001", 7700, 900123], ["E0002", 77009, 123]], "seen": 12.5, "true": true}', "utf-8"
    )
    numbered = replace(forms, forms={form: Form("PHONE", None, "any") for form in ("7700900123", "900123")})
    numbered = replace(numbered, beginnings=frozenset(form[:n] for form in numbered.forms for n in range(1, len(form) + 1)))
    assert leaks(tmp_path, numbered) == ()
    (tmp_path / "b.json").write_text('{"telephone": 7700900123, "said": "900123"}', "utf-8")
    assert {leak.form for leak in leaks(tmp_path, numbered)} == {"7700900123", "900123"}


def test_a_date_of_birth_is_found_but_no_other_day_and_year(tmp_path, forms):
    (tmp_path / "a.txt").write_text("9/5/2016", "utf-8")
    (tmp_path / "b.txt").write_text("95 2016", "utf-8")
    assert {leak.file for leak in leaks(tmp_path, forms)} == {1}


def test_words_of_the_field_that_were_taken_for_a_place_stop_no_run(hiding_rules):
    known = hiding_rules.recognition
    assert telling_words("Child Protection Plan", "ORGANISATION", known) == ()
    assert telling_words("The May", "ORGANISATION", known) == ("the", "may")  # a public house
    assert telling_words("the May", "ORGANISATION", known) == ()  # what a date is in a draft: "by the 14 May"
    assert telling_words("The March Joinery", "ORGANISATION", known) == ("the", "march", "joinery")
    assert telling_words("Cloth Hall Surgery", "ORGANISATION", known) == ("cloth", "hall", "surgery")


FURNITURE = [
    "Will Page", "Hans Keller", "Anna B", "Mara Child", "Mara Rule", "Mara Minor", "Mara Author", "Mara Styles", "Mara Header", "Mara Cell",
    "Mara Center", "Mara Right", "Mara Top", "Mara Font", "Mara Draft", "Mara Landscape", "Mara Question", "Mara Answer", "Mara Period",
    "Mara Gap", "Mara Silence", "Mara Method", "Mara Source", "Mara Dates", "Mara End", "Mara Part", "Mara Row", "Mara Set",
]  # fmt: skip


@pytest.fixture(scope="session")
def forms_of(policy):
    """Makes the forms of people of such names, by the rules of a run."""
    hiding_rules = set_up(open_review(TINY)).hiding

    def made(*names, in_cast=True):
        cast = tuple(Person(id=f"F{n}", name=name, role="Neighbour", kind="associate", in_cast=in_cast) for n, name in enumerate(names))
        review, line = case(), timeline([("Eastshire Police", "2019-05-04", "Nothing to report.")])
        seen = recognise(texts_to_recognise(review, line), (), review.agencies, Nothing(), hiding_rules.recognition)
        named = replace(seen, people=cast, forms=tuple((person.id, (person.name,)) for person in cast))
        return leak_forms(named, hide(review, line, [], seen, policy, hiding_rules).review, policy, hiding_rules.recognition)

    return made


@pytest.mark.models
def test_a_name_that_is_a_word_of_our_own_documents_does_not_stop_a_review(forms_of, tiny):
    """The anonymised documents of the tiny review, in which none of these people is named."""
    assert main(["run", str(tiny)]) in (0, 1)
    anonymised = tiny / "output" / "anonymised"
    told = set(words_in(json.loads((anonymised / "anonymised.json").read_text("utf-8"))))
    assert {leak.form for leak in leaks(anonymised, forms_of(*FURNITURE)) if leak.form.lower() not in told} == set()


@pytest.mark.models
def test_nobodys_surname_is_taken_from_the_words_of_our_own_documents(forms_of, tiny):
    """Styles, scripts, labels and sentences of every document: each word of them as the surname of somebody who is listed."""
    assert main(["run", str(tiny)]) in (0, 1)
    anonymised = tiny / "output" / "anonymised"
    told = set(words_in(json.loads((anonymised / "anonymised.json").read_text("utf-8"))))
    parts = [part for file in sorted(anonymised.iterdir()) for part in parts_of(file.name, file.read_bytes())]
    ours = {word.plain for part in parts for word in words_of(clean(part.text)) if word.plain.isalpha() and word.plain.isascii()} - told
    surnames = sorted(word for word in ours if len(word) > 2)
    assert len(surnames) > 500
    stopped = {leak.form.lower() for leak in leaks(anonymised, forms_of(*(f"Mara {word.title()}" for word in surnames)))}
    stopped -= {"appendix", "map", "queued", "underlined"}  # with a capital in the middle of a sentence, as names are; nobody's surnames
    assert stopped - told == set(), "to be added to `our_words` of rules/harmless.toml"


def words_in(value):
    """What came from the review: a word of it is left in or hidden before the gate."""
    if isinstance(value, str):
        yield from tokens(value)
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from words_in(each)


def test_a_possessive_of_our_own_documents_is_nobodys_surname(tmp_path, forms_of):
    (tmp_path / "a.txt").write_text("The child's views. The parents' views.", "utf-8")
    (tmp_path / "b.txt").write_text("Seen by Childs.", "utf-8")
    (tmp_path / "c.txt").write_text("Georgia S was seen", "utf-8")
    (tmp_path / "d.txt").write_text("Georgia Child's bag", "utf-8")
    assert {leak.file for leak in leaks(tmp_path, forms_of("Mara Childs", "Georgia Smith", "Georgia Childs"))} == {2, 3, 4}


WHITE = [
    "PC White attended", "HV Sarah White", "told White", "White rang", "PC LANE attended", "Mr Weeks rang", "Hatch refused to open", "told SALT that",
    "Seen: Reader", "Reader's car", "- Reader: no reply", "READER",
]  # fmt: skip


@pytest.mark.parametrize("written", WHITE)
def test_a_surname_that_our_documents_say_too_is_a_leak_in_the_review_s_own_texts(written, tmp_path, forms_of):
    people = forms_of("Ann White", "Ben Lane", "Cora Weeks", "Dan Hatch", "Ann Salt", "Fay Reader")
    (tmp_path / "anonymised.json").write_text(json.dumps({"events": [{"text": written}]}), "utf-8")
    assert leaks(tmp_path, people)
    assert list(Search(people).in_text(written, shown=True)), "in a report that somebody else wrote, too"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("docProps/custom.xml", f"<vt:lpwstr>{written}</vt:lpwstr>")
    assert {leak.file for leak in leaks(tmp_path, people)} == {1, 2}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ann Lebrun", "le Brun rang"), ("Ann Obrien", "told o'Brien"), ("Ann Alhassan", "al-Hassan"), ("Ann Dufeu", "du Feu"),
        ("Ann Fitzroy", "fitz Roy"), ("Maryann Pell", "mary-Ann"),
    ],
)  # fmt: skip
def test_a_name_that_begins_small_is_a_leak_of_somebody_in_no_list(name, written, tmp_path, forms_of):
    (tmp_path / "a.txt").write_text(written, "utf-8")
    held = forms_of(name, in_cast=False)
    assert leaks(tmp_path, held)


def test_an_identifier_in_the_markup_of_somebody_else_is_a_leak(tmp_path, forms):
    known = ("jh1234567", "07700900123", "853123")
    numbered = replace(forms, forms={form: Form("IDENTIFIER", None, "any") for form in known})
    numbered = replace(numbered, beginnings=frozenset(form[:n] for form in known for n in range(1, len(form) + 1)))
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("customXml/item1.xml", '<case ref="JH1234567" r="07700900123" count="853123"/>')
    (tmp_path / "b.html").write_text('<p ref="JH1234567" width="07700900123" count="853123">-</p>', "utf-8")
    (tmp_path / "c.json").write_text('{"urn": 853123, "telephone": 7700900123}', "utf-8")
    found = [(leak.file, leak.form) for leak in leaks(tmp_path, numbered)]
    assert sorted(found) == [
        (1, "07700900123"),
        (1, "853123"),
        (1, "JH1234567"),
        (2, "07700900123"),
        (2, "853123"),
        (2, "JH1234567"),
        (3, "853123"),
    ]


def test_a_name_in_the_label_of_a_choice_is_a_leak(tmp_path, forms):
    (tmp_path / "a.html").write_text("<label>Person<select><option>Marisol</option></select></label>", "utf-8")
    assert whose(tmp_path, forms) == {("PERSON", "P1")}


def test_a_name_that_the_gate_found_before_is_looked_for_again(tmp_path, hiding_rules, policy):
    review, line = case(), timeline([("Eastshire Police", "2019-05-04", "Nothing to report.")])
    seen = recognise(texts_to_recognise(review, line), (), review.agencies, Nothing(), hiding_rules.recognition)
    forms = leak_forms(seen, hide(review, line, [], seen, policy, hiding_rules).review, policy, hiding_rules.recognition, ["Arbel Grove"])
    (tmp_path / "a.txt").write_text("Arbel Grove rang", "utf-8")
    assert whose(tmp_path, forms) == {("PERSON", None)}


def test_a_name_that_is_a_word_is_hidden_again_only_where_it_reads_as_one(rules, nothing):
    text = "Seen in May 2019. told May that. On 4 May. May need help. Arbel (02.09.2014) seen"
    again = recognise([NamedText(id="a", text=text)], (), (), nothing, rules, [("May", "PERSON"), ("Arbel", "PERSON")])
    found = {(text[max(0, m.start - 5) : m.end], m.kind) for m in again.mentions}
    assert ("told May", "PERSON") in found
    assert not any("in May" in words or "4 May" in words or ". May" in words for words, _ in found)
    assert any(kind == "DATE_OF_BIRTH" for _, kind in found)


def test_such_a_name_is_a_leak_where_it_reads_as_one_and_in_full_everywhere(tmp_path, forms_of):
    told = forms_of("Hans Keller", "Mara Gap")
    (tmp_path / "a.txt").write_text("He met Hans again.\nKeller rang.", "utf-8")
    (tmp_path / "b.txt").write_text("mara gap", "utf-8")
    (tmp_path / "c.txt").write_text("A gap, and the Gap of Appendix G.", "utf-8")
    assert {(leak.file, leak.form) for leak in leaks(tmp_path, told)} >= {(1, "Hans"), (1, "Keller"), (2, "mara gap")}


@pytest.mark.parametrize(("written", "is_one"), [("OdlH rang", True), ("ODLH rang", True), ("Odlh rang", True), ("odlh rang", False)])
def test_a_name_that_needs_a_capital_may_have_it_inside(written, is_one, tmp_path, forms):
    known = {**forms.forms, "odlh": Form("PERSON", "P9", "capital")}
    held = replace(forms, forms=known, beginnings=forms.beginnings | {"o", "od", "odl", "odlh"})
    (tmp_path / "a.txt").write_text(written, "utf-8")
    assert whose(tmp_path, held) == ({("PERSON", "P9")} if is_one else set())


@pytest.mark.parametrize(
    ("written", "is_one"), [("Donna D rang", True), ("donna D rang", True), ("Don NaD rang", True), ("X-don NAD", False)]
)
def test_a_name_that_needs_a_capital_may_be_parted_elsewhere_where_it_begins_with_one(written, is_one, tmp_path, forms_of):
    (tmp_path / "a.txt").write_text(written, "utf-8")
    assert bool([leak for leak in leaks(tmp_path, forms_of("Donna Dell")) if len(leak.form.split()) > 1]) == is_one


def test_words_that_our_documents_print_of_themselves_are_no_leak_of_an_organisation():
    printed = rules_from(rule("recognisers"), rule("names"), rule("places"), rule("harmless"), ["Operation Encompass"])
    assert telling_words("Encompass", "ORGANISATION", printed) == ()
    assert telling_words("Encompass Joinery", "ORGANISATION", printed) == ("encompass", "joinery")


def a_picture(kind):
    """A picture whose file names somebody besides its pixels."""
    pixels = Image.new("RGB", (8, 8), "red")
    held, words, exif = io.BytesIO(), PngImagePlugin.PngInfo(), Image.Exif()
    if kind == "jpeg exif":
        exif[0x9286] = b"UNICODE\0" + "taken by Deborah".encode("utf-16-le")
        pixels.save(held, "JPEG", exif=exif)
    elif kind == "jpeg comment":
        pixels.save(held, "JPEG", comment=b"Deb\xc3\xb3rah and Marisol")
    elif kind == "png text":
        words.add_text("Author", "Marisol")
        pixels.save(held, "PNG", pnginfo=words)
    elif kind == "png packed":
        words.add_text("Comment", "Marisol at home " * 20, zip=True)
        pixels.save(held, "PNG", pnginfo=words)
    elif kind == "png packed in another alphabet":
        words.add_itxt("Comment", "Marisol at home", "en", "Comment", zip=True)
        pixels.save(held, "PNG", pnginfo=words)
    elif kind == "after the end":
        pixels.save(held, "PNG")
        held.write(b"Marisol")
    return held.getvalue()


@pytest.mark.parametrize("kind", ["jpeg exif", "jpeg comment", "png text", "png packed", "png packed in another alphabet", "after the end"])
def test_a_name_in_the_file_of_a_picture_is_a_leak_inside_a_document_too(kind, tmp_path, forms):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "1.png").write_bytes(a_picture(kind))
    assert whose(tmp_path / "bare", forms)
    document = tmp_path / "within"
    document.mkdir()
    with zipfile.ZipFile(document / "report.docx", "w") as package:
        package.writestr("word/media/image1.png", a_picture(kind))
    assert whose(document, forms)


def test_the_pixels_of_a_picture_are_no_words(tmp_path, forms):
    noise = Image.frombytes("RGB", (64, 64), bytes((n * 7919 >> 3) % 256 for n in range(64 * 64 * 3)))
    noise.save(tmp_path / "a.png")
    noise.save(tmp_path / "b.jpg")
    assert whose(tmp_path, forms) == set()


@pytest.mark.parametrize(
    "shown",
    [
        '<w:tblCaption w:val="what we told Will"/>',
        '<wp:docPr id="1" name="x" descr="a letter to Will"/>',
        '<w:lvlText w:val="as told by Will"/>',
        '<w:alias w:val="seen by Will"/>',
    ],
)
def test_a_word_name_that_is_read_out_from_an_attribute_is_a_leak(shown, tmp_path, forms):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("word/document.xml", f"<w:document>{shown}</w:document>")
    assert ("PERSON", "P4") in whose(tmp_path, forms)


def test_names_of_files_parts_relationships_and_styles_are_looked_at(tmp_path, forms):
    for number, (part, content) in enumerate(
        [
            ("word/Marisol.xml", "<a/>"),
            ("word/_rels/document.xml.rels", '<Relationship Target="file:///C:/Users/Deborah/a.dotx"/>'),
            ("word/styles.xml", '<w:style><w:name w:val="Heading for Marisol"/></w:style>'),
            ("docProps/custom.xml", "<property name='x'><vt:lpwstr>Marisol</vt:lpwstr></property>"),
        ]
    ):
        with zipfile.ZipFile(tmp_path / f"{number}.docx", "w") as package:
            package.writestr(part, content)
    (tmp_path / "letter to Deborah.docx").write_bytes(b"")
    assert {leak.file for leak in leaks(tmp_path, forms)} == {1, 2, 3, 4, 5}
