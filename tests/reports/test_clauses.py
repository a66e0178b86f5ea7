"""Clauses: where a text may be cut so that a piece can be quoted alone, and where never."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.clauses import NO_CUTS, clauses
from tests.reports.reviews import SHIPPED

RULES = SHIPPED.clauses
# "|" stands where a cut is made; nowhere else is one
CUT = r"""
Home visit completed.| Mother was tearful.| Child asleep in the cot.
Strategy discussion held.| Police to lead.| HV to share records.
Core group held at school.| Minutes circulated.
Referral received.| Case allocated to duty worker.
Mother attended clinic.| Father waited outside.
HV visited at ten.| Mother opened the door.
School closed early.| Child collected by aunt.
Mother seen at home;| HV to return next week.
Home conditions poor.| Bedroom damp.
ED attendance after a fall.| GP informed by letter.
1. Mother to attend groups.\n|2. Father to engage with probation.
- Mother seen\n|- Child seen
Visit cancelled by office.\n\n|Mother telephoned next day.
Assessment completed!| Case closed.
Police attended (two officers).| Child in bed.
Mother was with her sister.| Father at work.
Father and his brother came.| Mother at home.
The health visitor weighed the baby.| The GP was informed.
Conference held.| Both children placed on a plan.
Meeting with school.| Strategy meeting to follow.
"""
WHOLE = r"""
Mother denied hitting the child. Bruise seen on the arm.
No evidence of bruising; marks; or swelling.
No bruises; child well.
Child examined. No injuries seen.
Child examined. Not distressed.
Mother seen. Denied drinking.
Mother seen. She denied drinking.
Mother seen. But father was not at home.
Mother seen. However the child was asleep.
Child at school. Who collected is not recorded.
Injury to arm. Mother however denied any injury.
Father arrested. Later released.
Father arrested. Father was not charged.
Allegation made. Mother then retracted.
Allegation made. Mother withdrew the allegation, it was false.
Mother said that father hit the child. Bruise seen on arm.
Mother stated all was well. Child well. School fine.
S/W said: child was fine. Mother well.
Mother: he hits me. Father was drunk.
HV reported that home is cold. Child has no bed.
According to grandmother the child is hit. Father drinks.
Call from neighbour. Child left alone.
T/C from school. Child came in with a bruise.
Referral from nursery. Mother drunk at pick-up.
Neighbour rang. Child heard screaming.
Anonymous letter. Father is dealing drugs.
Intel received. Father has a knife.
Mother disclosed abuse. Father had punched a wall.
Child described the evening. Mother was asleep.
“He hits me. Mother knows.” Child to teacher.
Child said “I hate it here. Mother shouts. Father hits.”
"I want to go home. Mother is kind." Child was calm.
“I want my mum.” Child in tears.
Seen by Dr. Smith.
Seen at approx. Mother's bedtime.
Ref no. Police 123.
Seen by J. Police Officer 2.
Weight 4. Mother pleased.
HV visited at 10.30. Mother opened the door.
Seen with St. School staff.
Appt. Clinic at ten.
Any injuries? Child says none.
Injuries? Child not examined.
Mother (seen alone. Child at school) was calm.
Mother [seen alone. Child at school] was calm.
Mother wrote: “Child is ill. School told.”
Plan: HV to visit. GP to review.
Mother denied:\n- hitting\n- shouting
No concerns about\n- home\n- school
Nil seen of:\n- Bruises\n- Child swelling
Child was seen by\nPolice and the doctor.
Mother did not\nHome school the child.
Mother said\nFather hit the child.
Mother and\nFather were seen.
Child not\nSeen by anybody.
Grandmother attended. Child was with her.
Mother seen. School says he is well.
Bruise on arm. Same as last week.
Concern raised. This was not followed up.
Concern raised. It was not followed up.
Concern raised. Which agency acted is unclear.
Visit made because. Mother asked for help as she was low.
Mother drunk. Mother said so herself.
Child seen. Appeared tired.
Child seen. Smelt of urine.
Child seen. Very thin.
Child seen. Bruise to arm.
Mother was low... Child cried.
Mother to attend; to bring child.
Mother refused; father agreed.
Nobody in; card left.
Mother seen. Unable to see the child.
Mother cannot cope; child safe.
Mother alleges assault by father. Police informed.
Father told officers that mother fell. Neighbour heard shouting.
Mother claims father is away. Father's boots in hall.
Mother feels safe. Father has left.
Apparently father has moved out. Father has no key.
Mother explained that the child fell. Child has a bruise.
Paramedic advised that child had fitted. Mother was asleep.
It is said to be father's. Police aware.
Carer thought the child was hungry. Child ate well.
Father believes the child is his. Mother upset.
mother seen. child well.
Child well. as reported by school.
"""


def examples(table):
    return [line.replace("\\n", "\n") for line in table.strip().split("\n")]


def test_there_are_at_least_eighty_examples():
    assert len(examples(CUT)) + len(examples(WHOLE)) >= 80


@pytest.mark.parametrize("example", examples(CUT))
def test_a_text_is_cut_where_what_follows_stands_by_itself(example):
    text = example.replace("|", "")
    assert [text[start:end] for start, end in clauses(text, RULES)] == [piece.strip() for piece in example.split("|")]


@pytest.mark.parametrize("text", examples(WHOLE))
def test_nothing_is_cut_after_a_denial_away_from_its_speaker_or_from_what_it_hangs_on(text):
    assert [text[start:end] for start, end in clauses(text, RULES)] == [text.strip()]


def test_a_pronoun_keeps_the_clause_that_names_whom_it_means():
    text = "Grandmother attended clinic. Mother seen alone. Father hit her last night. School informed."
    assert [text[start:end] for start, end in clauses(text, RULES)] == [
        "Grandmother attended clinic.",
        "Mother seen alone. Father hit her last night.",
        "School informed.",
    ]


def test_what_was_told_ends_with_its_line():
    text = "Mother said that father hits the child. Child was hungry.\nHome conditions good. School informed."
    assert len(clauses(text, RULES)) == 3


def test_without_rules_nothing_is_cut():
    assert clauses("Mother seen. Father seen.", NO_CUTS) == ((0, 25),)


@pytest.mark.parametrize("text", ["", "   ", "\n\n", ".", "“", "(", "'", "|", "a", "1.", "-\n-\n"])
def test_a_text_with_little_in_it_has_what_it_has(text):
    assert "".join(text[start:end] for start, end in clauses(text, RULES)) == text.strip()


PIECES = st.sampled_from(
    [
        "Mother seen",
        "Child well",
        "He left",
        "no",
        "denied",
        "said",
        "“",
        "”",
        "(",
        ")",
        '"',
        "'",
        ".",
        ". ",
        "; ",
        ": ",
        "\n",
        "\n\n",
        " ",
        "- ",
        "1. ",
        "!",
        "?",
        "Dr",
        "😀",
        "é",
    ]
)


@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=80)))
def test_every_character_but_blanks_stands_in_one_clause_in_order(text):
    found = clauses(text, RULES)
    assert all(start < end and not text[start].isspace() and not text[end - 1].isspace() for start, end in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert re.sub(r"\s", "", "".join(text[start:end] for start, end in found)) == re.sub(r"\s", "", text)


@given(st.lists(PIECES.filter(lambda piece: piece not in "“”"), max_size=12).map("".join))
def test_no_cut_is_made_inside_quotation_marks(said):
    text = f"Child seen. Father said “{said}” today."
    start, end = text.index("“"), text.index("”")
    assert not any(start < place <= end for clause in clauses(text, RULES) for place in (clause.start,))


@pytest.mark.parametrize("size", [20_000])
def test_a_very_long_text_takes_no_more_than_a_moment(size):
    text = "Mother seen. “ Child well; (He denied: \n- said. " * (size // 48)
    assert clauses(text, RULES)
