"""The colours of documents: pale tints under near-black words, so that words pass WCAG AA; a colour is never the only sign."""

from collections.abc import Iterable

INK = "1F2328"
HEADING = "1F3A5F"
HEADING_FILL = "1F3A5F"
PAPER = "FFFFFF"
RULE = "B8C0C8"
WARNING_INK = "8A1C1C"
WARNING_FILL = "FBE9E7"
DRAFT_INK = "5C3D00"
DRAFT_FILL = "FFF3D6"
NOTE_INK = "4A5560"
LINK = "0B57A4"
ENTRY_FILL = "FFFBE6"
ENTERED_FILL = "DFF0DC"
TINTS = ("DCE9F7", "FDE7D3", "E1F1DF", "F3E1F1", "FFF4C2", "D8F0F0", "F9DEDE", "E7E4F6", "ECE6DA", "E3ECC9", "D9E2E7", "FBE3EC")


def agency_tints(agencies: Iterable[str]) -> dict[str, str]:
    """A tint for each agency, in the order given; after the twelfth the tints begin again (the name always stands beside them)."""
    return {name: TINTS[number % len(TINTS)] for number, name in enumerate(dict.fromkeys(agencies))}


def contrast(ink: str, paper: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.1, relative luminance); AA asks for 4.5."""
    lighter, darker = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
