"""What reads as a name in a report and is none: authors who are cited, titles of posts, the draft's own words; and names that look like them."""

import pytest

from anonymise.checking.citations import cited
from anonymise.checking.field_titles import FieldTitles
from anonymise.words.texts import clean
from pipelines.review import open_review
from pipelines.rule_files import rule
from pipelines.setting import set_up


def shown(text):
    return [text[start:end].strip() for start, end in cited(clean(text))]


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Brandon et al. (2020) found", ["Brandon"]),
        ("as Sidebotham and colleagues (2016) say", ["Sidebotham"]),
        ("is known (Munro, 2011).", ["Munro"]),
        ("is known (see Reder and Duncan, 1999; Munro, 2011).", ["Reder and Duncan", "Munro"]),
        (
            "Ferguson, H. (2017) How Children Become Invisible. Bristol: Press.",
            ["Ferguson, H. (2017) How Children Become Invisible. Bristol: Press."],
        ),
    ],
)
def test_authors_are_known_by_the_forms_of_citing(text, authors):
    assert shown(text) == authors


@pytest.mark.parametrize(
    "text",
    [
        "Jayden (2014) and Kyle (2016) lived there.",
        "Mr Smith (2019) was told.",
        "Callum left in 2019.",
        "Mother (Bernadette Ward, 1991) was seen.",
    ],
)
def test_people_with_a_year_beside_them_are_no_authors(text):
    assert shown(text) == []


@pytest.fixture(scope="module")
def titles(tmp_path_factory):
    from tests.pipelines.release.checking import make_review

    setting = set_up(open_review(make_review(tmp_path_factory.mktemp("case") / "own")))
    from anonymise.checking.known import with_words_of_reports

    return FieldTitles(with_words_of_reports(setting.hiding, rule("checking")["words"]).recognition)


def covers(titles, text, words):
    at = text.index(words)
    return titles.cover(clean(text), (at, at + len(words)))


@pytest.mark.parametrize(
    ("text", "words"), [("the Environmental Health Officer came", "Environmental"), ("the Continuity of Carer pilot", "Continuity")]
)
def test_a_title_of_ordinary_words_that_ends_in_one_of_the_field_is_no_name(titles, text, words):
    assert covers(titles, text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the Social Worker Baker came", "Baker"),
        ("Mary Officer came", "Mary"),
        ("the Bowditch Report said", "Bowditch"),
        ("then Baker came", "Baker"),
        ("Mr Walker Officer", "Walker"),
    ],
)
def test_a_name_beside_a_role_is_no_title(titles, text, words):
    assert not covers(titles, text, words)
