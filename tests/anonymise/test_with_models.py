"""What the real detectors, the cast list and the rules find together."""

import re

import pytest

from anonymise.hiding.hide import hide, texts_to_recognise
from anonymise.recognising.recognise import recognise
from anonymise.words.texts import NamedText
from tests.anonymise.reviews import CAST, case, harbour, timeline

pytestmark = pytest.mark.models

# forms that are known to stay; a rule that mends one must take it off this list
KNOWN_FAILURES = {"HCA Tomasz Zielinski": "HCA", "tata": "tata"}


def left_of(text, detectors, rules, cast=(), agency=""):
    """The letters of the {marked} stretches that no mention covers."""
    spans, plain = [], ""
    for part in re.split(r"(\{[^}]*\})", text):
        if part.startswith("{"):
            spans.append((len(plain), len(plain) + len(part) - 2))
        plain += part.strip("{}")
    seen = recognise([NamedText(id="t", text=plain, agency=agency)], cast, (), detectors, rules)
    covered = {i for mention in seen.mentions for i in range(mention.start, mention.end)}
    return {
        plain[a:b]: rest for a, b in spans if (rest := "".join(plain[i] for i in range(a, b) if plain[i].isalnum() and i not in covered))
    }


@pytest.mark.parametrize(
    "text",
    [
        "Officers attended {14 Hawthorn Close, Westbury, BA13 4QT} after a call from {Mrs Dorothy Pemberton}.",
        "{PC 3321 OKONKWO} forced entry. {PC 3321} left.",
        "Log kept by {DS Farrah Iqbal}, ref {PR/33021/19}, vehicle {KT17 XFE}.",
        "NHS No {943 476 5919}. Telephone {01373 555019}. {gary.w71@mailbox.example}",
        "Social Security {JY123456B}; home tel {721334}; car {J87412}; Snapchat name {piotrek_k89}",
        "{Apartment 4, Harbour View, La Rue du Petit Mont, St Brelade}",
        "SW {Aoife Ní Bhriain} met {Miss Inês da Silva Freitas} at {Les Landes School}.",
        "T/C from {Mrs Kowalczyk}. Vingtenier {de la Haye} took the call.",
        "HV {Philippa Grey-Thompson} and {Dr. Helena Papadopoulos} discussed {Delroy Campbell}.",
        "Then {mr campbell} turned up.",
        "{Kelly-Anne Wainwright} shouted at HCA {Tomasz Zielinski}. {kelly anne} phoned.",
        "Present: {Tiago}, {Rukhsana Begum}, {Dr Adeyinka}. Apologies: {Chukwuemeka}.",
        "Spoke to {Will}, neighbour, who said he will call in May.",
        "Born to {Amara NWOSU} (dob {17.02.95}).",
    ],
)
def test_people_and_identifiers_no_list_names_are_found(text, detectors, rules):
    assert left_of(text, detectors, rules) == {}


@pytest.mark.parametrize(("marked", "left"), KNOWN_FAILURES.items())
def test_known_failures_are_exactly_these(marked, left, detectors, rules):
    assert left_of(f"Then {{{marked}}} turned up.", detectors, rules).get(marked) == left


@pytest.mark.parametrize(
    "text",
    [
        "MASH and CAMHS agreed a strategy discussion under Article 42.",
        "Prescribed Sertraline and Mirtazapine; PHQ-9 = 15. Bloods normal. Alzheimer's type dementia.",
        "Mother attended the Royal Court. Father was not seen. Grandmother cared for both children.",
        "Will review in May. Early Help assessment closed. No further action.",
        "Weight 9.9 kg, 25th centile, BP 120/80, GCS 15, temp 36.5, seen 1430hrs.",
    ],
)
def test_ordinary_words_of_the_field_stay(text, detectors, rules):
    seen = recognise([NamedText(id="t", text=text)], (), (), detectors, rules)
    assert [text[m.start : m.end] for m in seen.mentions] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "🙂" * 50,
        "Aller à l'école avec sa mère.",
        "Мама пришла домой.",
        "word " * 6_600 + "Marisol",
        "\u200b",
        "\x00\ufffd",
        "=cmd()",
    ],
)
def test_no_text_is_too_strange(text, detectors, hiding_rules, policy):
    review, line = case(), timeline([("Eastshire Police", "2019", text)])
    seen = recognise(texts_to_recognise(review, line), CAST, review.agencies, detectors, hiding_rules.recognition)
    assert "Marisol" not in hide(review, line, [], seen, policy, hiding_rules).review.events[0].text


@pytest.fixture(scope="session")
def sample(detectors, hiding_rules, policy):
    gold, review, line, cast = harbour()
    seen = recognise(texts_to_recognise(review, line), cast, review.agencies, detectors, hiding_rules.recognition)
    return gold, line, hide(review, line, [], seen, policy, hiding_rules)


def test_nearly_every_identifier_of_the_sample_is_covered(sample):
    gold, line, done = sample
    spans = {event.id: [(r.start, r.end) for r in done.replacements if r.text_id == event.id] for event in line.events}
    marked = [(event, span) for event, row in zip(line.events, gold["events"], strict=True) for span in row["pii"]]
    covered = [any(a < span["end"] and span["start"] < b for a, b in spans[event.id]) for event, span in marked]
    assert sum(covered) / len(covered) >= 0.995


def test_no_name_of_the_sample_is_left(sample):
    gold, _, done = sample
    everything = "\n".join(event.text for event in done.review.events).casefold()
    names = [person["name"].removeprefix("Dr ").removeprefix("PC ").removeprefix("DC ") for person in gold["people"]]
    assert [name for name in names if " " in name and name.casefold() in everything] == []


def test_one_person_of_the_sample_has_one_pseudonym(sample):
    gold, line, done = sample
    used = {}
    for event, row in zip(line.events, gold["events"], strict=True):
        mine = [r for r in done.replacements if r.text_id == event.id]
        for span in row["pii"]:
            for change in mine:
                if span["type"] == "PERSON" and span["person"] and change.start < span["end"] and span["start"] < change.end:
                    used.setdefault(span["person"], []).append(change.replacement)
    once = sum(max(map(each.count, each)) for each in used.values())
    assert once / sum(map(len, used.values())) >= 0.98


def test_harmless_words_of_the_sample_stay(sample):
    gold, line, done = sample
    lost = total = 0
    for event, row in zip(line.events, gold["events"], strict=True):
        total += len(event.text.split())
        marked = [(span["start"], span["end"]) for span in row["pii"]]
        for change in done.replacements:
            if (
                change.text_id == event.id
                and change.kind not in {"DATE", "AGE", "AGENCY"}
                and not any(a < change.end and change.start < b for a, b in marked)
            ):
                lost += len(change.text.split())
    assert lost / total <= 0.02
