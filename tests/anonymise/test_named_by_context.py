"""Names that only the words beside them show, and words that only look like names; written before any rule for them was."""

import re

import pytest

from anonymise.recognising.recognise import recognise
from anonymise.words.texts import NamedText
from timeline.people import Person

pytestmark = pytest.mark.models

CAST = (
    Person(id="P1", name="Theo Marchmont", role="Subject child", kind="subject"),
    Person(id="P2", name="Hope Marchmont", also_known_as=("née Larkin",), role="Mother", kind="family"),
    Person(id="P3", name="Miles Weatherall", role="Father", kind="family"),
    Person(id="P4", name="Yvette Sangan", role="Social worker", kind="professional", agency="Children's Social Care"),
)
# {…} must be hidden; everything else of a line must stay. Sentences that end in "|" are told in a row of their own with the cast list
LINES = """
Landlord: {PRYCE} says the rent is three months behind.
Spoke with landlord {PRYCE} about the damp.
Neighbour {Ivy Fell} rang to say that the music was loud again.
T/C from {June Summers}, 07700 900123, worried about noise.
Present: {Rose Banks}, {Mark Field}, {Dawn Rivers}.
{Heather Moss} stated that the child was alone in the garden.
Informant {OLIVE HEDGE} reports shouting from the flat above.
Referral taken from {Penny Marsh} at the hostel.
{Ruby Frost}, the childminder, was concerned about the cough.
Statement given by {Amber Woods} the same evening.
Collected from club by {Summer Day} as agreed.
spoke to {marites} at the hostel, she will ring back
the cleaner {yevgenia} let us in
her friend {shaz} was in the kitchen
friend called {baz} answered the door
a man named {curtis} was present
dropped off by aunty {nisha} at ten to nine
grandma {winifred} has both children tonight
text received from {keeley}, she is not coming
He is known as “{Tó}” at home.
{Tó} collected the child from nursery.
Partner ({Zé}) was present.
{Bo} said that she would ring later.
{Xu} attended alone and asked for an interpreter.
Home visit. {Jo} was tearful throughout.
tenant says {PRYCE} came round again and shouted at her
went to the flat, {HOLLIS} let us in, it was cold and dirty
rang {OKAFOR} back, no answer, left a message
went to the park with {hope} and {miles}|
{miles}/{hope} arguing again, neighbours complained|
message left for {hope} to ring back|
{hope} says she is tired|
saw {miles} outside the shop, he was drunk|
told {hope} that the visit is off|
{HM} tearful, says that {MW} has left.|
{MW} was arrested after hitting {HM}.|
{TM} seen in his cot, asleep.|
{HM} and {TM} seen at home.|
Argument between {MW} and {HM} in the street.|
{Jayden R} hit another pupil at break.
{Kayleigh M} and {Tyrone B} were fighting.
{Iestyn} was not at home.
Seen by {Wei} at the clinic.
{Gwenllian} rang to cancel.
Told {Myfanwy} about the appointment.
{Xiu} said that she felt better.
{Haruto} has settled well at school.
{Eluned} is worried about money.
Discussed with {Tegwen} and her advocate.
{Minh} left before the end.
Kindly brought in by {Soo-jin}.
{Delyth} to ring the surgery.
{Karen Holt}, now {Mrs Pickard}, attended.
{Hope Larkin} was known here before her marriage.|
Mother is now {Mrs Weatherall}.|
Daughter of {Dai the milk} she said, {Bronwen Pugh}.
Tanner stage 2.
Tanner staging was done by the registrar.
Apgar scores 9 and 10. Guthrie test taken. Moro reflex present.
Bristol stool chart type 4. Edinburgh score 12.
He was found to be Gillick competent.
Braxton Hicks only, sent home.
R arm in plaster. L leg bruised. Both seen by the GP.
Child B and Child C were in the care of Adult A.
walked two miles with no hope of a lift|
they hope to move soon|
lives ten miles away from school|
there is hope that things will improve|
he was miles away and did not answer|
hope this helps, ring if not|
{HM Prison La Moye} was told.|
HM Coroner opened the inquest.|
MW visited at home and weighed the baby.|
Discussed with MW and HV at the surgery.|
mum says the NSPCC rang again
he was NOT present when she fell
she was told to STOP hitting him
call came from an UNKNOWN number
pt DNA appt, LETTER sent
smelt of CANNABIS again
taken to A&E and seen by PAEDS
URGENT referral made to MASH
Will ring in May. Can mark the file closed.
The rose bush and the ivy were cut by the landlord.
Summer holidays begin in June.
The moss on the banks was slippery.
Sertraline was increased. Paracetamol was given.
Dawn raid. Officers found cannabis in the house.
Landlord: no reply. Tenant: not in.
Snapchat was used to send it. Teams was down.
Ivy fell off the wall in the storm.
A winter coat was bought in the sales.
Friend of the family was present. Neighbour is worried.
The duty desk said no beds. Housing are aware.
{PRYCE}, landlord, reports that the door was kicked in.
wrong form, its {miles} not {hope}|
Told {HM} at the desk.|
the cleaner let us in, the kitchen was filthy
spoke to reception at the hostel, they will ring back
""".strip().splitlines()

# the lines of which the rules do not make what they should yet: a rule that mends one must take it off this list
KNOWN_FAILURES = {
    "Collected from club by {Summer Day} as agreed.",
    "{HM} tearful, says that {MW} has left.|",  # queued: it may be the midwife
    "{Kayleigh M} and {Tyrone B} were fighting.",  # Tyrone is a county
    "Daughter of {Dai the milk} she said, {Bronwen Pugh}.",
}


def hidden_and_wanted(line, detectors, rules):
    """What is hidden of a line and what should be, as sets of the letters' places."""
    plain, wanted = "", set()
    for part in re.split(r"(\{[^}]*\})", line.rstrip("|")):
        bare = part.strip("{}")
        if part.startswith("{"):
            wanted.update(at for at in range(len(plain), len(plain) + len(bare)) if bare[at - len(plain)].isalpha())
        plain += bare
    cast = CAST if line.endswith("|") else ()
    agency = "Children's Social Care"
    # a small review: initials and habits are learnt from other rows
    texts = [NamedText(id="t", text=plain, agency=agency), NamedText(id="u", text="The family were visited at home.", agency=agency)]
    seen = recognise(texts, cast, (), detectors, rules)
    hidden = {at for m in seen.mentions if m.text_id == "t" for at in range(m.start, m.end) if plain[at].isalpha()}
    return hidden, wanted, plain


@pytest.mark.parametrize("line", LINES)
def test_a_name_shown_by_its_context_is_hidden_and_nothing_else_is(line, detectors, rules):
    hidden, wanted, plain = hidden_and_wanted(line, detectors, rules)
    missed, too_much = ("".join(plain[at] for at in sorted(each)) for each in (wanted - hidden, hidden - wanted))
    if line in KNOWN_FAILURES:
        assert missed or too_much, "mended: take it off the list"
    else:
        assert (missed, too_much) == ("", "")


def listed_as(name, text, nothing, rules, role="Pupil"):
    """What is hidden of a text where the cast list holds one person."""
    cast = (Person(id="P1", name=name, role=role, kind="family"),)
    seen = recognise([NamedText(id="t", text=text)], cast, (), nothing, rules)
    return [text[m.start : m.end] for m in seen.mentions]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Jayden R hit another pupil.", ["Jayden R"]),
        ("Jayden hit another pupil.", ["Jayden"]),
        ("R arm in plaster, R leg bruised.", []),
    ],
)
def test_an_initial_that_is_listed_for_a_surname_is_nobody_alone(text, hidden, nothing, rules):
    assert listed_as("Jayden R", text, nothing, rules) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "Mohter said that she was tired.",
        "Sertraline was increased, Brintellix was stopped.",
        "Policce arrived late.",
        "Ofsted visited in spring.",
        "Referal was made. Safegaurding was discussed.",
    ],
)
def test_a_slip_of_a_word_of_the_field_is_nobody_whatever_it_does(text, nothing, rules):
    assert listed_as("Theo Marchmont", text, nothing, rules) == []


def test_initials_of_somebody_unlisted_that_make_a_small_word_are_nobody(nothing, rules):
    seen = recognise([NamedText(id="t", text="Spoke to Mrs Ivy Fell. IF she rings, tell her.")], (), (), nothing, rules)
    assert [each.start for each in seen.mentions] == [9]
