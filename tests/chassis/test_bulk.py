"""Bulk work: the cycle collector rests during it, and only during it."""

import gc

import pytest

from services.chassis.bulk import in_bulk


def test_the_collector_rests_until_the_outermost_bulk_is_over() -> None:
    with in_bulk():
        with in_bulk():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_a_fault() -> None:
    with pytest.raises(ValueError, match="broken"), in_bulk():
        raise ValueError("broken")
    assert gc.isenabled()


def test_who_had_it_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with in_bulk():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
