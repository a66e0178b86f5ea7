"""Names put back into a pseudonymised document, for who holds the key, and nowhere where anonymised files lie."""

import json
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK

from pipelines.case_file import read_case
from pipelines.cli import main
from pipelines.decisions import add_records, read_records
from pipelines.release.reidentify import reidentify
from pipelines.release.sealing import new_identity, write_sealed_key
from tests.pipelines.release.signing import make_review, quick_passphrases, typed
from timeline.errors import CaseError, OutputError, ReportError

KEY = {
    "people": [
        {"name": "Marisol Tregarthen", "pseudonym": "Child Z"},
        {"name": "Deborah Tregarthen", "pseudonym": "Mother"},
        {"name": "Ann Other", "pseudonym": "Mother's Friend"},
        {"name": "Dr (A.) Le Quesne \\1", "pseudonym": "GP 1"},
        {"name": "Dr Pallot", "pseudonym": "GP 12"},
        {"name": "Somebody Public", "pseudonym": ""},
    ]
}


@pytest.fixture
def identity(tmp_path, monkeypatch):
    quick_passphrases(monkeypatch)
    return {tmp_path / name: new_identity(tmp_path / name, typed()) for name in ("a", "b")}


@pytest.fixture
def review(tmp_path, identity):
    made = make_review(tmp_path / "review", more=f"[board]\nrecipients = {list(identity.values())!r}\n")
    (made.output / "restricted").mkdir(parents=True)
    (made.output / "restricted" / "key.json").write_text(json.dumps(KEY), "utf-8")
    return made


def put_back(review, tmp_path, text, ending=".txt"):
    (tmp_path / f"document{ending}").write_text(text, "utf-8")
    made = reidentify(review.folder, tmp_path / f"document{ending}", None, tmp_path / "own" / f"copy{ending}", typed())
    data = made.path.read_text("utf-8")
    made.path.unlink()
    return data, made.replaced


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Child Z was seen by GP 1.", "Marisol Tregarthen was seen by Dr (A.) Le Quesne \\1."),
        ("GP 12 and GP 1; GP1, GP12", "Dr Pallot and Dr (A.) Le Quesne \\1; Dr (A.) Le Quesne \\1, Dr Pallot"),
        ("Mother's Friend told Mother.", "Ann Other told Deborah Tregarthen."),
        ("Mother’s bag; Mother's bag", "Deborah Tregarthen’s bag; Deborah Tregarthen's bag"),
        ("Child\u00a0Z, Child\n Z", "Marisol Tregarthen, Marisol Tregarthen"),
        ("Grandmother, mother, Childz, GP 123, Child Zoe", "Grandmother, mother, Childz, GP 123, Child Zoe"),
        ("", ""),
    ],
)
def test_each_pseudonym_becomes_its_name_the_longest_first_and_only_whole_words(review, tmp_path, written, meant):
    assert put_back(review, tmp_path, written)[0] == meant


def test_in_json_the_values_are_replaced_and_the_names_of_keys_stay(review, tmp_path):
    given = {"Mother": ["Mother", 3, None, {"text": "Child Z"}], "half": "\ud800"}
    data, count = put_back(review, tmp_path, json.dumps(given), ".json")
    assert json.loads(data) == {"Mother": ["Deborah Tregarthen", 3, None, {"text": "Marisol Tregarthen"}], "half": "\ud800"}
    assert count == 2


def word(path):
    made = docx.Document()
    first = made.add_paragraph("Seen: ")
    first.add_run("Chi").bold = True
    first.add_run("ld ")
    first.add_run("Z and GP 1")
    first.add_run("2, then Mother.").italic = True
    broken = made.add_paragraph("Child")
    broken.add_run().add_break(WD_BREAK.LINE)
    broken.add_run("Z; nobody: Child")
    made.add_paragraph(" Z")
    made.add_table(1, 1).cell(0, 0).text = "Mother's Friend"
    made.sections[0].header.paragraphs[0].text = "About Child Z"
    made.save(path)
    return path


def test_in_a_word_file_names_stand_in_body_tables_and_headers_also_where_a_pseudonym_runs_over_several_runs(review, tmp_path):
    made = reidentify(review.folder, word(tmp_path / "d.docx"), None, tmp_path / "own" / "copy.docx", typed())
    found = docx.Document(made.path)
    assert found.paragraphs[0].text == "Seen: Marisol Tregarthen and Dr Pallot, then Deborah Tregarthen."
    assert [run.text for run in found.paragraphs[0].runs] == [
        "Seen: ",
        "Marisol Tregarthen",
        "",
        " and Dr Pallot",
        ", then Deborah Tregarthen.",
    ]
    assert found.paragraphs[1].text == "Marisol Tregarthen\n; nobody: Child"
    assert found.paragraphs[2].text == " Z"
    assert found.tables[0].cell(0, 0).text == "Ann Other"
    assert found.sections[0].header.paragraphs[0].text == "About Marisol Tregarthen"
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_a_word_file_keeps_its_other_parts_as_they_are(review, tmp_path):
    made = reidentify(review.folder, word(tmp_path / "d.docx"), None, tmp_path / "own" / "copy.docx", typed())
    with zipfile.ZipFile(tmp_path / "d.docx") as before, zipfile.ZipFile(made.path) as after:
        assert after.namelist() == before.namelist()
        assert after.read("word/styles.xml") == before.read("word/styles.xml")


def test_with_the_key_sealed_only_who_holds_an_identity_puts_names_back(review, identity, tmp_path):
    sealed = write_sealed_key(review, read_case(review.case_file))
    (review.output / "restricted" / "key.json").unlink()
    (tmp_path / "d.txt").write_text("Child Z")
    with pytest.raises(CaseError, match="--identity"):
        reidentify(review.folder, tmp_path / "d.txt", None, None, typed())
    new_identity(tmp_path / "stranger", typed())
    with pytest.raises(CaseError, match="other keys"):
        reidentify(review.folder, tmp_path / "d.txt", tmp_path / "stranger", None, typed())
    for number, (holder, private) in enumerate((each, private) for each in (review.folder, sealed) for private in identity):
        to = tmp_path / "own" / f"{number}.txt"
        assert reidentify(holder, tmp_path / "d.txt", private, to, typed()).path.read_text() == "Marisol Tregarthen"


def test_a_copy_with_names_lies_in_restricted_where_no_other_place_is_named_and_the_log_says_who_made_it(review, tmp_path):
    (tmp_path / "d.txt").write_text("Child Z")
    made = reidentify(review.folder, tmp_path / "d.txt", None, None, typed())
    assert made.path == review.output / "restricted" / "d-with-names.txt"
    (record,) = read_records(review.decisions_file, "reidentify")
    assert record["by"]
    assert "Marisol" not in review.decisions_file.read_text("utf-8")
    with pytest.raises(OutputError, match="already"):
        reidentify(review.folder, tmp_path / "d.txt", None, None, typed())


def test_no_names_are_written_where_anonymised_or_published_files_lie(review, tmp_path):
    (tmp_path / "d.txt").write_text("Child Z")
    (review.output / "anonymised").mkdir()
    (tmp_path / "link").symlink_to(review.output / "anonymised")
    for place in (review.output / "anonymised", review.folder / "published" / "deep", tmp_path / "link", review.intake / "police"):
        with pytest.raises(OutputError, match="no names may lie"):
            reidentify(review.folder, tmp_path / "d.txt", None, place / "copy.txt", typed())
    assert list((review.output / "anonymised").iterdir()) == []
    assert not (review.folder / "published").exists()


def test_no_plain_names_come_back_into_a_review_that_was_closed(review, tmp_path):
    (tmp_path / "d.txt").write_text("Child Z")
    add_records(review.decisions_file, [{"about": "archive"}])
    with pytest.raises(CaseError, match="--to"):
        reidentify(review.folder, tmp_path / "d.txt", None, None, typed())
    assert not list(review.output.rglob("d-with-names.txt"))
    assert reidentify(review.folder, tmp_path / "d.txt", None, tmp_path / "copy.txt", typed()).replaced == 1


def test_what_cannot_be_read_as_a_document_or_a_key_is_told(review, identity, tmp_path):
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "bad.docx").write_bytes(b"PK")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    for name, error, why in (
        ("d.pdf", CaseError, r"\.docx, \.json"),
        ("bad.json", CaseError, "cannot be read as"),
        ("latin.txt", CaseError, "UTF-8"),
        ("none.txt", CaseError, "cannot be read"),
        ("bad.docx", ReportError, "report"),
    ):
        with pytest.raises(error, match=why):
            reidentify(review.folder, tmp_path / name, None, tmp_path / "own" / "copy", typed())
    for text, why in (("{}", "no key"), ("[]", "no key"), ('{"people": []}', "nobody")):
        (review.output / "restricted" / "key.json").write_text(text)
        with pytest.raises(CaseError, match=why):
            reidentify(review.folder, tmp_path / "latin.txt", None, tmp_path / "own" / "copy", typed())
    (review.output / "restricted" / "key.json").unlink()
    with pytest.raises(CaseError, match="chronology run"):
        reidentify(review.folder, tmp_path / "latin.txt", None, tmp_path / "own" / "copy", typed())
    assert not (tmp_path / "own").exists()


def test_the_command_says_how_much_was_replaced_and_no_name(review, tmp_path, capsys):
    (tmp_path / "d.txt").write_text("Child Z and Mother")
    assert main(["reidentify", str(review.folder), str(tmp_path / "d.txt"), "--to", str(tmp_path / "copy.txt")]) == 0
    said = capsys.readouterr()
    assert "2 pseudonyms" in said.err
    assert "Marisol" not in said.err + said.out
    assert (tmp_path / "copy.txt").read_text() == "Marisol Tregarthen and Deborah Tregarthen"
