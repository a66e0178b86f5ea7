"""What the names of two files tell of their order."""

import pytest

from timeline.return_names import later_by_name


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("chronology v1.docx", "chronology v2.docx"),
        ("chronology v2.docx", "chronology v10.docx"),
        ("chronology v1.9.docx", "chronology v1.10.docx"),
        ("chronology.docx", "chronology_v2.docx"),
        ("chronology FINAL.docx", "chronology v2.docx"),
        ("chronology.docx", "Chronology FINAL.docx"),
        ("chronology draft.docx", "chronology.docx"),
        ("chronology draft.docx", "chronology final draft.docx"),
        ("chronology.csv", "chronology (1).csv"),
        ("chronology (1).csv", "chronology (2).xlsx"),
        ("chronology.docx", "chronology - Copy.docx"),
        ("chronology - Copy.docx", "chronology - Copy (2).docx"),
        ("chronology.docx", "Copy of chronology.docx"),
        ("chronology 2031-03-01.docx", "chronology 2031-04-02.docx"),
        ("chronology_20310301.csv", "chronology_20310402.csv"),
        ("chronology 01.03.2031.docx", "chronology 2 April 2031.docx"),
        ("v1/chronology.docx", "v2/chronology.docx"),
        ("~WRL0003.tmp", "chronology.docx"),
    ],
)
def test_the_later_return_is_told(earlier, later):
    assert later_by_name(f"police/{later}", f"police/{earlier}") == 1
    assert later_by_name(f"police/{earlier}", f"police/{later}") == -1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("chronology child 1.docx", "chronology child 2.docx"),
        ("chronology.docx", "chronology.xlsx"),
        ("chronology.docx", "chronology v1.docx"),
        ("chronology.docx", "chronology 2031-04-02.docx"),
        ("chronology.docx", "custody (1).docx"),
        ("nova.docx", "nova 2.docx"),
    ],
)
def test_nothing_tells(one, other):
    assert later_by_name(f"police/{one}", f"police/{other}") == later_by_name(f"police/{other}", f"police/{one}") == 0
