"""Formats that are read through LibreOffice, where it is installed; refused by name where it is not."""

import io
import os
import zipfile

import pytest

from extractors import Limits, apart, extract_apart
from extractors.formats import EXTRACTORS, formats
from extractors.model import Content
from extractors.package import MACROS, OUTSIDE
from extractors.recognise import content_of
from extractors.through_office import notes_on_original

is_installed = pytest.mark.skipif(apart.office_program() is None and not os.environ.get("CI"), reason="LibreOffice is not installed")
RTF = (
    r"{\rtf1\ansi{\revtbl{Unknown;}{A B;}}"
    r"\trowd\cellx2000\cellx5000\cellx7000\intbl Date\cell Event\cell Action\cell\row"
    r"\trowd\cellx2000\cellx5000\cellx7000\intbl 13/02/2019\cell Seen {\deleted\revauthdel1 by the window }{\revised\revauth1 alone }"
    r"{\v in secret }at home\cell None\cell\row"
    r"\pard Signed: the author\par}"
)


@pytest.fixture
def read(tmp_path, source, reading):
    def read(data, limits=None):
        path = tmp_path / "chronology.bin"
        path.write_bytes(data)
        return extract_apart(path, source, reading, limits)

    return read


@is_installed
def test_rich_text_is_read_its_deleted_words_are_not_live_and_nothing_is_left_behind(read, tmp_path):
    scratch = tmp_path / "restricted"
    scratch.mkdir(mode=0o700)
    extraction = read(RTF.encode(), Limits(scratch=scratch))
    assert list(scratch.iterdir()) == []
    assert [(entry.source.where, entry.text) for entry in extraction.entries] == [("table 1 row 2", "Seen alone at home\nNone")]
    assert {"by the window", "alone", "in secret"} <= {each.text for each in extraction.ignored}
    assert any("LibreOffice" in note for note in extraction.notes)


@is_installed
def test_libreoffice_out_of_time_is_stopped_with_all_its_processes(read, tmp_path):
    extraction = read(RTF.encode(), Limits(wall_seconds=0.9, scratch=tmp_path))
    assert extraction.status == "rejected"
    assert "took longer" in extraction.reason
    assert [each.name for each in tmp_path.iterdir()] == ["chronology.bin"]


@is_installed
def test_a_broken_file_is_refused_by_name(read):
    broken = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(900)
    assert ".doc" in read(broken).reason


@pytest.mark.parametrize(
    ("data", "ending"), [(RTF.encode(), ".rtf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc")]
)
def test_without_libreoffice_such_a_file_is_refused_with_the_reason(data, ending, read, monkeypatch):
    monkeypatch.setattr(apart, "office_program", lambda: None)
    reason = read(data).reason
    assert ending in reason
    assert "LibreOffice" in reason
    assert "not installed" in reason


def test_formats_lists_every_format_with_its_endings_and_why_not(monkeypatch):
    listed = formats()
    assert len(listed) == len(EXTRACTORS)
    assert all(each.name and each.endings and all(ending.startswith(".") for ending in each.endings) for each in listed)
    assert all(each.is_read == (not each.why_not) for each in listed)
    monkeypatch.setattr("extractors.formats.office_program", lambda: None)
    assert [each.endings[0] for each in formats() if not each.is_read] == [".doc", ".rtf", ".odt", ".xlsb"]


@is_installed
def test_what_lies_outside_an_original_is_told_though_libreoffice_does_not_write_it_anew(read):
    picture = r'{\field{\*\fldinst INCLUDEPICTURE "https://example.org/a.png" \\d}{\fldrslt }}\par}'
    told = read((RTF.removesuffix("}") + picture).encode()).notes
    assert any("outside itself" in note for note in told)
    assert not any("outside itself" in note for note in read(RTF.encode()).notes)


@pytest.mark.parametrize(
    ("content", "parts", "told"),
    [
        ('<draw:image xlink:href="https://example.org/a.png"/>', (), [OUTSIDE]),
        ('<text:section-source xlink:type="simple" xlink:href="../elsewhere.odt"/>', (), [OUTSIDE]),
        ('<draw:image xlink:href="Pictures/1.png"/><text:a xlink:href="https://example.org/"/>', (), []),
        ("<text:p/>", ("Basic/Standard/Module1.xml",), [MACROS]),
    ],
)
def test_macros_and_outside_addresses_of_an_opendocument_text_are_told(content, parts, told):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", f"<x>{content}</x>")
        for name in parts:
            package.writestr(name, "x")
    assert notes_on_original(content_of(packed.getvalue())) == tuple(told)


@pytest.mark.parametrize(
    ("words", "streams", "told"),
    [
        ("nothing", {"WordDocument"}, ()),
        ("INCLUDEPICTURE", {"WordDocument"}, (OUTSIDE,)),
        ("nothing", {"WordDocument", "Macros"}, (MACROS,)),
    ],
)
def test_macros_and_outside_addresses_of_an_old_word_document_are_told(words, streams, told):
    for coding in ("cp1252", "utf-16-le"):
        assert notes_on_original(Content(b"\xd0\xcf" + words.encode(coding), streams=frozenset(streams))) == told
