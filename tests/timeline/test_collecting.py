"""Python's search for objects that hold one another is put off inside the block, and nowhere else."""

import gc

import pytest

from timeline.collecting import collecting_later


@pytest.fixture(autouse=True)
def searching():
    gc.enable()
    yield
    gc.enable()


def test_it_is_put_off_inside_the_block_and_goes_on_after_it():
    with collecting_later():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error():
    with pytest.raises(KeyError), collecting_later():
        raise KeyError
    assert gc.isenabled()


def test_who_had_it_off_keeps_it_off():
    gc.disable()
    with collecting_later():
        pass
    assert not gc.isenabled()
