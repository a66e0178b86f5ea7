"""What a Word template consists of: sections with a title, a prompt for what only people can write, and a place for what the rows give."""

from dataclasses import dataclass

from reports.draft import BANNER


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a template: its title, what the author is asked to write, the place that the rows fill, and whether it begins a page."""

    title: str
    prompt: str = ""
    place: str = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its title, what its first note says, its sections, and whether it begins with a table of contents.

    `reader` is who is asked to write, `banner` stands on every page, `reference` at its foot and `subtitle` below the title (none where
    empty); these may hold tags. `heading_level` is that of the sections.
    """

    title: str
    note: str
    sections: tuple[Section, ...]
    contents: bool = True
    reader: str = "For the author"
    banner: str = BANNER
    reference: str = "{{ reference }}"
    subtitle: str = "{{ reference }} · {{ case_title }}"
    heading_level: int = 1
