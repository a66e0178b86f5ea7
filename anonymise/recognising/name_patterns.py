"""Where the words beside show a name that no list holds: titles, roles and kinship, lists of those present, quotation marks, two capitals."""

import re
from collections.abc import Iterator

from anonymise.rules import RecognitionRules
from anonymise.words.begun import Begun
from anonymise.words.doubtful import is_no_word
from anonymise.words.texts import Clean, plain
from anonymise.words.word_names import is_month_here

# whole (`*+`): a part of a word is no name, and need not be tried
_NAME_WORD = r"(?:(?:al-|el-)?[A-ZÀ-ÞĀ-Ž][\w']*+(?:-[\w']++)*+)"
_NAME_IN_MARKS = r"(?:(?:al-|el-)?[A-ZÀ-ÞĀ-Ž][\w']*(?:-[\w']+)*)"
_TWO_NAMES = re.compile(rf"{_NAME_WORD}(?: {_NAME_WORD})?")
_PARTICLE = "(?:O|Ó|Mac|Mc|Ní|Ni|Nic|Uí|Ui|ap|ab|bin|binti|ibn|El|Al|el|al)"
# without these the patterns that are made of them find nothing, and are not tried
_PARTICLE_BETWEEN = re.compile(f" {_PARTICLE} ")
_FOUR_CAPITALS = re.compile("[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž'-]{3}")
_MARK_OPENS = re.compile(" [\"“‘']")
_TWO_CAPITALS = re.compile(r"(?<![\w'-])([A-ZÀ-ÞĀ-Ž][a-zà-ÿā-ž]+) ([A-ZÀ-ÞĀ-Ž][a-zà-ÿā-ž]{2,})(?![\w'-])")
# titles after which a point ends no sentence
POINTED_TITLES = frozenset(["mr", "mrs", "ms", "dr", "prof", "rev", "sgt", "insp", "fr", "st"])


class NamePatterns:
    """The patterns, made of the rules' titles, particles, roles and cues."""

    def __init__(self, rules: RecognitionRules) -> None:
        """Make them."""
        self._rules = rules
        titles = "|".join(sorted((re.escape(title) for title in rules.titles), key=len, reverse=True))
        particles = "|".join(sorted(rules.particles, key=len, reverse=True))
        surname = rf"(?:(?:(?i:{particles})[' ]){{0,2}}{_NAME_WORD})"
        pointed = "|".join(sorted(POINTED_TITLES))
        titled = rf"(?<![\w'])(?:(?i:{pointed})\.|(?i:{titles}))[ ]?(?:\d{{1,6}}[A-Z]{{0,2}} )?(?:(?:[A-Z]\.?|{_NAME_WORD}) )?{surname}"
        self._titled = Begun(re.compile(titled), {*rules.titles, *POINTED_TITLES}, goes_on=True)
        of_kin = {*rules.roles, *rules.relations}
        kin = "|".join(sorted((re.escape(role) for role in of_kin), key=len, reverse=True))
        small = r"(?<![\w'])(?:mr|mrs|ms|miss|dr)\.? ([a-z]{3,}(?:-[a-z]+)?)(?![\w'])"
        self._small = Begun(re.compile(small), ("mr", "mrs", "ms", "miss", "dr"))
        cues = "|".join(sorted((re.escape(cue) for cue in rules.before_a_name), key=len, reverse=True))
        several = rf"{_NAME_WORD}(?: {_NAME_WORD})?(?:(?:, | and | & ){_NAME_WORD}(?: {_NAME_WORD})?)*"
        self._cued = Begun(re.compile(rf"(?<![\w'])(?i:{cues})\s?:?\s(?=[A-ZÀ-Þ])({several})"), rules.before_a_name)
        small_kin = rf"(?<![\w'])(?:{kin}) ([a-zà-ÿ]{{3,}})(?![\w'-])"
        self._small_kin = Begun(re.compile(small_kin, re.IGNORECASE), of_kin)
        named_kin = rf"(?<![\w'])((?i:{kin}))(?:,| called| named| is called| -| –|:)? ({_NAME_WORD}(?: {surname})?)"
        self._kin = Begun(re.compile(named_kin), of_kin)
        # "ap Rhys", "O Fearghail", "bin Salim": a particle between two capitals; "Graça VIEIRA DA SILVA"; "ZAJĄC, Małgorzata" alone in its line
        capitals = r"[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž'-]{3,}"
        upper = particles.upper()
        self._joined = re.compile(rf"(?<![\w'])({_NAME_WORD} {_PARTICLE} {_NAME_WORD})")
        self._shown = (
            re.compile(
                rf"(?<![\w'])([A-ZÀ-ÞĀ-Ž][a-zà-ÿā-ž'-]+ (?:(?:{upper}|Mc|Mac|O)['’ ]?)?{capitals}(?:(?: (?:{upper}))* {capitals})?)(?![\w'])"
            ),
            re.compile(rf"(?:^|(?<=[\n\t]))((?:(?:{upper}) )*{capitals}, {_NAME_WORD})(?=\s*(?:$|[\n\t(]))"),
            # "T AHIER / S FOLEY", where no shouted sentence goes on
            re.compile(rf"(?:^|(?<=[\n\t/,;:(&])|(?<=[\n\t/,;:.(&] ))([A-Z]\.? {capitals})(?=\s*(?:$|[\n\t/,;.)&]))"),
        )
        # "PRYCE, landlord"
        self._shouted = re.compile(
            rf"(?:^|(?<=[\n\t])|(?<=[.] ))({capitals})(?=, (?:{kin}|landlord|landlady|tenant|owner|occupier|informant|caller)\b)"
        )
        # "Dawn, his aunt", "Dawn (aunt)"
        self._apposed = re.compile(
            rf"(?<![\w'])({_NAME_WORD}(?: {surname})?)(?=,? (?:his|her|their|the|a|an|my) (?:[\w-]+ )?(?:{kin})\b|,? ?\((?:[\w-]+ )?(?:{kin})\))"
        )
        # a nickname as somebody said it: that “Daz” took it
        self._quoted = re.compile(
            rf"(?:(?<=\bthat )|(?<=\bcalled )|(?<=\bas )|(?<=\bby )|(?<=\bwith )|(?<=\bthen )|(?<=\band ))[\"“‘']({_NAME_IN_MARKS})[\"”’']"
        )

    def spans(self, given: Clean) -> Iterator[tuple[int, int, str]]:
        """(start, end, which pattern) of what may be a name in a clean text, titles with it."""
        text = given.text
        yield from ((*match.span(), "title-and-surname") for match in self._titled.finditer(given) if match[0][0].isupper())
        for match in self._cued.finditer(given):
            yield from ((*name.span(), "word-before-name") for name in _TWO_NAMES.finditer(text, *match.span(1)))
        yield from ((*match.span(2), "role-and-name") for match in self._kin.finditer(given))
        if _PARTICLE_BETWEEN.search(text):
            yield from ((*match.span(1), "given-and-surname") for match in self._joined.finditer(text))
        if _FOUR_CAPITALS.search(text):
            for shown in self._shown:
                yield from ((*match.span(1), "given-and-surname") for match in shown.finditer(text))
            yield from ((*match.span(1), "role-and-name") for match in self._shouted.finditer(text))
        yield from ((*span, "two-capitals") for span in self._two_capitals(text))
        yield from ((*match.span(1), "role-and-name") for match in self._apposed.finditer(text))
        if _MARK_OPENS.search(text):
            yield from ((*match.span(1), "quoted-name") for match in self._quoted.finditer(text))

    def _two_capitals(self, text: str) -> Iterator[tuple[int, int]]:
        """A given name that is a word, and a word with a capital inside a sentence: "Ivy Fell", "June Summers"."""
        for match in _TWO_CAPITALS.finditer(text):
            given, surname = plain(match[1]), plain(match[2])
            words = (given in self._rules.nicknames and given in self._rules.names_that_are_words) or (
                given in self._rules.given_words and (surname in self._rules.names_that_are_words or is_no_word(surname, self._rules))
            )
            known = surname in self._rules.harmless or surname in self._rules.abbreviations
            if words and not known and not is_month_here(text, *match.span(1), self._rules):
                yield match.span()

    def in_small_letters(self, text: Clean) -> Iterator[tuple[int, int, str]]:
        """(start, end, title) of names in small letters after a title or a word of kinship or role: "mr campbell", "aunty jade"."""
        for match in self._small_kin.finditer(text):  # "grandma winifred"
            word = plain(match[1])
            ordinary = word in self._rules.names_that_are_words or word in self._rules.harmless
            if match[1].islower() and word in self._rules.nicknames and not ordinary:
                yield *match.span(1), ""
        for match in self._small.finditer(text):
            if match[1] not in self._rules.harmless and match[1] not in self._rules.after_a_name:
                yield *match.span(1), match[0].split()[0].strip(".")
