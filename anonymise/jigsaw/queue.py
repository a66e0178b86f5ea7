"""The queue: every passage of a review's events and analyses that a person decides on, and what becomes of each until then."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anonymise.jigsaw.copies import copied_runs
from anonymise.jigsaw.facts import Fact, facts_in_each
from anonymise.jigsaw.risk import Setting, passage_risk
from anonymise.jigsaw.rules import JigsawRules
from anonymise.policy import Policy
from anonymise.recognising.columns import staff_cells
from anonymise.rules import RecognitionRules
from anonymise.words.texts import Clean, NamedText, clean, overlaps, plain
from timeline.people import Mention
from timeline.queued import PassageVerdict, QueuedPassage


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """The queue and what was decided on it, by passage."""

    queue: tuple[QueuedPassage, ...] = ()
    verdicts: Mapping[str, PassageVerdict] = field(default_factory=dict)

    def changes(self) -> Iterator[tuple[QueuedPassage, str, str]]:
        """Each passage that is hidden, the words that stand for it, and the decision ("" until somebody decides)."""
        for passage in self.queue:
            verdict = self.verdicts.get(passage.id)
            if verdict is None:
                if passage.hidden:
                    yield passage, passage.replacement, ""
            elif verdict.verdict != "keep":
                yield passage, verdict.words or passage.replacement, verdict.verdict

    def hidden_ids(self) -> frozenset[str]:
        """The ids of the passages that the drafts hide."""
        return frozenset(passage.id for passage, _, _ in self.changes())


NO_PASSAGES = Passages()


@dataclass(frozen=True, slots=True)
class _Met:
    """A fact where it stands in the text as read."""

    text: int
    start: int
    end: int
    fact: Fact
    words: str


def queue_of(
    texts: Sequence[NamedText],
    mentions: Sequence[Mention],
    policy: Policy,
    both: tuple[JigsawRules, RecognitionRules],
    jurisdiction: str | None = None,
) -> tuple[QueuedPassage, ...]:
    """The passages of the texts of one review, in order; what a mention hides already is not queued."""
    rules, recognition = both
    cleaned = [clean(each.text) for each in texts]
    hidden: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in mentions:
        if mention.kind in policy.hidden:
            hidden[mention.text_id].append((mention.start, mention.end))
    met = [
        each
        for each in _met(texts, cleaned, rules)
        if policy.of_fact(each.fact.kind) != "keep"
        and not _is_hidden(each, hidden[texts[each.text].id])
        and not (each.fact.kind == "occupation" and _names_staff(each, texts[each.text], recognition))
    ]
    rows = Counter((kind, words) for _, kind, words in {(each.text, each.fact.kind, each.words) for each in met})
    kinds: dict[int, set[str]] = defaultdict(set)
    for each in met:
        kinds[each.text].add(each.fact.kind)
    setting = Setting(rules.risk, {name: kind.weight for name, kind in rules.kinds.items()}, jurisdiction, policy.dates)
    counted: Counter[tuple[str, str, str]] = Counter()
    queue: list[QueuedPassage] = []
    for each in met:
        text_id, kind = texts[each.text].id, each.fact.kind
        counted[text_id, kind, each.words] += 1
        queue.append(
            QueuedPassage(
                id=_id(text_id, kind, each.words, counted[text_id, kind, each.words]),
                text_id=text_id,
                start=each.start,
                end=each.end,
                kind=kind,
                why=rules.kinds[kind].why,
                replacement=each.fact.becomes,
                risk=passage_risk(kind, rows[kind, each.words], len(kinds[each.text]) - 1, setting),
                hidden=policy.of_fact(kind) == "hide",
            )
        )
    return tuple(queue)


def _met(texts: Sequence[NamedText], cleaned: Sequence[Clean], rules: JigsawRules) -> Iterator[_Met]:
    """Every fact of every text, in order."""
    copied: dict[int, list[Fact]] = defaultdict(list)
    runs = copied_runs([(given, text.text) for given, text in zip(texts, cleaned, strict=True)], rules.shortest_copy)
    for number, start, end in runs:
        copied[number].append(Fact(start, end, "word-for-word", rules.kinds["word-for-word"].becomes))
    found = facts_in_each([text.text for text in cleaned], rules)
    for number, (text, facts) in enumerate(zip(cleaned, found, strict=True)):
        for fact in sorted([*facts, *copied[number]], key=lambda each: (each.start, -each.end)):
            words = " ".join(plain(text.text[fact.start : fact.end]).split())
            yield _Met(number, *text.back(fact.start, fact.end), fact, words)


def _is_hidden(each: _Met, hidden: Sequence[tuple[int, int]]) -> bool:
    """Whether what is hidden already leaves nothing of a passage, or takes a part of a short one."""
    if each.fact.kind in ("quotation", "word-for-word", "court", "cause of death"):
        return any(start <= each.start and each.end <= end for start, end in hidden)
    return overlaps(each.start, each.end, hidden)


def _names_staff(each: _Met, given: NamedText, rules: RecognitionRules) -> bool:
    """Whether a passage stands in a cell that says who wrote or saw: a professional's own job."""
    return any(start <= each.start and each.end <= end for _, start, end in staff_cells(given, rules))


def _id(text_id: str, kind: str, words: str, number: int) -> str:
    """The same on every run while the row and the words are; the words cannot be told from it without the row's own (keyed) id."""
    said = f"{text_id}\n{kind}\n{words}\n{number}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=10).hexdigest()
