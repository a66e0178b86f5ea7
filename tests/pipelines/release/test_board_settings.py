"""[board] of case.toml: whom the key is sealed for, how long a review is kept, the board's own templates."""

import pytest

from pipelines.case_file import read_case
from tests.conftest import TINY
from timeline.errors import CaseError


def case(tmp_path, written):
    path = tmp_path / "case.toml"
    path.write_text((TINY / "case.toml").read_text("utf-8") + "\n[board]\n" + written, "utf-8")
    return read_case(path)


def test_the_board_says_whom_it_seals_for_and_how_long_it_keeps_a_review(tmp_path):
    given = case(tmp_path, 'recipients = ["age1abc ", "ssh-ed25519 AAAA me"]\nretention_years = 25\ntemplates = "ours"')
    assert given.recipients == ("age1abc", "ssh-ed25519 AAAA me")
    assert (given.retention_years, given.templates) == (25, "ours")
    assert (read_case(TINY / "case.toml").recipients, read_case(TINY / "case.toml").retention_years) == ((), None)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('recipient = ["age1abc"]', "“recipient” is unknown; allowed are recipients, templates, retention_years"),
        ('recipients = "age1abc"', "recipients must be a list"),
        ("recipients = [1, 2]", "recipients must be a list of texts"),
        ('recipients = ["age1abc", " "]', "each of the recipients must be a public key"),
        ('recipients = ["age1abc\\nage1def"]', "each of the recipients must be a public key"),
        ('retention_years = "25"', "retention_years must be a whole number"),
        ("retention_years = true", "retention_years must be a whole number"),
        ("retention_years = 0", "from 1 to 150"),
        ("retention_years = 2.5", "retention_years must be a whole number"),
        ("templates = 3", "templates must be text"),
    ],
)
def test_what_is_wrong_in_the_boards_settings_is_named_with_what_is_allowed(tmp_path, written, said):
    with pytest.raises(CaseError, match=r"case.toml, \[board\]: .*") as error:
        case(tmp_path, written)
    assert said in str(error.value)
