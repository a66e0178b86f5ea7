"""Identifiers of every kind, planted into every sort of place of a report: which name goes where is drawn anew for each seed."""

import random
from dataclasses import dataclass

GIVEN = (
    "Aoife", "Bogdan", "Chantelle", "Dominika", "Emrys", "Fatima", "Gethin", "Hyacinth", "Ifeanyi", "Jacinta", "Katarzyna", "Leighton",
    "Mairead", "Nkechi", "Oluwaseun", "Priyanka", "Rhiannon", "Siobhan", "Tomasz", "Urszula", "Valeriu", "Winston", "Yasmin", "Zbigniew",
    "Nicole", "Stephen", "Deborah", "Craig",
)  # fmt: skip
SURNAMES = (
    "Ackerley", "Bartholomew", "Cavanagh", "Dabrowski", "Etherington", "Ferreira", "Gwilliam", "Hathersage", "Iwobi", "Jankowski",
    "Kinsella", "Le Feuvre", "Macdermott", "Nwosu", "O'Halloran", "Pemberton", "Quinlan", "Romeril", "Szymanska", "Tregenza", "Ursell",
    "Vasilescu", "Whitehouse", "Yardley", "de Gruchy", "Le Marquand", "Osborne-Platt", "Rahman",
)  # fmt: skip
# sentences as authors write them; {} is where the plant stands
NAMING = (
    "The review was told that {} had been present throughout.",
    "When {} was spoken to, a different account was given.",
    "It is recorded that {} attended and left before the end.",
    "A message was left for {}, and no reply was noted.",
    "The Panel heard that concerns were raised by {} in the spring.",
    "According to {}, the visit did not take place.",
)
TELLING = (
    "The record gives {} without saying why it was kept.",
    "In the notes stands {}, which was never followed up.",
    "The referral quoted {} and was closed.",
    "The form had {} on its first page.",
)
PLACES = (
    "body", "body", "body", "split runs", "table", "header", "footer", "footnote", "endnote", "comment", "deletion", "insertion", "hidden",
    "property", "custom property", "alt text", "text box", "link address", "link text",
)  # fmt: skip


@dataclass(frozen=True)
class Plant:
    """What was planted: its words, of whom ("cast", or "stranger"), of what kind, and where."""

    words: str
    whose: str
    kind: str
    where: str


def forms_of(name, also):
    """The ways in which a person of the cast list is written: whole, in capitals, with a title, by initial, by a part, by a slip, by another form."""
    given, _, surname = name.partition(" ")
    slip = surname[:2] + surname[3] + surname[2] + surname[4:] if len(surname) > 6 else surname[:-1] + surname[-1] * 2
    yield from (("whole", name), ("capitals", f"{given} {surname.upper()}"), ("surname first", f"{surname}, {given}"))
    yield from (("title", f"Ms {surname}"), ("initial", f"{given[0]} {surname}"), ("surname", surname), ("given", given))
    yield from (("slip", f"{given} {slip}"), ("possessive", f"{given}'s"), ("other form", also))


def stranger(draw):
    """Somebody or something that no list has."""
    given, surname = draw.choice(GIVEN), draw.choice(SURNAMES)
    number = "".join(draw.choice("0123456789") for _ in range(6))
    return draw.choice(
        (
            ("whole", f"{given} {surname}"),
            ("whole", f"{given} {surname}"),
            ("title", f"{draw.choice(('Mr', 'Mrs', 'Ms', 'Dr'))} {surname}"),
            ("rank", f"{draw.choice(('PC', 'DS', 'DC'))} {surname}"),
            ("phone", f"07797 {number}"),
            ("email", f"{given.lower()}.{surname.lower().replace(' ', '').replace(chr(39), '')}@example.org"),
            ("postcode", f"JE{draw.randint(2, 3)} {draw.randint(1, 9)}{draw.choice('ABDEF')}{draw.choice('GHJLN')}"),
            ("address", f"{draw.randint(2, 98)} {surname.split()[-1]} {draw.choice(('Road', 'Close', 'Avenue', 'Street'))}"),
            ("health number", f"NHS number {valid_nhs(draw)}"),
            ("vehicle", f"vehicle J{number[:5]}"),
        )
    )


def valid_nhs(draw):
    """A number whose check digit is right."""
    while True:
        digits = [draw.randint(1, 9) for _ in range(9)]
        check = 11 - sum((10 - at) * digit for at, digit in enumerate(digits)) % 11
        if check != 10:
            said = "".join(map(str, digits)) + str(check % 11)
            return f"{said[:3]} {said[3:6]} {said[6:]}"


def plants(cast, seed, many=100):
    """Plants drawn over kinds and places: half of people of the cast (name, other form), half of strangers."""
    draw = random.Random(seed)  # noqa: S311 - invented names, no secret
    known = [(kind, words) for name, also in cast for kind, words in forms_of(name, also)]
    draw.shuffle(known)
    made = [("cast", *each) for each in (known * 3)[: many // 2]]
    while len(made) < many:
        made.append(("stranger", *stranger(draw)))
    draw.shuffle(made)
    offset = draw.randrange(len(PLACES))
    return [Plant(words, whose, kind, PLACES[(at + offset) % len(PLACES)]) for at, (whose, kind, words) in enumerate(made)]


def put_in(report, plant, draw):
    """Writes a plant into a report, in a sentence of its own."""
    frames = NAMING if plant.whose == "cast" or plant.kind in ("whole", "title", "rank") else TELLING
    said = draw.choice(frames).format(plant.words)
    at = said.index(plant.words) + max(1, len(plant.words) // 2)
    where = {
        "body": lambda: report.paragraph(said),
        "split runs": lambda: report.paragraph(said[:at], said[at:]),
        "table": lambda: report.table(("Date", "Event"), ("Spring 2019", said)),
        "header": lambda: report.page("header", said),
        "footer": lambda: report.page("footer", said),
        "footnote": lambda: report.note("footnote", said),
        "endnote": lambda: report.note("endnote", said),
        "comment": lambda: report.note("comment", said),
        "deletion": lambda: report.deletion(said),
        "insertion": lambda: report.paragraph("The account goes on. ", report.inserted(said)),
        "hidden": lambda: report.hidden(said),
        "property": lambda: report.core.update(subject=f"{report.core.get('subject', '')} {said}"),
        "custom property": lambda: report.custom.update({f"Note {len(report.custom)}": said}),
        "alt text": lambda: report.picture(said),
        "text box": lambda: report.text_box(said),
        "link address": lambda: report.link(f"https://files.example.org/records/{plant.words.replace(' ', '%20')}.pdf"),
        "link text": lambda: report.link("https://www.gov.uk/guidance", shown=said),
    }
    where[plant.where]()
