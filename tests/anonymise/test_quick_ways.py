"""What is looked for only where it can be is found wherever it is: each quick way against the slow one."""

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from anonymise.recognising import name_patterns
from anonymise.recognising.index import Index
from anonymise.recognising.name_patterns import NamePatterns
from anonymise.recognising.recognise import recognise, recognise_again
from anonymise.recognising.relations import Relations
from anonymise.recognising.things import Listed
from anonymise.words.begun import Begun
from anonymise.words.doubtful import Doubtful
from anonymise.words.habits import habits_of
from anonymise.words.once import Once
from anonymise.words.texts import Clean, NamedText, clean, skeleton, words_of
from tests.anonymise.reviews import CAST, POLICE, SOCIAL
from timeline.dates_in_text import dates_within

PIECES = (
    *(
        "mum",
        "Mum",
        "MUM",
        "his mother",
        "social worker",
        "SW",
        "Mrs",
        "mr.",
        "Dr",
        "PC",
        "PC214",
        "Sgt.",
        "s/n",
        "grandma",
        "half-brother",
    ),
    *("Jane", "O'Dowd", "Marisol", "DEBORAH", "Deborah O'Dowd", "de la Cour", "Le Brocq", "al-Khatib", "ap", "O", "Tamsin", "MOD", "jade"),
    *(
        "PRYCE",
        "T AHIER",
        "DA SILVA",
        "Ivy",
        "Fell",
        "June",
        "Grace",
        "Will",
        "told us",
        "was not at home",
        "said that",
        "called",
        "informed",
    ),
    *(
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\t",
        ", ",
        ". ",
        "'s ",
        "'",
        '"',
        "(",
        ")",
        "-",
        "_",
        "/",
        ":",
        "1",
        "214",
        "5/12",
        "9 May 2016",
        "09.05.16",
    ),
    *("\u0301", "\u0308", "\u200b", "д", "д\u0308", "м", "é", "É", "ł", "ß", "½", "ı", "İ", "ſ", "क्ष", "‘", "’", "“", "×", "\ud800"),
)
written = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=30)


@pytest.mark.parametrize("goes_on", [False, True])
@pytest.mark.parametrize("phrases", [("mum", "mother", "half-brother", "s/n"), ("mr", "PC", "social worker"), ("mum", "(mum")])
@given(text=written)
@example(text="д\u0308mum J")
@example(text="д\u0308mr. J")
def test_an_expression_that_begins_with_words_finds_what_it_finds_everywhere(text, phrases, goes_on):
    spelt = "|".join(map(re.escape, phrases))
    expression = re.compile(rf"(?<![\w'])(?i:{spelt}){' ?' if goes_on else '[ .]'}[A-Z\d]?")
    given_text = clean(text)
    found = [match.span() for match in Begun(expression, phrases, goes_on=goes_on).finditer(given_text)]
    assert found == [match.span() for match in expression.finditer(given_text.text)]


@given(text=written)
def test_words_are_those_of_the_skeleton(text):
    simple = clean(text)
    bones = skeleton(Clean(simple.text, range(len(simple.text)), range(1, len(simple.text) + 1)))
    assert [tuple(word) for word in words_of(simple)] == [
        (match[0], *bones.back(*match.span())) for match in re.finditer(r"[^\W_]+", bones.text)
    ]


@pytest.fixture(scope="module")
def patterns(rules):
    return NamePatterns(rules)


@given(text=written)
def test_name_patterns_that_are_not_tried_would_find_nothing(text, patterns):
    quick = list(patterns.spans(clean(text))), list(patterns.in_small_letters(clean(text)))
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(Clean, "is_letter_by_letter", False)
        for condition in ("_PARTICLE_BETWEEN", "_FOUR_CAPITALS", "_MARK_OPENS"):
            changed.setattr(name_patterns, condition, re.compile(""))
        assert quick == (list(patterns.spans(clean(text))), list(patterns.in_small_letters(clean(text))))


@given(text=written)
def test_words_of_kinship_are_found_where_they_are_found_everywhere(text, rules):
    relations, row = Relations(CAST, rules), NamedText(id="e", text=text)
    quick = list(relations.of(row, clean(text), ()))
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(Clean, "is_letter_by_letter", False)
        assert quick == list(relations.of(row, clean(text), ()))


@given(texts=st.lists(written, max_size=4), text=written)
@example(texts=["Marisol odd"], text="Marisol odowd")
def test_what_was_looked_up_for_other_texts_changes_no_name(texts, text, rules):
    habits = habits_of([clean(text)])
    used, doubtful = Index(CAST, rules, habits), Doubtful(rules, habits)
    for each in texts:
        used.find(clean(each))
        doubtful.stretches(clean(each), ())
    assert used.find(clean(text)) == Index(CAST, rules, habits).find(clean(text))
    assert used.names_whole(text, "Mrs") == Index(CAST, rules, habits).names_whole(text, "Mrs")
    assert doubtful.stretches(clean(text), ()) == Doubtful(rules, habits).stretches(clean(text), ())


FORMS = {("jane",): "IDENTIFIER", ("jane", "grace"): "ADDRESS", ("jane", "grace", "fell"): "ADDRESS", ("grace", "fell", "mum"): "ADDRESS"}


@given(said=st.lists(st.sampled_from(("Jane", "grace", "FELL", "mum", "Will")), max_size=12).map(" ".join))
def test_of_listed_forms_the_longest_that_stands_somewhere_is_found(said, rules):
    text, at, found = clean(said), 0, []
    words = words_of(text)
    while at < len(words):
        stands = [form for form in FORMS if tuple(word.plain for word in words[at : at + len(form)]) == form]
        form = max(stands, key=len, default=())
        if form:
            found.append((words[at].start, words[at + len(form) - 1].end))
        at += len(form) or 1
    assert [(span.start, span.end) for span in Listed(FORMS, rules).spans(text)] == found


@given(
    st.lists(
        st.sampled_from(
            ("9", "09", "31", " ", "/", ".", "-", "May", "september", "2016", "16", "1916", "on", "the", "th", "of", ",", "'", "Mon")
        ),
        max_size=9,
    ).map("".join)
)
def test_a_whole_day_is_written_with_the_last_two_figures_of_its_year(text):
    """Without them no date of birth is looked for."""
    for start, end, when in dates_within(text):
        if when.width_days == 0:
            assert isinstance(when.earliest, date)
            assert f"{when.earliest.year % 100:02}" in text[start:end]


SAID = ("Mrs Okafor told PC 214 Moss of Marisol.", "Mrs O'Dowd met Grace Field.", "it was okafor again", "Nobody is named.", "")
ROW = NamedText(id="row", text="Marisol O'Dowd and Deborah O'Dowd were seen by Tamsin de la Cour and by Mrs Okafor.")


@settings(deadline=None, max_examples=30)
@given(said=st.lists(st.sampled_from(SAID), max_size=12))
@example(said=[SAID[0], SAID[0], SAID[2], SAID[0], SAID[0], SAID[0]])
def test_sentences_said_of_many_findings_are_named_as_each_by_itself(said, rules, nothing):
    known = recognise((ROW,), CAST, (POLICE, SOCIAL), nothing, rules)
    texts = [NamedText(id=f"f{number}", text=text) for number, text in enumerate(said)]
    one_by_one = recognise(texts, known.people, (POLICE, SOCIAL), nothing, rules, known.things)
    assert recognise_again(texts, known, (POLICE, SOCIAL), rules) == one_by_one.mentions


def test_an_answer_is_worked_out_once():
    asked = []
    lengths = Once(lambda word: asked.append(word) or len(word))
    assert [lengths["mum"], lengths["Jane"], lengths["mum"]] == [3, 4, 3]
    assert asked == ["mum", "Jane"]
