"""Runs of words that rows of two agencies have alike."""

from hypothesis import given
from hypothesis import strategies as st

from anonymise.jigsaw.copies import copied_runs
from anonymise.words.texts import NamedText

SHORTEST = 3
rows = st.lists(st.tuples(st.sampled_from("AB"), st.lists(st.sampled_from(["one", "Two", "three", "four-five"]), max_size=9)), max_size=6)


def texts_of(given_rows):
    return [(NamedText(id=str(n), text=" ".join(words), agency=agency), " ".join(words)) for n, (agency, words) in enumerate(given_rows)]


def slowly(texts):
    """Each word of each text that stands in a run of another agency's words, by looking for every run in every text."""
    said = [text.replace("-", " ").casefold().split() for _, text in texts]
    for number, ((named, _), words) in enumerate(zip(texts, said, strict=True)):
        for at in range(len(words) - SHORTEST + 1):
            run = words[at : at + SHORTEST]
            for (other, _), others in zip(texts, said, strict=True):
                if other.agency != named.agency and any(others[i : i + SHORTEST] == run for i in range(len(others))):
                    yield from ((number, place) for place in range(at, at + SHORTEST))


@given(rows)
def test_a_run_is_copied_where_another_agency_has_it(given_rows):
    texts = texts_of(given_rows)
    found = set()
    for number, start, end in copied_runs(texts, SHORTEST):
        before = len(texts[number][1][:start].replace("-", " ").split())
        found |= {(number, before + at) for at in range(len(texts[number][1][start:end].replace("-", " ").split()))}
    assert found == set(slowly(texts))
