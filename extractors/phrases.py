"""What tells a heading, banner, total, note or guidance row from an event: the words such rows begin with."""

import re


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.I)


_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_NAMES_A_PERIOD = re.compile(r"\d{4}|term|quarter|q[1-4]|spring|summer|autumn|winter", re.I)
_BANNER = re.compile(
    r"(?:(?:the|year|calendar|financial|academic|school|of|to|and|from|in|for|events?|entries|chronology|timeline|period|part|section|"
    r"cont(?:inue)?d?\.?|q[1-4]|quarter|half|first|second|third|1st|2nd|3rd|4th|early|mid|late|"
    rf"spring|summer|autumn|winter|christmas|easter|michaelmas|hilary|trinity|lent|term|{_MONTHS}|(?:(?:19|20)\d\d|\d\d?)(?!\d))[\s,.:;()/–—-]*)+",
    re.I,
)
_COUNTED = "contacts?|visits?|entries|records?|rows?|events?|attendances?|incidents?|appointments?|referrals?|calls?|hours|missed|face|seen|results"
_TOTAL = _any_of(
    rf"(?:grand |sub[ -]?|overall )?totals?\b\s*(?:number|no\.?|of|count|{_COUNTED}|[:=–-]|\d|$)",
    r"(?:number|no\.?|count|sum) of [^.]{2,60}[\s:=–-]\d+\W*$",
    rf"(?:average|mean) (?:number|{_COUNTED})",
    rf"\d+ (?:{_COUNTED})\W*$",
    r"(?:entries|rows|records|events|contacts|visits)\W*\d+\W*$",
    r"(?:record|row|entry|event|case note)s? (?:count|total|returned|found|exported|extracted|printed|shown|listed)\b",
    r"[-*=\s]*end of (?:the )?(?:extract|report|chronology|records?|document|list|table|file|data|export|sheet|timeline|print|period|query"
    r"|results?|search|log|notes)\b",
    r"[-*=\s]*end[-*=\s.]*$",
)
_NOTE = _any_of(
    r"(?:please )?notes?\b\s*[:.\d–-]",
    r"n\.?b\.?[\s:.]",
    r"\*+\s?\w",
    r"(?:key|legend|glossary|abbreviations?|acronyms?|notes?)(?: (?:used|to \w+))?\s*(?:[:–-]|$)",
    r"(?:signed|signature)\b",
    r"(?:completed|prepared|compiled|produced|written|submitted|checked|approved|authorised|quality assured) (?:by|on|for|from)\b",
    r"(?:this|the) (?:chronology|report|document|extract) (?:was|is|has|covers)\b",
    r"report (?:run|date|generated|author)",
    r"(?:run|printed|generated|extracted|exported|downloaded) (?:on|by|from|at)\b",
    r"author\b\s*:",
    r"date (?:completed|of report|of completion|submitted)\b",
    r"sources?(?: of (?:data|information))?\s*:",
    r"(?:official|confidential|restricted)\b(?=\W*(?:sensitive|$|[–:-]))|private and confidential",
    r"page \d+|cont(?:inue)?d\W*$",
    r"see (?:separate|sheet|table|also|over)\b",
)
_GUIDANCE = _any_of(
    r"please (?:complete|use|read|enter|add|insert|note|include|ensure|give|state|provide|return|do not|delete|list|record)\b",
    r"guidance\b|instructions?\b|how to (?:complete|use|fill)",
    r"e\.?g\.?[\s:.,]|for example\b|(?:worked )?example\b",
    r"[\[(<{](?:insert|enter|please|date|time|e\.?g|add|brief|type|name|dd|delete|if |use )",
    r"(?:insert|enter|state|list|give|describe|include|specify|provide|use|add|select|choose|pick) (?:the|a|an|any|all|only|each|who|what|if|"
    r"whether|date|dates|time|brief|full|details|rows?|from|dd|factual|facts|name|names|your)\b",
    r"d{1,2}[\s/.-]m{1,3}[\s/.-]y{2,4}|hh[:.]?mm|24[\s-]?h(?:ou)?r clock",
    r"brief (?:factual |description|summary|account)",
    r"\(?drop[- ]?down|do not (?:use|add|write|enter|delete|complete)\b",
)
_DECLARED = re.compile(
    r"\b(?:no|nil|not any|without)\b[^.]{0,60}\b(?:contacts?|involvement|entries|records?|recordings?|attendances?|activity|information held|"
    r"events?|referrals?|consultations?|visits?|incidents?|concerns|calls)\b|"
    r"\bnot (?:known|open) to\b|\bnothing (?:recorded|to report|of note|held|known)\b|\bdid not have (?:any )?(?:contact|involvement)\b",
    re.I,
)
_PERIOD_WORDS = re.compile(
    r"\b(?:period|between|from|until|during|since|throughout|for|in|after|before|"
    rf"{_MONTHS}|(?:19|20)\d\d|months?|weeks?|years?)\b",
    re.I,
)
_MONTH_OR_YEAR = re.compile(rf"\b(?:{_MONTHS}|(?:19|20)\d\d)\b", re.I)
_EXAMPLE_TITLE = _any_of(
    r"(?:worked |an )?examples?\b",
    r"guidance\b",
    r"how to\b",
    r"instructions?\b",
    r"notes? (?:for|on) complet",
    r"(?:key|abbreviations?|glossary)\b",
)
_GUIDANCE_SHEET = re.compile(r"\b(?:guidance|guidelines?|instructions?|how to|examples?|read ?me|template)\b", re.I)
_LIST_SHEET = re.compile(
    r"(?:(?:drop ?down |pick ?)?lists?|look ?ups?|drop ?downs?|key|glossary|abbreviations|validation|reference data|cover(?: sheet| page)?)$",
    re.I,
)
_ANALYSIS = re.compile(
    r"\b(?:analysis|analytical|reflections?|reflective|learning|lessons?|conclusions?|recommendations?|key findings|good practice|evaluation|"
    r"missed opportunit|commentary|professional judgement|critical|what went well|effectiveness|areas? for improvement|"
    r"summary of (?:findings|learning|practice)|key (?:issues|themes|lines))",
    re.I,
)


def is_period_banner(text: str) -> bool:
    """Whether the text names a stretch of time and nothing else: a year, a term, a month, a quarter."""
    return len(text) <= 60 and _NAMES_A_PERIOD.search(text) is not None and _BANNER.fullmatch(text) is not None


def is_total(text: str) -> bool:
    """Whether a row or line counts the others or says that they end."""
    return _TOTAL.match(text) is not None


def is_note(text: str) -> bool:
    """Whether a line is a note, key or signature beside the chronology."""
    return _NOTE.match(text) is not None


def is_guidance(text: str) -> bool:
    """Whether a line tells the author how to fill the form in."""
    return _GUIDANCE.match(text) is not None


def is_declared_silence(text: str) -> bool:
    """Whether a line says that there was no contact over a period."""
    return len(text) <= 300 and _DECLARED.search(text) is not None and _PERIOD_WORDS.search(text) is not None


def names_a_period(text: str) -> bool:
    """Whether the text names a month or a year."""
    return _MONTH_OR_YEAR.search(text) is not None


def is_example_title(text: str) -> bool:
    """Whether a heading announces guidance, a key or a worked example."""
    return len(text) <= 80 and _EXAMPLE_TITLE.match(text) is not None


def is_guidance_sheet(title: str) -> bool:
    """Whether a sheet's name says that it holds guidance or a worked example, even where it looks like a chronology."""
    return _GUIDANCE_SHEET.search(title) is not None


def is_list_sheet(title: str) -> bool:
    """Whether a sheet's name says that it holds lists, a key or a cover."""
    return _LIST_SHEET.match(title.strip()) is not None


def is_analysis_title(text: str) -> bool:
    """Whether a heading opens an agency's analysis."""
    return len(text) <= 120 and _ANALYSIS.search(text) is not None
