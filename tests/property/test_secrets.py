"""Sealed activities and open leads are invisible to a school in every row, letter and answer it can reach (S8)."""

from collections.abc import Callable
from typing import Any

import pytest

from contracts.scheduling import inspection_activity
from services.chassis import application
from services.chassis.application import ServiceApplication
from services.findings.application import Findings
from services.reporting.views.activities import Activity
from services.scheduling import traces
from services.scheduling.application import Scheduling
from tests.property import secrets
from tests.property.secrets import Doing, Known, Sight

SEED, STEPS, SHORT = 11, 600, 150
SCHOOLS = ("zhao", "qian")
Seen = dict[str, Sight]


def lived(tried: list[Doing], hiding: bool) -> tuple[Known, Seen]:
    """The year, with or without secrets, and what each school reaches in the end, also of two earlier moments."""
    known = secrets.founded(secrets.world())
    told = secrets.play(known, tried, secrets.secrets_of(known, tried) if hiding else {})
    start, last = tried[0][0], known.town.clock.now
    moments, ids = [start + (last - start) / 3, start + 2 * (last - start) / 3], secrets.names_of_secrets(known)
    return known, {name: secrets.sight(known, known.person(name), told, moments, ids) for name in SCHOOLS}


def differences(one: Seen, other: Seen) -> list[str]:
    """Where two sights differ, in words."""
    found = list[str]()
    for name in SCHOOLS:
        mine, yours = one[name], other[name]
        found += [f"{name}: {view}" for view in mine.views if mine.views[view] != yours.views[view]]
        found += [f"{name}: letters"] if mine.letters != yours.letters else []
        found += [f"{name}: {a} / {b}" for a, b in zip(mine.answers, yours.answers, strict=True) if a != b]
    return found


@pytest.fixture(scope="module")
def short() -> tuple[list[Doing], Seen]:
    """A short year and what the schools see of it when nothing is hidden."""
    tried = secrets.year(SEED, SHORT)
    return tried, lived(tried, hiding=False)[1]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [SEED, 12, 14])
def test_a_year_with_secrets_looks_to_the_schools_like_the_year_without(seed: int) -> None:
    tried = secrets.year(seed, STEPS)
    known, with_secrets = lived(tried, hiding=True)
    _, without = lived(tried, hiding=False)
    said = {letter.name for sender in known.town.services for letter in known.town.announcements(sender, 0, 10**6)}
    assert {"scheduling.ActivitySealed", "scheduling.DrawExecuted", "findings.LeadForwarded"} <= said
    for sight in with_secrets.values():
        assert len(sight.letters) > 3 and sum(rows != "[]" for rows in sight.views.values()) > 5
        assert len(sight.answers) > 200, "every command a school may send was tried on every id that is hidden"
    assert differences(with_secrets, without) == []


@pytest.mark.slow
def test_nothing_is_seen_before_the_start_and_the_days_are_seen_after_it(short: tuple[list[Doing], Seen]) -> None:
    tried, without = short
    known, before = lived(tried, hiding=True)
    assert differences(before, without) == []
    mine, mark = known.person("zhao"), str(known.of("flying")).encode()
    assert not any(mark in letter for letter in before["zhao"].letters)
    known.town.submit(known.person("wang"), inspection_activity.StartActivity(
        activity_id=known.of("flying"), location="校门口"))
    after = secrets.sight(known, mine, [], [], [])
    assert any(mark in letter for letter in after.letters)
    assert after.views["C8 now"] != before["zhao"].views["C8 now"]
    assert mark.decode() in after.views["S3 now"] and mark.decode() not in before["zhao"].views["S3 now"]
    other = secrets.sight(known, known.person("qian"), [], [], []).views
    assert {name: other[name] for name in ("C8 now", "S3 now")}.items() <= before["qian"].views.items()


def reserve_the_hidden(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(traces, "overt", lambda _: True)
    patch.setattr(Scheduling, "_secret", lambda self, command: False)


def lead_in_scope_of_its_school(self: Any, intent: Any, stream: Any) -> Any:
    return ServiceApplication.origin(self, intent, stream)


def show_before_the_start(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Activity, "known_to", lambda self, unit: True)


LEAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "the days of what is hidden are reserved": reserve_the_hidden,
    "a planned activity is shown to its school": show_before_the_start,
    "a lead lies in the scope of its school": lambda patch: patch.setattr(
        Findings, "origin", lead_in_scope_of_its_school),
    "an id that is hidden is answered otherwise than one that is not there": lambda patch: patch.setattr(
        application, "addressed_by", lambda app, work, intent: app.addressed(work, intent.command)),
}


@pytest.mark.slow
@pytest.mark.parametrize("leak", LEAKS.values(), ids=list(LEAKS))
def test_a_planted_leak_is_seen(
    leak: Callable[[pytest.MonkeyPatch], None], short: tuple[list[Doing], Seen], monkeypatch: pytest.MonkeyPatch
) -> None:
    leak(monkeypatch)
    assert differences(lived(short[0], hiding=True)[1], short[1]) != []
