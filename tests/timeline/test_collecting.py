"""Python's search for objects that hold one another is put off inside the block, and nowhere else."""

import ctypes
import gc
import os
from pathlib import Path

import pytest

from timeline.collecting import collecting_later, give_back


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


def test_who_had_it_off_keeps_it_off_whatever_a_library_does():
    gc.disable()
    with collecting_later():
        gc.enable()
    assert not gc.isenabled()


def test_two_threads_put_it_off_until_both_have_left_and_leave_it_as_it_was():
    first, second = collecting_later(), collecting_later()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_memory_that_nothing_holds_is_given_back():
    def resident():
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")

    libc = ctypes.CDLL(None)
    if not hasattr(libc, "malloc_trim"):
        pytest.skip("this system's C library has no way to ask for it")
    libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    small = [libc.malloc(2_000) for _ in range(50_000)]
    for each in small:
        ctypes.memset(each, 1, 2_000)
    for each in small[:-1]:  # the last one stays at the end, where the library would give back by itself
        libc.free(each)
    before = resident()
    give_back()
    assert before - resident() > 50_000_000
    libc.free(small[-1])
