"""What detectors found is kept by keyed hashes of texts: the same is found with it and without it, and only new texts are looked into."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from anonymise.detecting.detectors import Found, by_parts
from anonymise.detecting.remembered import Remembered

KEY = b"k" * 64


@dataclass
class Counting:
    """Detectors that find every capital as a name and every digit as a shape, and write down what they are asked about."""

    asked: list = field(default_factory=list)

    def detect(self, whole, asked):
        asked = asked()
        self.asked += [*whole, *asked]
        shapes = {text: [Found(n, n + 1, "NUMBER", 0.5, "shape") for n, sign in enumerate(text) if sign.isdigit()] for text in whole}
        names = {text: [Found(n, n + 1, "PERSON", 1 / 3, "name") for n, sign in enumerate(text) if sign.isupper()] for text in asked}
        return shapes, names

    def find(self, texts, doubtful=None):
        return by_parts(texts, doubtful, self.detect)


TEXTS = st.lists(st.text(alphabet="aB1 .\n\ud800é", max_size=12), max_size=6)
RUNS = st.lists(st.tuples(TEXTS, st.integers(0, 3)), min_size=1, max_size=5)


@given(RUNS)
def test_any_sequence_of_runs_finds_the_same_with_what_is_kept_as_without_it(runs):
    kept = None
    for texts, cut in runs:

        def doubtful(number, texts=texts, cut=cut):
            return [(0, len(texts[number]) - cut)] if len(texts[number]) > cut else []

        remembered = Remembered(Counting(), KEY, kept)
        assert remembered.find(texts, doubtful) == Counting().find(texts, doubtful)
        kept = remembered.dump()


@given(TEXTS, TEXTS)
def test_only_texts_that_no_earlier_run_saw_are_looked_into(before, after):
    first = Remembered(Counting(), KEY)
    first.find(before)
    counting = Counting()
    second = Remembered(counting, KEY, first.dump())
    second.find(after)
    second.find(after)
    assert set(counting.asked) == {text for text in after if text.strip()} - set(before)
    assert len(counting.asked) == 2 * len(set(counting.asked))


def test_detectors_are_not_asked_where_every_text_is_known():
    first = Remembered(Counting(), KEY)
    first.find(["Anna 1"])

    class Never:
        def detect(self, whole, asked):
            raise AssertionError("asked")

    assert Remembered(Never(), KEY, first.dump()).find(["Anna 1"]) == Counting().find(["Anna 1"])


def test_what_is_kept_holds_no_text_and_nothing_that_is_no_longer_used():
    first = Remembered(Counting(), KEY)
    first.find(["Anna Quillfeather", "Bert"])
    assert b"Quill" not in first.dump()
    second = Remembered(Counting(), KEY, first.dump())
    second.find(["Bert"])
    third = Remembered(Counting(), KEY)
    third.find(["Bert"])
    assert second.dump() == third.dump()


def test_another_key_knows_nothing_of_what_is_kept():
    first = Remembered(Counting(), KEY)
    first.find(["Anna"])
    counting = Counting()
    Remembered(counting, b"another", first.dump()).find(["Anna"])
    assert counting.asked == ["Anna", "Anna"]
