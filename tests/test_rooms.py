"""The house keeps its shape: rooms, lists, rules and documentation agree."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from extractors.formats import EXTRACTORS
from pipelines.progress import STEPS
from reports.reports import REPORTS
from tests.conftest import ROOT
from timeline.findings import FINDINGS

ROOMS = ("timeline", "extractors", "anonymise", "reports", "pipelines")


def modules(*rooms):
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def calls(path):
    return {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def test_only_anonymise_makes_a_safe_text_or_a_safe_review():
    makers = {
        path.relative_to(ROOT).parts[0] for path in modules(*ROOMS) if calls(path) & {"SafeText", "SafeReview", "SafeEvent", "SafeFinding"}
    }
    assert makers == {"anonymise"}


def test_every_module_of_a_room_says_what_it_is_for():
    assert [path.name for path in modules(*ROOMS) if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []


def test_no_module_of_a_room_is_called_by_what_it_is_not():
    assert [path.name for path in modules(*ROOMS) if re.search(r"util|manager|helper|context|base", path.stem)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "rules").rglob("*.toml")), ids=lambda path: path.stem)
def test_every_rule_file_is_toml_that_says_what_it_is_for(path):
    text = path.read_text("utf-8")
    assert text.startswith("#")
    assert tomllib.loads(text)


def test_every_step_is_described_where_the_building_is():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert all(f"| {step} |" in text for step in STEPS)


def test_every_document_is_described_for_its_readers():
    text = (ROOT / "docs" / "author.md").read_text("utf-8") + (ROOT / "docs" / "board.md").read_text("utf-8")
    assert [report.file for report in REPORTS if report.file.split("/")[1] not in text] == []


def test_every_finding_is_described_for_the_author():
    text = (ROOT / "docs" / "author.md").read_text("utf-8")
    assert [rule.__name__ for rule in FINDINGS if rule.__name__.replace("_", " ") not in text.casefold()] == []


def test_every_format_is_described_for_agencies():
    text = (ROOT / "docs" / "agency.md").read_text("utf-8")
    assert [ending for extractor in EXTRACTORS for ending in extractor.endings if f"`{ending}`" not in text] == []


def test_the_locked_requirements_hold_hashes_and_no_address():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index-url|--extra-index-url|--find-links", text)


def test_every_dependency_has_earned_its_place():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.match(r"[\w-]+", each)[0].casefold() for each in project["dependencies"]]
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8").casefold()
    assert [name for name in names if name not in text] == []


def test_the_scoring_tool_stands_as_it_was_given():
    assert (ROOT / "benchmarks" / "score.py").is_file()
    assert Path(ROOT / "data" / "samples" / "harbour" / "gold.json").is_file()
