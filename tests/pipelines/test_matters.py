"""[matters] of case.toml: what the author asks who knew."""

import pytest

from pipelines.case_file import read_case
from tests.conftest import TINY
from timeline.errors import CaseError


def case(tmp_path, written):
    path = tmp_path / "case.toml"
    path.write_text((TINY / "case.toml").read_text("utf-8") + "\n[matters]\n" + written, "utf-8")
    return read_case(path)


def test_a_matter_has_a_name_and_the_words_that_show_it(tmp_path):
    given = case(tmp_path, '"A new partner in the home" = ["new partner", "staying … nights"]')
    assert given.matters == {"A new partner in the home": ("new partner", "staying … nights")}
    assert read_case(TINY / "case.toml").matters == {}


@pytest.mark.parametrize(
    "wrong", ['"Dean" = "Dean"', '"Dean" = []', '"Dean" = [3]', '"Dean" = ["?"]', '"Dean" = ["… Dean"]', '"Dean" = ["d*"]']
)
def test_a_matter_that_cannot_be_looked_for_is_called_by_its_number_and_never_by_its_words(tmp_path, wrong):
    with pytest.raises(CaseError, match="matter 1") as error:
        case(tmp_path, wrong)
    assert "Dean" not in str(error.value)
