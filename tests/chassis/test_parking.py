"""Letters in: once, in order, gaps filled; what cannot be obeyed is parked in sequence, or stops its line."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from eventsourcing.persistence import OperationalError

from contracts.letter import Letter
from services.chassis.announcing import announcements
from services.chassis.identity import new_key
from services.chassis.listening import LineStopped, Listener, Policy
from services.chassis.log_memory import MemoryLogs
from services.chassis.parked import parked_letters
from services.chassis.parking import Parking
from services.chassis.reference import Place, Reference
from services.registry.application import Registry
from tests.attacks import Attack
from tests.live import parish
from tests.live.parish import PLACE, Mirror, bodies_in, place, signer_and_reader, submission

POISON = "R8 毒信"
SIGNER, READER = signer_and_reader(new_key())


def registry_with(*names: str) -> Registry:
    """Places 100001, 100002 … by these names; the first digit is the ordering key."""
    registry = Registry(MemoryLogs(), READER)
    for number, name in enumerate(names, 100001):
        registry.execute(submission(SIGNER, place(number, name)))
    return registry


def letters_of(registry: Registry, after: int = 0) -> list[Letter]:
    return announcements(registry.recorder, "registry", after)


def mirror_of(fetch: Callable[[str, int], Sequence[Letter]] = lambda sender, after: []) -> Listener:
    return Listener(Mirror(MemoryLogs(), READER), fetch)


def test_letters_are_obeyed_once_and_in_order_however_often_they_come() -> None:
    letters = letters_of(registry_with("甲", "乙", "丙"))
    mirror = mirror_of()
    for batch in (letters[:2], letters, letters[::-1], letters):
        mirror.hear(batch)
    assert [*bodies_in(mirror.app.recorder)] == ["100001", "100002", "100003"]


def test_a_gap_is_fetched_before_the_letter_behind_it() -> None:
    registry = registry_with("甲", "乙", "丙")
    mirror = mirror_of(lambda sender, after: letters_of(registry, after)[:1])
    assert mirror.hear(letters_of(registry)[2:]) == 3
    assert [*bodies_in(mirror.app.recorder)] == ["100001", "100002", "100003"]


def test_a_gap_that_the_sender_does_not_fill_stops_the_line() -> None:
    mirror = mirror_of()
    with pytest.raises(LineStopped):
        mirror.hear(letters_of(registry_with("甲", "乙"))[1:])
    assert mirror.heard("registry") == 0


def test_a_failed_letter_is_parked_and_those_of_its_key_wait_in_line() -> None:
    letters = letters_of(registry_with("甲", parish.NAMED_TO_FAIL, "丙"))
    mirror = mirror_of()
    assert mirror.hear(letters) == 3
    errors = [parked.error for _, parked in parked_letters(mirror.app.memos)]
    assert [*bodies_in(mirror.app.recorder)] == ["100001"]
    assert ["ZeroDivisionError" in errors[0], "waits" in errors[1], len(errors)] == [True, True, 2]


def test_the_copy_of_a_parked_letter_is_kept_all_the_same() -> None:
    mirror = mirror_of()
    mirror.hear(letters_of(registry_with(parish.NAMED_TO_FAIL, "乙")))
    for reference in (mirror.app.reference, Reference(mirror.app.memos)):
        assert reference.knows(Place, "100001") and reference.knows(Place, "100002")


def mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parish, "NAMED_TO_FAIL", "")


def test_a_retry_works_a_line_off_in_order_and_the_result_equals_a_clean_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letters = letters_of(registry_with("甲", parish.NAMED_TO_FAIL, "丙", "丁"))
    mirror = mirror_of()
    mirror.hear(letters)
    parking = Parking(mirror.app)
    assert parking.retry_all() == 0  # not mended yet: the first fails again, nobody overtakes it
    mend(monkeypatch)
    assert parking.retry_all() == 3
    assert parking.retry_all() == 0
    assert [*bodies_in(mirror.app.recorder)] == ["100001", "100002", "100003", "100004"]
    assert parking.lines() == []


@pytest.mark.slow
@pytest.mark.attack(POISON)
def test_poison_anywhere_in_a_long_line_ends_as_a_clean_run(attack: Attack, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(10):
        dice = random.Random(seed)
        names = [parish.NAMED_TO_FAIL if dice.random() < 0.2 else "示例" for _ in range(40)]
        with monkeypatch.context() as patched:
            mirror, tries = mirror_of(), counted_tries(patched)
            mirror.hear(letters_of(registry_with(*names)))
            parked = parked_letters(mirror.app.memos)
            waited = [line.error for _, line in parked if "ZeroDivisionError" not in line.error]
            assert max(tries.values(), default=0) <= 6 and len(waited) < len(parked)
            mend(patched)
            assert Parking(mirror.app).retry_all() == len(parked)
        obeyed = [*bodies_in(mirror.app.recorder)]
        wanted = [f"{100001 + number:06d}" for number in range(len(names))]
        attack.saw(
            rounds=1, evidence=len(parked), acknowledged=len(wanted), lost=len({*wanted} - {*obeyed}),
            doubled=len(obeyed) - len({*obeyed}), out_of_order=int(waiting_order(obeyed, parked) is False),
        )


def counted_tries(patched: pytest.MonkeyPatch) -> Counter[int]:
    """How often each letter was tried."""
    tries, obeyed = Counter[int](), Listener.obeyed

    def counting(self: Listener, letter: Letter) -> Any:
        tries[letter.position] += 1
        return obeyed(self, letter)

    patched.setattr(Listener, "obeyed", counting)
    return tries


def waiting_order(obeyed: Sequence[str], parked: Sequence[Any]) -> bool:
    """Whether what was parked was obeyed in the order in which it came."""
    codes = [line.letter(place_).event.code for place_, line in parked]
    return [code for code in obeyed if code in {*codes}] == codes


@pytest.mark.slow
@pytest.mark.control(POISON)
def test_a_listener_that_passes_poison_over_is_caught(attack: Attack, monkeypatch: pytest.MonkeyPatch) -> None:
    mirror = mirror_of()
    monkeypatch.setattr(Listener, "_parking", lambda self, letter, error: self.app.work())
    mirror.hear(letters_of(registry_with("甲", parish.NAMED_TO_FAIL, "丙")))
    mend(monkeypatch)
    Parking(mirror.app).retry_all()
    attack.caught(int([*bodies_in(mirror.app.recorder)] != ["100001", "100002", "100003"]))


def test_a_letter_that_two_persons_retry_at_once_is_obeyed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    mirror = mirror_of()
    mirror.hear(letters_of(registry_with(parish.NAMED_TO_FAIL)))
    mend(monkeypatch)
    place_, parked = parked_letters(mirror.app.memos)[0]
    first, second = Parking(mirror.app), Parking(mirror.app)
    assert first._obey(place_, parked) and second._obey(place_, parked)
    assert [*bodies_in(mirror.app.recorder)] == ["100001"]


def test_without_a_key_the_line_stops_and_nothing_behind_it_is_heard() -> None:
    letters = letters_of(registry_with("甲", parish.NAMED_TO_FAIL, "丙"))
    mirror = mirror_of()
    mirror.app.policies = {PLACE: Policy(parish.a_body_for_the_place, key=None)}  # type: ignore[misc]
    with pytest.raises(LineStopped):
        mirror.hear(letters)
    assert mirror.heard("registry") == 1


def test_a_letter_that_cannot_be_read_stops_the_line_instead_of_vanishing() -> None:
    good = letters_of(registry_with("甲"))[0]
    broken = Letter("registry", 1, 0, good.topic, good.record.replace(b"code", b"c0de"))
    mirror = mirror_of()
    with pytest.raises(LineStopped):
        mirror.hear([broken])
    assert mirror.heard("registry") == 0


class FailingOnce:
    """A log that is away for one commit."""

    def __init__(self, mirror: Listener) -> None:
        self._insert, self.failed = mirror.app.recorder.insert_events, 0
        mirror.app.recorder.insert_events = self  # type: ignore[method-assign]

    def __call__(self, events: Any, **kwargs: Any) -> Any:
        if not self.failed:
            self.failed += 1
            raise OperationalError("the log is away")
        return self._insert(events, **kwargs)


def test_a_log_that_is_away_parks_nothing_and_leaves_no_copy_ahead_of_it() -> None:
    letters = letters_of(registry_with("甲", "乙"))
    mirror = mirror_of()
    fault = FailingOnce(mirror)
    with pytest.raises(OperationalError):
        mirror.hear(letters)
    assert fault.failed == 1
    assert not mirror.app.reference.knows(Place, "100001")
    assert mirror.hear(letters) == 2
    assert parked_letters(mirror.app.memos) == []
    assert [*bodies_in(mirror.app.recorder)] == ["100001", "100002"]


def test_another_process_of_the_service_follows_the_copy() -> None:
    mirror = mirror_of()
    other = Reference(mirror.app.memos)
    mirror.hear(letters_of(registry_with("甲", "乙")))
    assert not other.knows(Place, "100002")
    other.follow()
    assert other.knows(Place, "100001") and other.knows(Place, "100002")
