"""Opening the author's report: what is refused, and that the refusal says what it is and what to do."""

import io
import zipfile

import pytest

from extractors.report.package import open_report
from tests.making_report import MAIN_TYPE, Report, packed
from timeline.errors import ReportError

_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def without(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return packed({each: package.read(each) for each in package.namelist() if each != name})


def test_a_report_is_opened_with_all_of_its_parts():
    package = open_report(Report().paragraph("Words.").data())
    assert package.main == "word/document.xml"
    assert {"docProps/core.xml", "[Content_Types].xml"} <= set(package.parts)
    assert len(package.digest) == 64


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 \n%....", "is a PDF"),
        (b"", "is empty"),
        (b"just words", "no Word document"),
        (b"{\\rtf1 words}", "rich text"),
        (_ENCRYPTED, "encrypted with a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word file"),
        (Report().paragraph("x").data()[:300], "damaged"),
        (Report().paragraph("x").data("application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (Report().paragraph("x").part("word/vbaProject.bin", b"x").data(), "macros"),
        (Report().paragraph("x").data(MAIN_TYPE.replace("document.main", "template.main")), "template"),
        (packed({"a.txt": b"x"}), "archive"),
        (without(Report().paragraph("x").data(), "word/document.xml"), "damaged"),
        (Report().paragraph("x").part("word/evil.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>').data(), "DOCTYPE"),
        (Report().paragraph("x").part("word/big.xml", b"<a>" + b"x" * 70_000_000 + b"</a>").data(), "unpacks to far more"),
        (Report().paragraph("x").part("word/broken.xml", b"<a>").data(), "damaged"),
    ],
)
def test_anything_but_a_whole_word_document_is_refused_by_name(data, said):
    with pytest.raises(ReportError) as refused:
        open_report(data)
    assert said in str(refused.value)
    assert "agency" not in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_missing_report_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(ReportError):
            open_report(path)


def test_a_link_is_not_followed(tmp_path):
    real = Report().paragraph("x").write(tmp_path / "real.docx")
    (tmp_path / "link.docx").symlink_to(real)
    with pytest.raises(ReportError):
        open_report(tmp_path / "link.docx")
