"""Words that would be published and that no check has read: of what only one of the two readers of a report sees nothing may leave."""

import re
from collections.abc import Iterator, Sequence

from anonymise.recognising.names import tokens
from timeline.authored import Passage
from timeline.authored_content import ListItem, Picture, ReportContent, all_blocks, words_of

# what Word writes before a paragraph: 4, 4th, d, dd, xiv; no number up to xxxix is a name
_NUMBER = re.compile(r"\d{1,6}(?:st|nd|rd|th)?|(\w)\1?|x{0,3}(?:ix|iv|v?i{0,3})")


def unread(content: ReportContent, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Where the report shows words that none of its passages has, in words of a person's; numbers of lists aside."""
    read = {word for each in passages for word in tokens(each.text)}
    found = (place for place, said in _shown(content) if any(word not in read and not _NUMBER.fullmatch(word) for word in tokens(said)))
    return tuple(dict.fromkeys(found))


def _shown(content: ReportContent) -> Iterator[tuple[str, str]]:
    for number, block in enumerate((each for each in all_blocks(content) if words_of(each).strip()), start=1):
        yield f"paragraph {number} of what is shown", words_of(block)
    for block in all_blocks(content):
        if isinstance(block, Picture):
            yield f"the description of picture {block.number}", block.description
        elif isinstance(block, ListItem):
            yield "the label of a list", block.pattern.replace("%1", " ")
