"""The words that a finding points at, as they stand in its rows."""

from collections.abc import Iterator, Mapping

from timeline.events import Event
from timeline.findings.finding import Finding

_AROUND = 60  # characters before and after the words, to the nearest blank


def quoted(finding: Finding, events: Mapping[str, Event], numbers: Mapping[str, int]) -> Iterator[str]:
    """A line for each place of a row that the finding names, with what stands around it: `row 7, Police: “left cheek”, in “… left cheek, said …”`.

    The two phrases of a discrepancy, the telling of a handover; nothing for a finding that names no words.
    """
    for event_id, start, end in places(finding):
        if event := events.get(event_id):
            where = f"row {numbers[event_id]}, " if event_id in numbers else ""
            said, whole = event.text[start:end].replace("\n", " / "), around(event.text, start, end)
            beside = f", in “{whole}”" if len(said) < _AROUND and said != whole else ""
            yield f"{where}{event.agency}: “{said}”{beside}"


def places(finding: Finding) -> Iterator[tuple[str, int, int]]:
    """(event, start, end) of each passage that the finding names: characters of the event's text, end exclusive."""
    phrases = finding.more.get("phrases")
    for phrase in phrases if isinstance(phrases, list | tuple) else ():
        yield str(phrase["event"]), int(phrase["start"]), int(phrase["end"])
    start, end = finding.more.get("start"), finding.more.get("end")
    if isinstance(start, int) and isinstance(end, int) and finding.events:
        yield finding.events[0], start, end


def around(text: str, start: int, end: int) -> str:
    """The words at start to end (exclusive) with their line around them, cut at blanks."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    begin, finish = max(first, start - _AROUND), min(last, end + _AROUND)
    before, after = text[begin:start], text[end:finish]
    if begin > first:
        before = "… " + before.partition(" ")[2]
    if finish < last:
        after = after.rpartition(" ")[0] + " …"
    return before + text[start:end].replace("\n", " / ") + after
