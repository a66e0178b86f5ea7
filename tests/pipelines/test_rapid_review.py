"""A rapid review the whole way, real models included; and what becomes of its pack when the case is none any more."""

import docx
import pytest

from anonymise.gate.parts import parts_of
from pipelines.cli import main
from pipelines.outputs import FOLDERS, put_in_place
from tests.pipelines.test_run import CAST_NAMES


def test_a_document_that_a_run_did_not_make_is_removed_and_other_files_stay(tmp_path):
    output, staged = tmp_path / "output", tmp_path / "staged"
    for folder in FOLDERS:
        (output / folder).mkdir(parents=True)
        (staged / folder).mkdir(parents=True)
    for old in ("anonymised/rapid-review.docx", "anonymised/notes of mine.docx", "working/timeline.docx"):
        (output / old).write_bytes(b"old")
    (staged / "anonymised" / "draft-summary.docx").write_bytes(b"new")
    put_in_place(staged, output, ("anonymised",))
    there = {str(path.relative_to(output)) for path in output.rglob("*") if path.is_file()}
    assert there == {"anonymised/draft-summary.docx", "anonymised/notes of mine.docx", "working/timeline.docx"}


@pytest.mark.models
def test_a_rapid_review_has_a_pack_without_a_name_and_a_countdown_with_its_days_in_the_working_timeline_alone(tiny):
    case = tiny / "case.toml"
    said = case.read_text("utf-8")
    kind = next(line for line in said.splitlines() if line.startswith("kind"))
    days = 'kind = "rapid-review"\nincident_on = 2031-02-03\nreferred_on = 2031-02-10'
    answers = '\n[referral]\nlessons = "Hannah Oldacre was not heard on 3 February 2031."\n'
    case.write_text(said.replace(kind, days) + answers, "utf-8")
    assert main(["run", str(tiny)]) in (0, 1)
    anonymised = tiny / "output" / "anonymised"
    pack = "\n".join(part.text for part in parts_of("rapid-review.docx", (anonymised / "rapid-review.docx").read_bytes()))
    assert "was not heard in February 2031." in pack
    assert not [name for name in CAST_NAMES if name in pack]
    for path in anonymised.iterdir():
        text = " ".join(part.text for part in parts_of(path.name, path.read_bytes()))
        assert not [day for day in ("3 February 2031", "10 February 2031", "2031-02-") if day in text], path.name
    method = "\n".join(each.text for each in docx.Document(tiny / "output" / "working" / "timeline.docx").paragraphs)
    assert "Countdown of the rapid review" in method
    assert "Monday 10 February 2031" in method
