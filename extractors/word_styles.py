"""What the styles of a Word document say that matters here: heading levels, and text that is hidden or struck through by style alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAMES = {"title": 1, "subtitle": 2}
_OFF = ("0", "false", "off", "none")
# what is asked of a run, and the properties that say so
_LOOKS = {"vanish": "hidden", "webHidden": "hidden", "strike": "struck", "dstrike": "struck"}


@dataclass(frozen=True, slots=True)
class WordStyles:
    """Style id -> heading level (1 and up), and style id -> whether it hides or strikes text (`hidden`, `struck`)."""

    levels: Mapping[str, int] = field(default_factory=dict)
    looks: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)

    def look(self, paragraph_style: str, run_properties: etree._Element | None) -> set[str]:
        """Which of `hidden` and `struck` hold for a run: its own word counts first, else those of its and its paragraph's styles.

        Where both styles switch a property on it is off again (ISO/IEC 29500-1, 17.7.3, toggle properties).
        """
        own = dict(looks_in(run_properties))
        by_paragraph = self.looks.get(paragraph_style, {})
        by_run: Mapping[str, bool] = {}
        style = run_properties.find(f"{W}rStyle") if run_properties is not None and self.looks else None
        if style is not None:
            by_run = self.looks.get(style.get(f"{W}val", ""), {})
        return {look for look in ("hidden", "struck") if own.get(look, by_paragraph.get(look, False) != by_run.get(look, False))}


NO_STYLES = WordStyles()


def looks_in(properties: etree._Element | None) -> Iterator[tuple[str, bool]]:
    """What run properties themselves say: `hidden` or `struck`, and whether on or off."""
    if properties is not None:
        for each in properties:
            look = _LOOKS.get(str(each.tag).removeprefix(W))
            if look:
                yield look, (each.get(f"{W}val") or "1") not in _OFF


def styles_from(root: etree._Element) -> WordStyles:
    """The styles of the document's styles part, with what each takes from the style that it is based on."""
    levels: dict[str, int] = {}
    looks: dict[str, dict[str, bool]] = {}
    based_on: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        key, name, parent = style.get(f"{W}styleId", ""), style.find(f"{W}name"), style.find(f"{W}basedOn")
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        called = name.get(f"{W}val", "").lower() if name is not None else ""
        if outline is not None and outline.get(f"{W}val", "9") < "9":
            levels[key] = int(outline.get(f"{W}val", "0")) + 1
        elif called in _HEADING_NAMES or called.removeprefix("heading ").isdigit():
            levels[key] = _HEADING_NAMES.get(called) or int(called.removeprefix("heading "))
        if found := dict(looks_in(style.find(f"{W}rPr"))):
            looks[key] = found
        if parent is not None:
            based_on[key] = parent.get(f"{W}val", "")
    return WordStyles(
        {key: level for key in {*levels, *based_on} if (level := _inherited(key, levels, based_on)) is not None},
        {key: look for key in {*looks, *based_on} if (look := _inherited(key, looks, based_on)) is not None},
    )


def _inherited[T](key: str, own: Mapping[str, T], based_on: Mapping[str, str]) -> T | None:
    for _ in range(len(based_on) + 1):  # a style that is based on itself comes to an end too
        if key in own:
            return own[key]
        if key not in based_on:
            return None
        key = based_on[key]
    return None
