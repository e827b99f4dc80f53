"""Sealing: only whoever has the key reads a sealed text, and a destroyed key is destroyed for ever."""

from services.chassis.clock import HandClock
from services.chassis.log_memory import MemoryLogs
from services.chassis.sealing import Seals
from tests.kit.cases import AT, uid
from tests.kit.county import town_of

TEXT, STREAM = "某教师反映", uid("conduct")


def test_a_text_is_read_with_its_key_and_never_after_the_key_is_destroyed() -> None:
    app = town_of().services["registry"]
    seals = Seals(app.memos)
    sealed = seals.sealing(STREAM)(TEXT)
    assert TEXT not in sealed and seals.unsealed(STREAM, sealed) is None, "the key is not kept yet"
    work = app.work()
    work.memos += seals.key_memos(STREAM)
    app.append(work)
    assert seals.unsealed(STREAM, sealed) == TEXT
    work = app.work()
    work.memos.append(seals.destroyed(STREAM))
    app.append(work)
    assert seals.unsealed(STREAM, sealed) is None


def test_a_key_is_handed_out_once() -> None:
    seals = Seals(MemoryLogs(HandClock(AT)).application_recorder())
    seals.sealing(STREAM)
    assert (len(list(seals.key_memos(STREAM))), list(seals.key_memos(STREAM))) == (1, [])
