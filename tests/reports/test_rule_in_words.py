"""What a draft says a question was held against: the words of the rule, without names of settings and files."""

import pytest

from reports.counts import IN_WORDS, in_words
from reports.rule_in_words import rule_in_words
from timeline.safe import SafeFinding

USUAL = "the board can set this number, or takes the usual one"


def finding(**more):
    said = {"rule": "not-seen: more than 42 days without being seen", "standard": "42 days", "source": "a procedure", **more}
    return SafeFinding(id="F0001", kind="not-seen", events=(), agencies=(), period="", certainty="certain", question="Why?", **said)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("[findings] silence_days of case.toml, or its default", USUAL),
        ("[findings] not_seen_days of case.toml, or its default: six weeks by any agency ([place])", f"{USUAL}: six weeks by any agency"),
        (
            "[findings] no_action_days of case.toml, or its default: our own number; words in rules/cues/concerns.toml and actions.toml",
            f"{USUAL}: the program's own number",
        ),
        ("our own rule; words in rules/cues/accounts.toml, injuries.toml and outcomes.toml", "the program's own rule"),
        ("our own rule, rules/patterns.toml", "the program's own rule"),
        ("our own rule; words in rules/same_words.toml", "the program's own rule"),
        ("the board's procedures of 2029; our own numbers", "the board's procedures of 2029; our own numbers"),
    ],
)
def test_no_name_of_a_setting_or_of_a_file_stands_in_a_source(source, told):
    assert rule_in_words(finding(source=source))[-1] == told


def test_a_rule_is_told_without_its_kind_and_a_number_that_it_says_is_not_said_again():
    assert rule_in_words(finding()) == ("more than 42 days without being seen", "a procedure")
    assert rule_in_words(finding(standard="within 60 days"))[1] == "within 60 days"
    assert rule_in_words(finding(standard="1 within 1 days", source=""))[1:] == ("1 within 1 day",)


def test_counts_are_told_in_plain_words_in_one_order_and_none_is_left_out():
    assert in_words({"doubtful": 3, "agencies": 6, "new_number": 1}) == (
        (IN_WORDS["agencies"], 6),
        (IN_WORDS["doubtful"], 3),
        ("New number", 1),
    )
