"""The language's own small words, by what they do in a sentence. No board has reason to change them: what professionals write is in rules/cues/."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# join two that are meant alike
LINKS = _words("and or plus also cc to then with both")
PREPOSITIONS = _words("to with for from of by via")
DETERMINERS = _words("the a an our her his their its my this that these those any")
# may stand beside an agency without being anybody else: "the duty HV team", "our named GP"
BESIDE = _words(
    "the a an our her his their its local duty on call named allocated both also then all team teams desk line office inbox service "
    "services control today same day again now community manager lead practice contact point single out hours ooh new safeguarding "
    "nurse doctor sister consultant department dept staff unit secretary reception receptionist colleague colleagues worker officer dr "
    "mr mrs ms miss pc dc ds ps sgt cpn s crew firm company agency provider home usual family own secure central paediatric my"
)
# stand between who is spoken of and what was done
BEING = _words("was were is are has have had been be being both all also then fully verbally now duly already since")
# of these, those that say that it was done to somebody
PASSIVE = _words("was were been being be is are")
FILLERS = _words("then also later again had has have both all immediately subsequently therefore promptly since")
# carry a subject over: "mother attended and told"
CARRIED_ON = _words("and who then")
# after "by" these tell how, or that it was the writer, and not who else
HOW = _words(
    "phone telephone tel e mail email letter fax text secure post message task voicemail hand us me writer staff myself this return way "
    "same duty ward school phonecall pager bleep call"
)
OURSELVES = _words("i we us me writer myself staff")
ONESELF = _words("herself himself themselves self themself")
PRONOUNS = _words("she he they")
# what stands after these is no object of what stands before
STOPS = _words(
    "that who whom which re regarding about because after before when while as from by at if whether but however why how what where "
    "since until against over following concerning said says attended present seen registered accompanied took taken in on of under not "
    "no without refused declined agreed stating via is are was were had has did does will would can could should into asking requesting "
    "advising saying wanting"
)
# an agency before one of these does something itself: "rang GP, police attended"
DOING = _words("to will would should could may might is was were has have had attended came went did does present aware")
# may follow "informed" where nobody is its object: when, how, about what
NO_OBJECT = _words(
    "of re about on regarding via verbally today immediately accordingly same again also and but as with in at yesterday tonight then "
    "prior due after before once when following because if direct directly separately formally urgently later too twice straight over "
    "through within so or am pm hrs out earlier both each by for to x2 together since per"
)
# after "called to", "asked to": it is the one who called that speaks
TO_SAY = _words("say ask inform advise tell report request discuss confirm enquire update cancel let be know speak")
