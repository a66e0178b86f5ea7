"""Long quotations of a draft: queued for the board by their places in the rows as read, with what it decided on them told in the safe review."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from anonymise.hiding.apply import as_read
from anonymise.hiding.hide import Hidden
from timeline.events import Event
from timeline.people import Replacement
from timeline.queued import PassageVerdict, QueuedPassage
from timeline.safe import SafeQuotation, SafeText

KIND = "searchable quotation"
_WHY = "Word for word in the narrative: whoever holds the agency's record can search for it."
type Place = tuple[str, int, int]  # serial of an event; characters start to end (exclusive) of its pseudonymised text


def with_quotations(hidden: Hidden, places: Sequence[Place], events: Sequence[Event]) -> Hidden:
    """The hidden review with its long quotations queued, and the safe review with what was decided on each of them."""
    working = dict(hidden.serials)
    texts = {each.id: each.text for each in events}
    changes: dict[str, list[Replacement]] = defaultdict(list)
    for each in hidden.replacements:
        changes[each.text_id].append(each)
    verdicts = {each.passage: each for each in hidden.known.verdicts}
    queued, decided = [], []
    for serial, start, end in places:
        passage = _queued(working[serial], texts[working[serial]], as_read(start, end, changes[working[serial]]))
        queued.append(passage)
        decided += _decided((serial, start, end), verdicts, passage.id)
    return replace(hidden, review=replace(hidden.review, quotations=tuple(decided)), quotations=tuple(queued))


def _queued(event: str, text: str, place: tuple[int, int]) -> QueuedPassage:
    start, end = place
    return QueuedPassage(
        id=_id(event, text, start, end), text_id=event, start=start, end=end, kind=KIND, why=_WHY, replacement="", risk=0, hidden=False
    )


def _decided(place: Place, verdicts: Mapping[str, PassageVerdict], passage: str) -> list[SafeQuotation]:
    verdict, (serial, start, end) = verdicts.get(passage), place
    if verdict is None:
        return []
    return [SafeQuotation(event=SafeText(serial), start=start, end=end, verdict=verdict.verdict, words=SafeText(verdict.words))]


def _id(event: str, text: str, start: int, end: int) -> str:
    """The same on every run while the row says what it says, whatever is hidden in it; a changed row asks again.

    The words cannot be told from it without the row's own (keyed) id.
    """
    said = f"{event}\n{KIND}\n{start}-{end}\n{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=10).hexdigest()
