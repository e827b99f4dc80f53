"""The desk answers everything as data; health tells alive, ready and measured."""

import json
from typing import Any

import pytest
from eventsourcing.persistence import OperationalError

from contracts.record import Receipt, encode
from services.chassis.clock import system_clock
from services.chassis.desk import Desk
from services.chassis.health import Health
from services.chassis.identity import new_key
from services.chassis.life_cycle import Refused
from services.chassis.log_memory import MemoryLogs
from services.chassis.metrics import DeskMeters, LineMeters, Meters, RelayMeters, TimerMeters
from services.chassis.outbox import Outbox
from services.chassis.replies import NoAnswer, letters_in, receipt_in
from services.chassis.settings import Settings
from services.registry.application import Registry
from tests.live.parish import place, signer_and_reader, submission

SIGNER, READER = signer_and_reader(new_key())
SETTINGS = Settings(log_url="postgresql://x", amqp_url="amqp://x/%2F")


class Office:
    """A desk with its application and its counts."""

    def __init__(self) -> None:
        self.app, self.meters = Registry(MemoryLogs(), READER), Meters("registry", "doors")
        self.desk = Desk(self.app, DeskMeters(self.meters, self.app))

    def say(self, number: int, **change: Any) -> dict[str, Any]:
        said = json.loads(encode(submission(SIGNER, place(number)))) | change
        return self.desk.execute(json.dumps(said))


def test_a_command_gets_its_receipt_and_is_counted() -> None:
    office = Office()
    assert receipt_in(office.say(100001)) == Receipt(service="registry", position=1)
    text = office.meters.text().decode()
    assert 'command="registry.RegisterJurisdiction",outcome="receipt",service="registry"} 1.0' in text
    assert 'dudao_append_seconds_count{service="registry"} 1.0' in text
    assert 'dudao_log_head_position{service="registry"} 1.0' in text


@pytest.mark.parametrize(("change", "code"), [
    ({"token": "forged"}, "TOKEN_INVALID"), ({"name": "registry.Nothing"}, "COMMAND_UNKNOWN"),
    ({"body": {"code": 1}}, "FIELD_INVALID"), ({"commandId": 7}, "SUBMISSION_INVALID"),
])
def test_what_is_refused_comes_back_as_code_and_sentence(change: dict[str, Any], code: str) -> None:
    office = Office()
    with pytest.raises(Refused) as refusal:
        receipt_in(office.say(100001, **change))
    assert refusal.value.code == code
    assert "unknown" in office.meters.text().decode() or change.get("name") is None


def test_a_log_that_is_away_is_trouble_and_not_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office()

    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(office.app.recorder, "insert_events", away)
    with pytest.raises(NoAnswer, match="日志暂不可用"):
        receipt_in(office.say(100001))


def test_missed_letters_are_given_to_declared_listeners_only_and_in_pages() -> None:
    office = Office()
    for number in range(100001, 100004):
        office.say(number)
    letters = letters_in(office.desk.announcements(1, 1, "audit"), "registry")
    assert [(letter.position, letter.previous) for letter in letters] == [(2, 1)]
    assert "NOT_A_LISTENER" in str(office.desk.announcements(0, 10, "stranger"))
    assert len(letters_in(office.desk.announcements(0, -5, "audit"), "registry")) == 1


def test_health_names_each_dependency_and_is_not_ready_while_one_fails() -> None:
    answers: dict[str, Any] = {"log": True, "broker": True}
    health = Health(SETTINGS, Meters("registry", "doors"), {name: lambda n=name: answers[n] for name in answers})
    assert health.answer("/healthz")[0] == 200
    assert health.answer("/readyz")[0] == 200
    del answers["broker"]
    status, _, body = health.answer("/readyz")
    assert (status, json.loads(body)) == (503, {"log": True, "broker": False})
    assert health.answer("/etc/passwd")[0] == 404
    health.stop_listening()


def test_the_lag_is_measured_against_the_true_head_and_the_mark_is_kept_in_the_log() -> None:
    office, meters = Office(), Meters("registry", "relay")
    for number in range(100001, 100006):
        office.say(number)
    outbox, counts = Outbox(office.app.recorder, "registry"), RelayMeters(meters, "registry")
    counts.watch(outbox)
    outbox.mark(2)
    assert meters.registry.get_sample_value("dudao_relay_lag_letters", {"service": "registry"}) == 3
    oldest = meters.registry.get_sample_value("dudao_relay_oldest_unannounced_seconds", {"service": "registry"})
    assert oldest is not None and oldest > 0
    assert [letter.position for letter in outbox.letters(outbox.relayed(), 10)] == [3, 4, 5]
    assert outbox.age_of_next(5, system_clock()).total_seconds() == 0


def test_timers_and_parked_letters_are_counted_at_each_scrape() -> None:
    office, meters = Office(), Meters("registry", "subscriber")
    TimerMeters(meters, office.app)
    assert 'dudao_timers_overdue{service="registry"} 0.0' in meters.text().decode()
    assert 'dudao_letters_parked{service="registry"} 0.0' in meters.text().decode()


def test_without_its_log_a_process_still_shows_what_does_not_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    office, meters = Office(), Meters("registry", "relay")
    outbox, counts = Outbox(office.app.recorder, "registry"), RelayMeters(meters, "registry")
    counts.watch(outbox)

    def gone() -> int:
        raise OperationalError("no server")

    monkeypatch.setattr(office.app.recorder, "max_notification_id", gone)
    told = meters.text().decode()
    assert 'dudao_log_head_position{service="registry"} NaN' in told
    assert 'dudao_relay_published_total{service="registry"} 0.0' in told


def test_counters_begin_at_nought_so_that_their_first_event_is_an_increase() -> None:
    office, lines = Office(), Meters("registry", "subscriber")
    assert 'dudao_command_seconds_count{outcome="trouble",service="registry"} 0.0' in office.meters.text().decode()
    LineMeters(lines, "registry").expect("findings")
    told = lines.text().decode()
    assert 'dudao_line_trouble_total{kind="log",sender="findings",service="registry"} 0.0' in told
    assert 'dudao_letters_stray_total{sender="findings",service="registry"} 0.0' in told
