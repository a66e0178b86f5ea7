"""Whether names of every origin are hidden alike: invented people in many ways of writing, listed in the cast and not.

    python benchmarks/fairness.py [--missed]

Every person gets a small review of their own: one sentence for each way of writing. Counted are mentions of which every letter is covered.
`listed`: the person stands in the cast list; `unlisted`: nobody is listed, and the sentences are one review, so that a name found once is found
again; `alone`: nobody is listed and each sentence is all there is. Names and sentences are invented; a name that is somebody's is so by chance.
Exit status 1 where a group is more than two points below the whole, listed or unlisted.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from anonymise.detecting.detectors import Found, Stretches, load_detectors
from anonymise.recognising.recognise import recognise
from anonymise.rules import RecognitionRules, rules_from
from anonymise.words.texts import NamedText, clean, plain
from pipelines.rule_files import rule
from timeline.people import Person

MOST_BELOW = 0.02

# given names (of women and men in turn) and surnames, paired in order
PEOPLE = {
    "English": "Hayley Thornbury, Callum Ridsdale, Joanne Peckover, Nathan Stanbridge, "
    "Kirsty Wetherall, Luke Ormerod, Tracey Haddow, Dean Colclough",
    "Irish": "Aoife Brannigan, Cathal Mac Giolla, Sinéad O'Rafferty, Padraig Ní Dhuibhir, "
    "Gráinne Kilbane, Diarmuid Ó Fearghail, Niamh Tuohy, Oisín McGarvey",
    "Scottish": "Mhairi Auchterlonie, Fraser MacIlwraith, Isla Drummond, Hamish Colquhoun, "
    "Eilidh McQuarrie, Struan Abernethy, Morag Dalgleish, Lachlan Urquhart",
    "Welsh": "Angharad Prydderch, Iestyn Gwynedd, Ffion Llwyd-Owen, Rhodri ap Rhisiart, "
    "Nerys Tudwal, Meurig Cadwaladr, Sioned Bebb, Emyr Parri",
    "Jersey-Norman": "Lucille Le Feuvre, Philip de Carteret, Yvonne Le Breuilly, Adrian du Heaume, "
    "Suzette Vautier, Graeme de la Perrelle, Nicole Le Marquand, Raoul Picot",
    "Portuguese": "Inês Figueira, Tiago Nóbrega, Lurdes de Freitas, Duarte Gonçalves Pestana, "
    "Conceição Abreu, Rui Camacho, Graça Vieira da Silva, Nélio Jardim",
    "Polish": "Agnieszka Wróbel, Krzysztof Pawlikowski, Małgorzata Zając, Wojciech Świątek, "
    "Bożena Mazurek, Zbigniew Kołodziej, Danuta Szczepańska, Przemysław Gąsior",
    "Romanian": "Ionela Munteanu, Răzvan Ungureanu, Mihaela Țurcanu, Ștefan Bălan, "
    "Loredana Ciobanu, Gheorghe Lăcătuș, Andreea Dobre, Cosmin Păun",
    "South Asian": "Rukhsana Mahmood, Harpreet Dhaliwal, Anjali Venkataraman, Imran Chaudhry, "
    "Nasreen Akhtar, Gurdeep Sohal, Priyanka Deshpande, Mohammed Miah",
    "African": "Ngozi Okonkwo, Kwabena Osei-Tutu, Folasade Akinwande, Tendai Chikwanha, "
    "Abena Mensah, Chukwudi Eze, Makena Wanjiru, Thabo Ndlovu",
    "Arabic and Turkish": "Khadija Bensalem, Mustafa al-Khatib, Zeynep Yıldırım, Yousef El Amrani, "
    "Samira Haddad, Abdulrahman Qasim, Hatice Özdemir, Tariq bin Salim",
    "Chinese and East Asian": "Mei-Ling Zhao, Wei Zhang, Xiaohong Ouyang, Hoang Nguyen, "
    "Siu Fong Cheung, Jun Takahashi, Thi Lan Pham, Jian Guo",
    "Baltic and Slavic": "Rasa Kazlauskienė, Dmitri Volkov, Ilze Bērziņa, Bohdan Shevchuk, "
    "Svetlana Petrova, Goran Jovanović, Oksana Kovalenko, Miloš Novák",
    "Caribbean": "Shanelle Baptiste, Delroy Campbell-Reid, Marcia Pinnock, Leroy St Hilaire, "
    "Keisha Marquis, Winston Gayle, Sherine Augustin, Devonte Clarke",
}  # fmt: skip

# {n} whole name, {g} given, {s} surname, {S} surname in capitals, {i} initial; the marked words are what must be covered
WAYS = (
    "{g} {s} attended the appointment.",
    "Home visit to {g} {s}, who was tearful.",
    "T/C from {g} {S} re the tenancy.",
    "{S}, {g}",
    "Mr {s} rang the office.",
    "Seen with {g} at the surgery today.",
    "{g} said that the children were in bed.",
    "Discussed {g}'s drinking with the GP.",
    "{g} was not at home; card left.",
    "PC {s} attended and spoke to both.",
    "SW {g} {s} to complete the assessment.",
    "HV {g} visited.",
    "Referred to Dr {s} for review.",
    "Present: {g} {s}, social worker, GP.",
    "neighbour, {g} {s}, heard shouting",
    "her partner {g} answered the door",
    "{i} {s} (support worker) phoned.",
    "spoke to {g} who denied this",
    "e-mail from {g} {s} received",
    "Signed: {g} {s}",
    "bruise seen by {g} at bath time",
    "Message left for {g} to call back.",
    "{g} and Mother argued in the street.",
    "Worker: {g}",
)


class _Known:
    """The detectors' answers, found once for every text."""

    def __init__(self, texts: Sequence[str], rules: RecognitionRules) -> None:
        distinct = list(dict.fromkeys(texts))
        self._found = dict(zip(distinct, load_detectors(rules.patterns).find(distinct), strict=True))

    def find(self, texts: Sequence[str], doubtful: Callable[[int], Stretches] | None = None) -> list[list[Found]]:
        if not doubtful:
            return [self._found[text] for text in texts]
        # as in a run, where Rampart is asked about the doubtful stretches alone
        return [
            [each for each in self._found[text] if each.found_by != "rampart" or any(a <= each.start < b for a, b in doubtful(number))]
            for number, text in enumerate(texts)
        ]


def marked(way: str, name: str) -> tuple[str, list[tuple[int, int]]]:
    """A way of writing filled with a name, and where the name stands."""
    given, surname = name.split(" ", 1) if not name.startswith(("Thi ", "Siu ")) else (" ".join(name.split()[:2]), name.split()[-1])
    parts = {"{g}": given, "{s}": surname, "{S}": surname.upper(), "{i}": given[0]}
    text, spans, at = "", [], 0
    while at < len(way):
        if (mark := way[at : at + 3]) in parts:
            spans.append((len(text), len(text) + len(parts[mark])))
            text += parts[mark]
            at += 3
        else:
            text += way[at]
            at += 1
    return text, spans


def unaccented(name: str) -> str:
    """A name in letters without accents."""
    return "".join(plain(letter).upper() if letter.isupper() else plain(letter) for letter in name)


def covered(
    texts: Sequence[tuple[str, list[tuple[int, int]]]], cast: Sequence[Person], known: _Known, rules: RecognitionRules
) -> Iterator[bool]:
    """For each way of writing whether every letter of the name is covered."""
    seen = recognise([NamedText(id=str(n), text=text) for n, (text, _) in enumerate(texts)], cast, (), known, rules)
    places: dict[str, set[int]] = defaultdict(set)
    for mention in seen.mentions:
        places[mention.text_id].update(range(mention.start, mention.end))
    for number, (text, spans) in enumerate(texts):
        yield all(i in places[str(number)] for start, end in spans for i in range(start, end) if text[i].isalnum())


def main() -> int:
    """Print the table."""
    rules = rules_from(rule("recognisers"), rule("names"), rule("places"), rule("harmless"))
    people = [
        # every second review writes without accents what the cast list writes with them
        (group, name.strip(), unaccented(name.strip()) if number % 2 else name.strip())
        for group, names in PEOPLE.items()
        for number, name in enumerate(names.split(","))
    ]
    known = _Known([clean(marked(way, written)[0]).text for *_, written in people for way in WAYS], rules)
    tally: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for group, name, written in people:
        texts = [marked(way, written) for way in WAYS]
        listed = Person(id="P1", name=name, role="", kind="family")
        tally[group]["listed"] += covered(texts, [listed], known, rules)
        tally[group]["unlisted"] += covered(texts, [], known, rules)
        alone = [next(iter(covered([text], [], known, rules))) for text in texts]
        tally[group]["alone"] += alone
        if "--missed" in sys.argv:
            print(name, [text for (text, _), found in zip(texts, covered(texts, [], known, rules), strict=True) if not found])
            print("   listed", [text for (text, _), found in zip(texts, covered(texts, [listed], known, rules), strict=True) if not found])
    return table(tally)


def table(tally: dict[str, dict[str, list[bool]]]) -> int:
    """Print the shares by group; 1 where a group is too far below the whole."""
    ways = ("listed", "unlisted", "alone")
    whole = {way: [each for group in tally.values() for each in group[way]] for way in ways}
    mean = {way: sum(all_of) / len(all_of) for way, all_of in whole.items()}
    print(f"{'names wholly hidden':26} {'people':>6} {'listed':>8} {'unlisted':>9} {'alone':>7}")
    worst = 0
    for group, shares in {**tally, "all": whole}.items():
        share = {way: sum(shares[way]) / len(shares[way]) for way in ways}
        below = any(mean[way] - share[way] > MOST_BELOW for way in ("listed", "unlisted"))
        worst |= below
        count = len(shares["listed"]) // len(WAYS)
        note = "  too low" if below else ""
        print(f"{group:26} {count:6} {share['listed']:8.1%} {share['unlisted']:9.1%} {share['alone']:7.1%}{note}")
    return int(worst)


if __name__ == "__main__":
    sys.exit(main())
