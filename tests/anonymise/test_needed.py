"""What a text cannot be without if a pattern stands in it: never passes over a text in which the pattern would be found."""

import pytest
import regex
from hypothesis import assume, example, given
from hypothesis import strategies as st

from anonymise.detecting import needed
from anonymise.detecting.needed import Needed
from anonymise.detecting.presidio import PatternsRecogniser, _spans_of
from tests.anonymise.test_identifiers import REPEATED, ROWS, STRANGE, parted

LINES = [parted(text)[0] for text, _ in ROWS]


def asked_about(expression, text):
    return next(iter(Needed([expression]).in_each([text]))) == {0}


def repeated(inner):
    return st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{,2}", "{2,}", "??", "+?", "?+", "{0,3}+"])).map(
        lambda both: f"(?:{both[0]}){both[1]}"
    )


def grouped(inner):
    openers = ["(?:", "(", "(?i:", "(?-i:", "(?=", "(?<=", "(?!", "(?<!", "(?>", "(?P<a>"]
    return st.tuples(st.sampled_from(openers), inner).map(lambda both: f"{both[0]}{both[1]})")


ONE = st.sampled_from(
    ["a", "ab", "B", "é", "1", "_", " ", "-", "/", r"\.", r"\d", r"\w", r"\W", r"\s", r"\S", r"\D", r"\b", r"\B", r"\K", "^", "$", ".", r"\p{L}",
     "[ab]", "[A-Z]", "[ -]", r"[\w-]", r"[^\W\d]", r"[^\\W]", "[^ab]", "[]a]", "[À-þ]", "[a-]", "[:=]", r"[\d-a]"]
)  # fmt: skip
EXPRESSIONS = st.recursive(
    ONE,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda branches: f"(?:{'|'.join(branches)})"),
        st.lists(inner, min_size=2, max_size=3).map("|".join),
        repeated(inner),
        grouped(inner),
    ),
    max_leaves=12,
)


@given(EXPRESSIONS, st.lists(st.text(alphabet="abABéÉ1 -/._:=\\\n", max_size=12), min_size=1, max_size=8))
@example(r"a[ -]?/b", ["a/b"])
@example(r"\b(?:a/|ab )1", ["a/1"])
@example(r"(?>(?:(?!b)\w)*+)b", ["aab"])
def test_where_a_pattern_is_found_its_needs_are_met(expression, texts):
    try:
        shape = regex.compile(expression)
    except regex.error:
        assume(False)
    for text, asked in zip(texts, Needed([expression]).in_each(texts), strict=True):
        assert asked or not shape.search(text)


@pytest.fixture(scope="module")
def both_ways(rules):
    """What the patterns find in texts, with their needs and without: text, pattern and spans."""
    recogniser = PatternsRecogniser(rules.patterns)
    shapes = [(rule, regex.compile(rule.regex)) for rule in rules.patterns]

    def find(texts):
        recogniser.read(texts)
        found = [
            (text, each.recognition_metadata["recognizer_name"], each.start, each.end)
            for text in texts
            for each in recogniser.analyze(text, [], None)
        ]
        return found, [(text, rule.name, *span) for text in texts for rule, shape in shapes for span in _spans_of(rule, shape, text)]

    return find


@given(st.randoms(use_true_random=False))
def test_every_pattern_of_the_rules_finds_the_same_with_and_without_its_needs(both_ways, chance):
    texts = {" ".join(part_of(chance.choice(LINES), chance) for _ in range(chance.randint(1, 4))) for _ in range(6)}
    found, searched = both_ways(sorted(texts))
    assert found == searched


def test_long_and_strange_texts_are_searched_as_without_needs(both_ways):
    whole = ["\n".join(LINES), "\t".join(LINES).upper(), "".join(LINES).lower()]
    found, searched = both_ways([*STRANGE, *(piece * 100 for piece in REPEATED), *whole])
    assert found == searched
    assert {name for text, name, *_ in found if text == whole[0]}


def part_of(line, chance):
    """A stretch of a line as it is, in capitals or in small letters."""
    start = chance.randrange(len(line))
    stretch = line[start : start + chance.randint(1, 60)] if chance.random() < 0.5 else line
    return chance.choice([str, str, str.upper, str.lower])(stretch)


@pytest.mark.parametrize(
    ("expression", "empty_of_it", "holding"),
    [
        (r"\bRef (?:no )?\d+", "no number here", "Ref 12"),
        (r"(?i:case|service user) [A-Z]{2}\d", "a case of AB", "Case AB1"),
        (r"\w+@\w+", "nobody at home", "a@b"),
        (r"(?=\w*\d)[A-Z]\w+", "Nothing", "A1"),
        (r"(?<=tel:? )\d{6}", "rang 758000", "tel 758000"),
        (r"C:\\\w+", "C/x", r"C:\x"),
    ],
)
def test_a_text_without_what_a_pattern_needs_is_passed_over(expression, empty_of_it, holding):
    assert not asked_about(expression, empty_of_it)
    assert asked_about(expression, holding)


@pytest.mark.parametrize(
    "not_understood",
    [
        r"(?i)ref\d",
        r"(a)\1",
        r"(?:ref){e<=1}",
        r"\N{DIGIT ONE}",
        r"[[:alpha:]]1",
        r"(?x: a b)",
        r"(?|ab|c)",
        r"\x41",
        r"(?(?=a)ab|c)",
        r"[\d-x]",
    ],
)
def test_a_pattern_that_is_not_understood_is_looked_for_everywhere(not_understood):
    assert regex.compile(not_understood)
    assert asked_about(not_understood, "")


def test_a_need_that_takes_too_long_to_look_for_is_taken_as_met(monkeypatch):
    monkeypatch.setattr(needed, "_LONGEST_LOOK_SECONDS", 0.05)
    assert asked_about(r"(?:a|aa)+c", "a" * 60 + "b")


def test_no_pattern_of_the_rules_is_looked_for_everywhere(rules):
    assert next(iter(Needed([rule.regex for rule in rules.patterns]).in_each([""]))) == set()


def test_a_letter_in_its_other_case_is_a_letter_still():
    """What holds the needs of words whose letters may be small or capital within one piece."""
    for number in range(0x110000):
        one = chr(number)
        variants = {each for each in (one.lower(), one.upper(), one.title(), one.casefold()) if len(each) == 1 and each != one}
        assert all(bool(regex.match(r"\w", each)) == bool(regex.match(r"\w", one)) for each in variants)
