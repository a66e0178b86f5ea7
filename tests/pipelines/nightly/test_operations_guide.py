"""What the guides give operators to copy works as it stands."""

import re
import shlex

import pytest

from pipelines.cli import _parser
from pipelines.nightly.last_run import FAILURES
from pipelines.nightly.mail_settings import read_mail_settings
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "operations" / "monitoring.md").read_text("utf-8")
LINES = re.findall(r"^    (?:[\d*]+ [\d*]+ [\d*]+ [\d*]+ [\d*]+ +)?/opt/chronology/\.venv/bin/chronology (.*)$", GUIDE, re.MULTILINE)


def test_the_guide_has_lines_to_copy():
    assert len(LINES) == 4


@pytest.mark.parametrize("line", LINES)
def test_every_line_of_the_guide_is_one_that_the_command_takes(line):
    assert _parser().parse_args(shlex.split(line.replace(">/dev/null", ""))).run


def test_the_settings_of_e_mail_in_the_guide_are_taken_and_those_that_are_off_too(tmp_path):
    (text,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "mail-password").write_text("a password of nobody")
    (tmp_path / "mail-password").chmod(0o600)
    for each in (text, re.sub(r"^# ", "", text, flags=re.MULTILINE)):
        (tmp_path / "mail.toml").write_text(each)
        settings = read_mail_settings(tmp_path / "mail.toml")
        assert (settings.port, settings.security) == (587, "starttls")
    assert settings.references
    assert settings.when_unchanged


def test_every_way_in_which_a_run_can_end_is_in_the_guide():
    assert [each for each in FAILURES if f"`{each}`" not in GUIDE] == []
