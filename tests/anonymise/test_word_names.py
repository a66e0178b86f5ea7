"""Names that are words, both ways: the {marked} word of each line is a name, a word, or nobody can tell from what is beside it."""

import re

import pytest

from anonymise.words.texts import clean
from anonymise.words.word_names import reading

NAMES = """
{Hope} 5y, brought by mother
{Hope} 14/12 old, seen with Nan
{Will} said no.
Both children seen. {Will} came to the door with Dawn.
Told {Will} to leave.
Spoke to {Will} about school.
Yes – {Will}
{Will}
{Will}: “I'm the best man”
FB: {Will}
{Will}/Joy at home.
Joy/{Will} at home.
{WILL}/JOY SEEN TODAY
SPOKE TO {WILL} AT HOME
Seen: Maja, {Will}, Tomos.
{Will} (6) awake, stood behind mother.
{Will} hiding in bathroom.
CS action: {Will} to be seen alone.
No reply. {Will} at his father's.
Lovely eye contact. {Will} in school.
{Will} off with a cold, followed me round.
{Will} away at Craig's for Easter.
{Will} not seen today.
when {Will} had gone to his room
{Will} showed me the bathroom lock.
{Will} needs new shoes.
{Will} can talk.
{Will} may visit on Monday.
{Will} will go on Monday.
{Will} has been late three times.
{Will}'s teacher rang.
{will}'s teacher rang.
told {will} to leave
saw {will} and joy at home
saw {will}. all fine.
{Will} unwell, kept home.
{Will} was told.
{Will} also said that he was scared.
{Will} & Maja seen.
Mum and {Will} attended.
Mr {Will} rang.
Home visit. {Joy} well.
Both parents present. {Joy} tearful.
{Joy} at school today.
{Joy} said she was fine.
{Joy} to call back.
{Joy} pregnant, due May.
{Joy}, Will and Maja seen.
Referral from {Joy} at maternity.
{Joy} can be reached after five.
{Hope} not seen.
{Hope} asleep upstairs.
{Hope} rang the office.
{Hope} told me that she was scared.
{Grace} wrote it up.
{Grace} was upset.
{Grace} in foster care.
Under {Grace}'s name
Discussed {Grace} with the school.
{Grace} would like to go home.
{Faith} attended with her mother.
{Faith} missing since Friday.
{Dawn} to call.
{Dawn} (aunt) collected him.
{Dawn} phoned to cancel.
{Rose} fell in the kitchen.
Neighbour {Rose} Feeney rang.
{Rose} frail, needs two carers.
{Mark} said he would call.
{Mark} rang the ward.
{Mark} away until Monday.
{Mark}'s supervision
Told {Mark} that the visit was cancelled.
{Mark} would not agree.
{Bill} was drunk.
{Bill} came back at nine.
{Rob} attended. {Rob} left early.
{Rob} aged 34.
{Sue} rang.
{Pat} visited her mother.
{Drew} was at home.
{Drew} drunk again.
{Frank} attended the meeting.
{Frank} aggressive towards staff.
Partner {Frank} answered the door.
{Grant} refused to leave.
{Grant} asleep on the sofa.
{Chase} was at nursery.
{Chase} upset at handover.
{Summer} said that she was scared.
{Summer}'s mother rang.
Told {Summer} to wait.
{May} rang in the morning.
Seen with {May} at the flat.
Told {May} to wait.
{May}'s daughter rang.
{June} said she would call.
Mrs {Price} rang.
Dr {Young} called.
Mr {Brown} refused.
PC {Field} attended.
Ms {Court} signed.
the {Young} family
The {Price} children were seen.
the {Brown} household
{Ruby} and {Amber} seen at home.
{Lily} hungry, two bottles given.
{Ivy} in hospital.
{Sky} told the teacher.
{Jade} also said so.
Told Ruby and {Jade} to wait.
{Penny} phoned.
{Robin} has moved out.
Met {Angel} at school.
{Angel} crying.
{Christian} hit his sister.
{Star} seen alone.
"""

WORDS = """
He {will} attend.
{Will} attend on Monday.
{Will} need to call.
{Will} not attend.
{Will} not be seen.
{Will} be reviewed in May.
{Will} discuss in supervision.
{Will} also refer to MASH.
{Will} address with mother.
{Will} focus on sleep.
{Will} bring forward.
{Will} proceed to conference.
{Will} mum attend?
{Will} Mum attend?
{Will} she come?
{Will} he be safe?
{WILL} ATTEND ON MONDAY
MOTHER {WILL} ATTEND
the {will} was read
made a {will}
left a {Will} in her favour
she {will} call with details
and {will} call back
who {will} visit
It {will} be May before then.
told {will} be late
Mother {will} not engage.
{may} need help
{May} need help.
{May} attend.
{May} I ask
Mother {may} be drinking.
in {May}
In {May} 2019 he moved.
since {May}
3 {May} 2019
{May} 2019
{MAY} 2019
early {May}
{June} 2020
by the end of {June}
last {Summer}
in the {Summer}
during {Summer} term
at {Dawn}
at {dawn} to call
next {Spring}
on {Easter} Sunday
a period of {grace}
with {joy} and relief
lost all {hope}
in the {hope} that
{Hope} to visit next week.
{Hope} this helps.
{Hope} she calls.
We {hope} to see him.
a {mark} on the arm
a red {mark}
no {mark} seen
{Mark} the file as closed.
{Mark} his attendance.
a gas {bill}
the {bill} was paid
{Bill} his mother for it.
tried to {rob} the shop
to {sue} the school
a {pat} on the back
{Drew} a picture of mum.
she {drew} a house
he {rose} from the chair
prices {rose}
{Chase} the referral.
to {chase} the referral
{Grant} the order.
a {grant} was made
to be {frank}
she was {frank} about drinking
{Read} the report.
{Press} her on this.
the {Court} was told
The {Ward} rang.
{Court} adjourned.
{Child} seen.
{Child} was seen alone.
{Case} closed.
{Case} discussed.
{Ward} staff informed.
{Nurse} informed.
{School} rang.
{School} reported absence.
{Page} 3 of 9
on {Ward} 3
{Ward} 3
the {Day} centre
{Young} person seen.
a {young} mother
the {young} child
a {brown} mark
wearing a {brown} coat
the {price} of rent
in the {field}
the {green} form
{Price} of travel
{Faith} of the family
of her {faith}
"""

UNCLEAR = """
{May} was frail.
{April} was seen alone.
{Will}?
{Joy} period
{Grace} period ended
{Summer} term
{Summer}
{May}
{Hope} house
{Mark} left knee
{Chase} referral
{Mark} on arm
{Rose} at seven
told {grace}
spoke to {joy}
saw {hope}
{joy} said no
{Brown} bag found
{Rob} Smith
{Will} read the letter.
{Dawn} raid
{Mark} and measure
{joy}'s bag
"""


def examples():
    for expected, lines in (("name", NAMES), ("word", WORDS), ("unclear", UNCLEAR)):
        yield from ((line, expected) for line in lines.strip().splitlines())


@pytest.mark.parametrize(("line", "expected"), list(examples()))
def test_what_stands_beside_it_tells_a_name_from_a_word(line, expected, rules):
    marked = [(match.start(), len(match[1])) for match in re.finditer(r"\{([^}]*)\}", line)]
    text = clean(re.sub(r"[{}]", "", line)).text
    for number, (start, length) in enumerate(marked):
        at = start - 2 * number
        assert reading(text, at, at + length, rules) == expected
