"""Names that are ordinary words too ("Will", "Grace", "Mark", "Young"): whether one stands for a person, by its letters and what is beside it."""

import re
from typing import Literal

from anonymise.rules import RecognitionRules
from anonymise.words.texts import plain

# a person's name; an ordinary word; or the words beside it do not tell, so that somebody must look where the cast holds such a person
Reading = Literal["name", "word", "unclear"]

# what makes a month of a month's name that somebody here bears; "for", "by", "to" and "and" stand before people as well
_MONTH_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|since|until|till|early|late|mid|last|next|this|during|between)|\b(?:end|start|beginning|middle|month) of"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s*(?:to|and|or|/|-))[ -]?$",
    re.IGNORECASE,
)
_SEASON_BEFORE = re.compile(
    r"\b(?:in|on|at|by|for|before|after|since|until|till|early|late|mid|last|next|this|during|over|of) (?:the )?$", re.IGNORECASE
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;|\n\t•–-]\s*|[\"'“”(]\s*)$")
# what a person did or does: "Grace wrote", "Mark leaves"; the past and third person
_VERB = re.compile(r"[a-z]{2,}(?:[^su]s|ed|ies)")
_NO_PAST = re.compile(r".*eed$")
_DOING = re.compile(r"[a-z]{3,}ing")
_AGE = re.compile(r"[ ,(]{1,3}\d{1,2} ?(?:y|yo|yrs?|years?|/12|/52|mths?|months?|wks?|weeks?)(?! ago)\b")
_AFTER_EPONYM = re.compile(r"(?:'s|')?[ -]([a-z]+)")
_LONGEST_BEFORE = 40


def reading(text: str, start: int, end: int, rules: RecognitionRules) -> Reading:
    """What a word that is also a name stands for at start to end of a clean text."""
    if has_accent(text[start:end]):
        return "name"
    return _Place(text, start, end, rules).reading()


def reads_as_name(text: str, start: int, end: int, rules: RecognitionRules) -> bool:
    """Whether the words beside it show that a word stands for someone here."""
    return reading(text, start, end, rules) == "name"


def is_month_here(text: str, start: int, end: int, rules: RecognitionRules) -> bool:
    """Whether a word that is a month's name stands for the month: beside a number, or after "in", "since", "last" …"""
    return text[start:end].lower() in rules.word_names["months"] and bool(
        re.match(r"[\s,]*'?\d", text[end:]) or _MONTH_BEFORE.search(text[max(0, start - 16) : start])
    )


def has_accent(word: str) -> bool:
    """Whether a word with a capital has an accent, and so is no English word, whatever it is without: "Tó", "Zé"."""
    return word[:1].isupper() and plain(word) != word.lower()


def is_eponym(text: str, start: int, end: int, rules: RecognitionRules) -> bool:
    """Whether these are people, or a town, after whom a scale or sign is called: "Tanner stage 2", "Down's syndrome", "Bristol stool chart"."""
    following = _AFTER_EPONYM.match(text, end, end + 24)
    return (
        following is not None
        and following[1] in rules.of_eponyms
        and all(re.sub(r"'s?$", "", word) in rules.eponyms for word in re.findall(r"[^\s-]+", plain(text[start:end])))
    )


def at_sentence_start(text: str, start: int) -> bool:
    """Whether a sentence, line, cell, bracket or quotation begins here, so that a capital shows nothing."""
    return _SENTENCE_START.search(text[max(0, start - 4) : start]) is not None


def is_said_of_someone(following: str, rules: RecognitionRules) -> bool:
    """Whether a word in small letters is what somebody did or does: a past form or the third person."""
    lists = rules.word_names
    if following in lists["told_verbs"] or (following in rules.after_a_name and following not in {"and", "s"}):
        return True
    if following in lists["determiners"] or following in lists["pronouns"]:
        return False
    bare = following in lists["bare_verbs"] or _NO_PAST.fullmatch(following)
    return not bare and _VERB.fullmatch(following) is not None


def is_told_of(text: str, start: int, end: int, rules: RecognitionRules) -> bool:
    """Whether a name written in small letters, which is no ordinary word, is named: it begins a sentence of doing, or is quoted."""
    if text[max(0, start - 1) : start] in {'"', "'"} and text[end : end + 1] in {'"', "'"}:
        return True
    following = re.match(r" ([a-z]+)", text[end : end + 20])
    said = following is not None and (is_said_of_someone(following[1], rules) or following[1] in rules.word_names["modals"])
    return (said and at_sentence_start(text, start)) or reading(text, start, end, rules) == "name"


def does_as_people_do(text: str, end: int, rules: RecognitionRules) -> bool:
    """Whether what follows a word is said of people alone: "told us", "was not at home", "is worried", "has settled well", "collected the child"."""
    lists = rules.word_names
    following = [word.lower() for word in re.findall(r"[\w']+", re.split(r"[.;:\n\t!?(]", text[end : end + _LONGEST_BEFORE])[0])]
    if not following or not re.match(r" [a-z]", text[end : end + 2]):
        return False
    verb, *after = [word for word in following if word not in lists["between"] and word not in {"not", "had", "been"}][:3] or [""]
    if verb in lists["only_people"] or verb in lists["people_do"]:
        return True
    if verb in {"was", "is", "has", "seems", "seemed", "appeared", "appears", "remains", "looked", "looks", "became"} and after:
        return after[0] in lists["states"] - lists["between"] or after[0] in lists["of_the_family"] or after[:2] == ["at", "home"]
    return bool(after) and after[0] in {"his", "her", "him", "them"} and is_said_of_someone(verb, rules)


class _Place:
    """A word that is also a name, in its line or cell, with what stands before and after."""

    def __init__(self, text: str, start: int, end: int, rules: RecognitionRules) -> None:
        self._text, self._start, self._end, self._rules = text, start, end, rules
        self._lists = rules.word_names
        self._written, self._word = text[start:end], plain(text[start:end])
        self._before = re.split(r"[\n\t]", text[max(0, start - _LONGEST_BEFORE) : start])[-1]
        self._after = re.split(r"[\n\t]", text[end : end + _LONGEST_BEFORE])[0]
        self._auxiliary, self._verb = self._word in self._lists["auxiliaries"], self._word in self._lists["verbs"]
        self._season = self._word in self._lists["seasons"] or self._word in self._lists["months"]
        # a word of the field ("Child", "Court", "Ward") says nothing of anyone unless a title or another part of the name stands by it
        self._field = self._word in rules.harmless and not (self._auxiliary or self._verb or self._season)
        self._opens = at_sentence_start(text, start)
        beside = re.match(r"(\s*)([^\w\s]?)(\s*)([^\W_][\w'-]*)?", self._after)
        self._mark = beside[2] if beside else ""
        self._next = (beside[4] or "") if beside else ""

    def reading(self) -> Reading:
        if is_month_here(self._text, self._start, self._end, self._rules) or self._numbered():
            return "word" if not self._aged() else "name"
        little = self._field and len(self._word) < 4 and self._written.islower()  # "Doctor to ring"
        if (self._titled() and not little) or (self._in_list() and not self._field):
            return "name"
        if self._season and self._written.istitle() and self._is_somebody():
            return "name"
        if (self._word in self._lists["seasons"] or self._word in self._lists["times"]) and _SEASON_BEFORE.search(self._before):
            return "word"
        if self._written[0].isupper() and not self._shouted():
            return self._with_capital()
        return self._without_capital()

    def _is_somebody(self) -> bool:
        """Whether a role stands before a month's or season's name ("HV Jun"), or something follows that only people are ("was not at home")."""
        before = [plain(word) for word in re.findall(r"[\w/-]+", self._before)][-2:]
        roles = self._rules.roles.keys() | self._rules.relations.keys()
        beside = re.search(r"\w:? $", self._before) is not None and bool({" ".join(before), *before[-1:]} & roles)
        said = re.match(r" (?:was|is) (?:not |very |still )?(at home|[a-z]+)", self._after)
        return beside or (said is not None and (said[1] == "at home" or said[1] in self._lists["of_the_family"]))

    def _with_capital(self) -> Reading:
        if self._last_before() in self._lists["determiners"] and self._next in self._lists["households"]:
            return "name"
        if self._field:
            return "unclear" if self._follows("contact") and not self._after.startswith("'s") else "word"
        if self._after.startswith("'s"):
            return "name"
        if (last := self._last_before()) in self._lists["determiners"]:
            conjoined = last in {"that", "this", "what", "which"} and self._next.islower() and self._by_what_follows(self._next) == "name"
            return "name" if conjoined else "word" if self._season or self._auxiliary else "unclear"
        if not self._opens:
            harmless = self._next[:1].isupper() and not self._mark and plain(self._next) in self._rules.harmless
            return (
                "word"
                if harmless and not self._said(plain(self._next))
                else "unclear"
                if self._season and not self._follows("contact")
                else "name"
            )
        return self._opening()

    def _opening(self) -> Reading:
        """At the beginning of a sentence, line or cell a capital shows nothing: what follows decides."""
        if not self._next or self._mark:
            return "unclear" if self._mark == "?" or self._season else "name"
        if self._next[0].isupper():
            return self._before_capital()
        return self._by_what_follows(self._next.lower())

    def _before_capital(self) -> Reading:
        known = plain(self._next) in self._rules.harmless or plain(self._next) in self._rules.abbreviations
        asked = re.search(r"\?", re.split(r"[.!\n]", self._after)[0]) is not None
        if self._auxiliary or self._verb:
            return "word" if known or (asked and self._auxiliary) else "unclear"
        return "unclear" if known or self._season else "name"

    def _by_what_follows(self, following: str) -> Reading:
        """By the word in small letters after it, adverbs between subject and verb passed over."""
        if following in self._lists["between"] and (later := re.match(r"\s*[\w'-]+\s+([a-z][\w'-]*)", self._after)):
            following = later[1]
        if following == "of" or (following in self._lists["pronouns"] and (self._auxiliary or self._verb)):
            return "word"
        if following == "not":
            participle = re.match(r"\s*not (?:yet )?([a-z]+)", self._after)
            return "name" if not self._auxiliary or (participle and self._said(participle[1])) else "word"
        if self._auxiliary and following in self._lists["either"]:
            return "unclear"
        if following == "left" and self._verb:  # "Mark left knee", "Mark left early"
            return (
                "name"
                if re.match(
                    r"\s*left(?:\W*$|[.,;]| (?:early|late|the|at|with|home|for|to|his|her|before|after|without|and)\b)", self._after
                )
                else "unclear"
            )
        if following in self._lists["modals"] or following in self._lists["only_people"]:
            return "name"
        if self._said(following):
            return "unclear" if self._season else "name"
        if self._verb and not self._auxiliary:
            return self._after_verb(following)
        if following in self._lists["beside"] or following in self._lists["states"] or self._doing(following):
            return "unclear" if self._season and not self._auxiliary else "name"
        return "word" if self._auxiliary else "unclear"

    def _after_verb(self, following: str) -> Reading:
        if following in self._lists["determiners"] or (following == "to" and self._word in {"hope", "love"}):
            return "word"
        if following in self._lists["states"] or following in {"to", "aged", "dob", "s", "away", "home", "here"} or self._doing(following):
            return "name"
        return "unclear"

    def _without_capital(self) -> Reading:
        """In small letters, or among capitals: only what stands beside it shows a person."""
        following = self._next.lower()
        told_to = self._follows("contact")
        shouted = self._written.isupper()
        if self._field or self._last_before() in self._lists["determiners"]:
            return "word"
        if self._after.startswith("'s"):
            return "name" if self._auxiliary else "unclear"
        if self._auxiliary:
            either = told_to or self._follows("before_either")
            said = "name" if not following or self._mark else self._by_what_follows(following)
            if either:
                return "name" if said == "name" else "unclear" if told_to and following not in {"be", "have", "need", "not"} else "word"
            return "name" if self._opens and said == "name" and following and self._said(following) else "word"
        if told_to:
            return "name" if shouted or (following and not self._mark and self._said(following)) else "unclear"
        opens = self._opens and not self._mark and following in self._rules.after_a_name and following not in {"and", "s"}
        return "unclear" if opens and not self._season else "word"

    def _said(self, following: str) -> bool:
        return is_said_of_someone(following, self._rules)

    def _doing(self, following: str) -> bool:
        return following not in self._lists["bare_verbs"] and _DOING.fullmatch(following) is not None

    def _aged(self) -> bool:
        """Whether an age follows a capital: "Hope 5y", "Grace 14/12"."""
        return self._written[0].isupper() and not self._season and _AGE.match(self._after) is not None

    def _numbered(self) -> bool:
        """Whether a short number follows, as after "Ward", "Art", "Mark": a telephone number follows people too."""
        number = re.match(r"[ -]?(\d+)", self._after)
        return bool(number) and len(number[1]) < 4 and not self._auxiliary if number else False

    def _titled(self) -> bool:
        match = re.search(r"(?<![\w/])([\w/]+)\.? $", self._before)
        return (
            bool(match) and plain(match[1]) in self._rules.titles and (match[1][0].isupper() or self._written[0].isupper())
            if match
            else False
        )

    def _in_list(self) -> bool:
        """Whether another name stands beside it across a stroke or "&": "WILL/JOY", "Joy & Will"."""
        beside = [*re.findall(r"([^\W\d_][\w'-]*)\s?[/&+]\s?$", self._before), *re.findall(r"^\s?[/&+]\s?([^\W\d_][\w'-]*)", self._after)]
        return self._written[0].isupper() and any(
            each[0].isupper() and len(each) > 1 and (plain(each) in self._rules.nicknames or not self._rules.is_harmless([plain(each)]))
            for each in beside
        )

    def _shouted(self) -> bool:
        """Whether it stands in capitals, and the words beside it do too."""
        if not self._written.isupper() or len(self._written) < 2:
            return False
        beside = re.findall(r"[^\W\d_]{2,}", self._before)[-1:] + re.findall(r"[^\W\d_]{2,}", self._after)[:1]
        return bool(beside) and all(word.isupper() for word in beside)

    def _last_before(self) -> str:
        match = re.search(r"([\w'-]+)\s$", self._before)
        return match[1].lower() if match else ""

    def _follows(self, listed: str) -> bool:
        """Whether one of a list's words or phrases stands right before."""
        words = re.findall(r"[\w'/:-]+", self._before.lower())
        if not re.search(r"[\w:]\s$", self._before):
            return False
        return any(" ".join(words[-n:]) in self._lists[listed] for n in (1, 2))
