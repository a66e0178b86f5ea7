import json
import time

import docx
import openpyxl
import pytest

from anonymise.hide import hide, texts_to_recognise
from anonymise.leak_forms import leak_forms
from anonymise.leaks import leaked_things, leaks, with_leaked
from anonymise.recognise import recognise
from anonymise.texts import NamedText
from tests.anonymise.reviews import CAST, case, timeline
from timeline.people import Person

WILL = Person(id="P4", name="Will Arden", role="Neighbour", kind="associate")
ROWS = [
    (
        "Eastshire Police",
        "2019-05-04",
        "Marisol, Deborah and Tamsin seen; will visit. Will Arden rang from 07700 900123. Plan at 4 Elm Road.",
    )
]


@pytest.fixture(scope="session")
def forms(hiding_rules, policy):
    class Phone:
        def find(self, texts):
            from anonymise.detectors import Found

            return [[Found(t.index("07700"), t.index("07700") + 12, "PHONE", 0.9, "uk-phone")] if "07700" in t else [] for t in texts]

    review, line = case(), timeline(ROWS)
    seen = recognise(texts_to_recognise(review, line), (*CAST, WILL), review.agencies, Phone(), hiding_rules.recognition)
    done = hide(review, line, [], seen, policy, hiding_rules)
    return leak_forms(seen, done.review, policy, hiding_rules.recognition)


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
        [NamedText(id="t", text="debborah on 07700 900123")], with_leaked(CAST, found), (), nothing, rules, leaked_things(found)
    )
    assert {(m.kind, m.person) for m in again.mentions} == {("PERSON", "P2"), ("PHONE", None)}


def test_a_large_folder_is_looked_at_quickly(tmp_path, forms):
    line = "Child Z was seen at home by Social Worker 1 and the mother said that all was well on that day; review in May 2019. "
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("\n".join(f"{n} {line}" for n in range(9_000)), "utf-8")
    started = time.perf_counter()
    assert leaks(tmp_path, forms) == ()
    assert time.perf_counter() - started < 20  # far more than it takes: this finds a slow algorithm, not a busy machine
