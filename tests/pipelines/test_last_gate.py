"""What becomes of a draft in which the last gate finds something: it is hidden, round by round, or the draft is thrown away."""

from dataclasses import replace

import pytest

from anonymise.gate.leaks import Leak
from pipelines import steps
from pipelines.intake import intake
from pipelines.reading import extract
from pipelines.review import open_review
from pipelines.setting import set_up
from tests.anonymise.conftest import Nothing
from timeline.errors import LeakError
from timeline.merging import merge


@pytest.fixture
def made(tiny, tmp_path):
    """The setting, timeline and findings of the tiny review, and a draft of it for which nobody was recognised."""
    review = open_review(tiny)
    setting = replace(set_up(review), detectors=Nothing())
    timeline = merge([extract(setting, each) for each in intake(review, setting.case)], b"s" * 32)
    recognised = steps.recognise_all(setting, timeline)
    findings = steps.find_all(setting, timeline, recognised).findings
    blind = steps.decide_all(setting, timeline, replace(recognised, mentions=()))
    (tmp_path / "staged" / "restricted").mkdir(parents=True)
    (tmp_path / "staged" / "anonymised").mkdir()
    return setting, timeline, findings, steps.Draft(blind, steps.hide_all(setting, timeline, findings, blind.to_hide))


def checked(made, staged):
    return steps.check(staged, *made, steps.NO_DECISIONS)


def scripted(monkeypatch, *rounds):
    """A gate that finds these forms one round after the other; gives the list of the drafts that it was shown."""
    shown = []

    def gate(_, __, draft, *___):
        found = rounds[len(shown)]
        shown.append(draft)
        return tuple(Leak(file=1, part=1, kind="PERSON", person="N-1", form=form) for form in found)

    monkeypatch.setattr(steps, "_written_and_searched", gate)
    return shown


def test_whom_recognising_missed_the_next_draft_hides(made, tmp_path):
    names = [person.name for person in made[0].cast]
    written = checked(made, tmp_path / "staged")
    assert any(name in event.text for name in names for event in made[3].hidden.review.events)
    assert not any(name in event.text for name in names for event in written.hidden.review.events)


def test_what_a_round_brings_to_light_the_next_one_hides_with_all_before_it(made, tmp_path, monkeypatch):
    shown = scripted(monkeypatch, ["Sergeant"], ["Outcome", "Sergeant"], ["Visit"], [])
    checked(made, tmp_path / "staged")
    assert len(shown) == 4


@pytest.mark.parametrize(
    ("rounds", "drafts"),
    [([["Sergeant"], ["Sergeant"]], 2), ([["a"], ["b"], ["c"], ["d"]], 4)],
    ids=["hiding does not help", "there is no end of it"],
)
def test_a_draft_in_which_something_is_still_there_is_thrown_away(rounds, drafts, made, tmp_path, monkeypatch):
    shown = scripted(monkeypatch, *rounds)
    with pytest.raises(LeakError, match="file 1, part 1: person of N-1"):
        checked(made, tmp_path / "staged")
    assert len(shown) == drafts
