"""What becomes of each kind of what is found: a policy as data, out of rules/policies/<name>.toml.

A policy is a table of switches. A section named after a jurisdiction ([jersey]) makes some of them stricter there, and may make none milder.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from timeline.errors import CaseError

DateStyle = Literal["since", "month", "season", "year", "none"]
AgeStyle = Literal["keep", "years", "band", "stage", "none"]
AgencyStyle = Literal["keep", "type"]
PassageStyle = Literal["keep", "queue", "hide"]
KINDS = (
    "PERSON",
    "DATE_OF_BIRTH",
    "PHONE",
    "EMAIL",
    "URL",
    "HANDLE",
    "IDENTIFIER",
    "VEHICLE",
    "ADDRESS",
    "PLACE",
    "ORGANISATION",
    "AGENCY",
)
# the facts that may tell who is meant to somebody who knows the family; their words stand in rules/quasi.toml
FACTS = (
    "ethnicity",
    "nationality",
    "language",
    "faith",
    "disability",
    "rare diagnosis",
    "occupation",
    "personal characteristic",
    "multiple birth",
    "family shape",
    "birthday",
    "unusual event",
    "cause of death",
    "court",
    "media",
    "quotation",
    "word-for-word",
)
# each switch and its values, from the mildest to the strictest; what a policy does not say is the value in brackets after it
SWITCHES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "dates": (("since", "month", "season", "year", "none"), "month"),
    "weekdays": (("keep", "hide"), "hide"),
    "times": (("keep", "part-of-day", "hide"), "part-of-day"),
    "ages": (("keep", "years", "band", "stage", "none"), "years"),
    "agencies": (("keep", "type"), "type"),
    "professionals": (("number", "role"), "number"),
    "places": (("kind", "hide"), "kind"),
}
FIXED_POINTS = ("first-event", "birth", "incident", "notified", "referred", "period-start")
JURISDICTIONS = ("jersey", "england", "wales", "scotland", "northern-ireland", "guernsey", "isle-of-man")
BANDS = (1, 5, 11, 16, 18, 25, 40, 65, 80)
_TABLES = ("kinds", "words", "facts", "wider_agencies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a review is hidden. `hidden` are the kinds that are replaced, `words` what stands for a kind that has no better word.

    `facts` says of each kind of fact whether it is hidden until somebody decides ("hide"), queued and left in until then ("queue"), or not
    looked for ("keep"). `wider_agencies` maps a type of agency of which there is only one to a wider word. `age_bands` are the first years
    of each band. `fixed_point` is what time is counted from where dates are "since".
    """

    name: str
    dates: DateStyle
    ages: AgeStyle
    agencies: AgencyStyle
    hidden: frozenset[str]
    words: Mapping[str, str]
    weekdays: str = "hide"
    times: str = "part-of-day"
    professionals: str = "number"
    places: str = "kind"
    fixed_point: str = "first-event"
    facts: Mapping[str, PassageStyle] = field(default_factory=dict)
    wider_agencies: Mapping[str, str] = field(default_factory=dict)
    age_bands: tuple[int, ...] = BANDS

    def of_fact(self, kind: str) -> PassageStyle:
        """What becomes of a kind of fact until somebody decides; what the policy does not mention is hidden."""
        return self.facts.get(kind, "hide")


def policy_from(given: Mapping[str, Any], jurisdiction: str | None = None) -> Policy:
    """The policy that a TOML file holds, as strict as the jurisdiction's section asks for.

    CaseError names a key or value that is none and what is allowed, and a jurisdiction's switch that is milder than the policy's own. What is
    not said is hidden.
    """
    name = str(given.get("name", "without a name"))
    _check(name, given, JURISDICTIONS)
    for place in JURISDICTIONS:
        if place in given:
            section = given[place] if isinstance(given[place], Mapping) else {}
            _check(f"{name}, [{place}]", section, ())
            _check_stricter(f"{name}, [{place}]", given, section)
    said = _merged(given, given.get(jurisdiction, {}) if jurisdiction else {})
    switches = {key: _switch(said, key) for key in SWITCHES}
    kinds, words = said.get("kinds", {}), said.get("words", {})
    return Policy(
        name=name,
        dates=cast(DateStyle, switches["dates"]),
        ages=cast(AgeStyle, switches["ages"]),
        agencies=cast(AgencyStyle, switches["agencies"]),
        hidden=frozenset(kind for kind in KINDS if kinds.get(kind, "hide") == "hide"),
        words={kind: words.get(kind, f"[{kind.replace('_', ' ').lower()}]") for kind in KINDS},
        weekdays=switches["weekdays"],
        times=switches["times"],
        professionals=switches["professionals"],
        places=switches["places"],
        fixed_point=str(said.get("fixed_point", "first-event")),
        facts=dict(said.get("facts", {})),
        wider_agencies=dict(said.get("wider_agencies", {})),
        age_bands=tuple(said.get("age_bands", BANDS)),
    )


def _switch(given: Mapping[str, Any], key: str) -> str:
    return str(given.get(key, SWITCHES[key][1]))


def _merged(given: Mapping[str, Any], stricter: Mapping[str, Any]) -> dict[str, Any]:
    """The policy with a jurisdiction's section laid over it, table by table."""
    merged = {key: value for key, value in given.items() if key not in JURISDICTIONS} | {
        key: value for key, value in stricter.items() if key not in _TABLES
    }
    for table in _TABLES:
        merged[table] = {**given.get(table, {}), **stricter.get(table, {})}
    return merged


def _check(where: str, given: Mapping[str, Any], places: tuple[str, ...]) -> None:
    """Every key is known and every value one that is allowed; CaseError names the first that is not."""
    _known(where, given, ("name", *SWITCHES, "fixed_point", "age_bands", *_TABLES, *places))
    switches = {**{key: allowed for key, (allowed, _) in SWITCHES.items()}, "fixed_point": FIXED_POINTS}
    for key in given.keys() & switches.keys():
        _one_of(where, key, given[key], switches[key])
    for table in _TABLES:
        if not isinstance(given.get(table, {}), Mapping):
            raise CaseError(f"policy {where}: [{table}] must be a table")
    for table, keys in (("kinds", KINDS), ("words", KINDS), ("facts", FACTS)):
        _known(f"{where}, [{table}]", given.get(table, {}), keys)
    for table, allowed in (("kinds", ("hide", "keep")), ("facts", ("keep", "queue", "hide"))):
        for kind, value in given.get(table, {}).items():
            _one_of(where, kind, value, allowed)
    for kind, word in (*given.get("words", {}).items(), *given.get("wider_agencies", {}).items()):
        if not isinstance(word, str) or not word.strip():
            raise CaseError(f"policy {where}: the word for {kind} is empty; give what shall stand in its place")
    _check_bands(where, given.get("age_bands", BANDS))


def _check_bands(where: str, bands: Any) -> None:
    whole = isinstance(bands, (list, tuple)) and all(type(age) is int and age > 0 for age in bands)
    if not whole or not bands or list(bands) != sorted(set(bands)):
        raise CaseError(f"policy {where}: age_bands are whole years above 0, each greater than the one before, such as [1, 5, 11, 16, 18]")


def _check_stricter(where: str, given: Mapping[str, Any], section: Mapping[str, Any]) -> None:
    for key, (order, _) in SWITCHES.items():
        if key in section and order.index(section[key]) < order.index(_switch(given, key)):
            raise CaseError(f"policy {where}: {key} is {section[key]!r}, milder than the policy's own {_switch(given, key)!r}")
    for table, order in (("kinds", ("keep", "hide")), ("facts", ("keep", "queue", "hide"))):
        for key, value in section.get(table, {}).items():
            own = given.get(table, {}).get(key, "hide")
            if order.index(value) < order.index(own):
                raise CaseError(f"policy {where}: {key} is {value!r}, milder than the policy's own {own!r}")


def _known(where: str, given: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    for key in given:
        if key not in allowed:
            raise CaseError(f"policy {where}: the key {key} is unknown; allowed are {', '.join(allowed)}")


def _one_of(where: str, key: str, value: Any, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise CaseError(f"policy {where}: {key} is {value!r}; allowed are {', '.join(allowed)}")
