"""Letters in: each is obeyed once and in order, whatever the wire does; what cannot be obeyed waits with its case."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import pytest
from eventsourcing.persistence import OperationalError

from contracts.findings.finding import FindingConfirmed, FindingUpheld
from contracts.letter import Letter
from contracts.record import Event, seal
from contracts.registry.policy_document import PolicyPublished, PolicyStatus, PublishedValue
from contracts.scheduling import inspection_activity
from contracts.values import Function, Severity, Tier, Window
from contracts.wire import name_of
from services.chassis.clock import HandClock
from services.chassis.copies import kept
from services.chassis.identity import TokenReader, new_key
from services.chassis.listening import LineStopped, Listener, Policy
from services.chassis.memos import Memo
from services.chassis.parked import parked_letters
from services.chassis.reference import Body, Place
from services.scheduling.application import Scheduling
from tests.contracts.examples import head_of
from tests.kit.cases import uid

AXES = inspection_activity.Axes(function=Function.SCHOOL, target=inspection_activity.Target.SCHOOL)
WINDOW = Window(from_=date(2026, 3, 9), to=date(2026, 3, 13))
CONFIRMED, UPHELD = "findings.FindingConfirmed", "findings.FindingUpheld"


class Noted(msgspec.Struct):
    """A copy for these tests."""

    text: str


def propose(_: Any, letter: Letter) -> Iterator[inspection_activity.ProposeOutOfPlan]:
    """Every confirmed finding leads to an activity; a poisonous one to a program error."""
    event: Any = letter.event
    if event.text == "poison":
        raise ValueError("this policy has a defect")
    yield inspection_activity.ProposeOutOfPlan(
        activity_id=event.finding_id, cause=inspection_activity.OutOfPlanCause.LEAD_DRIVEN, reason=event.text,
        body_id=uid("office"), axes=AXES, targets=(event.unit_id,), window=WINDOW)


def note(_: Any, event: Any) -> Iterator[Memo]:
    """What scheduling would remember of an upheld finding, and of its own activities."""
    if getattr(event, "reasons", "") == "poison":
        raise ValueError("this copy has a defect")
    key = getattr(event, "finding_id", None) or event.activity_id
    yield kept(Noted(text=getattr(event, "reasons", "own")), key)


class Hearing(Scheduling):
    """Scheduling with a policy and copies for these tests."""

    name = "scheduling"
    policies = {CONFIRMED: Policy(propose)}
    copies = {UPHELD: note, "scheduling.ActivityProposedOutOfPlan": note}


class Keyless(Hearing):
    """The same, but its policy has no ordering key."""

    name = "scheduling"
    policies = {CONFIRMED: Policy(propose, key=None)}


def make(kind: type[Scheduling], logs: Callable[[str], Any], clock: HandClock) -> Scheduling:
    """The service with one body in its copy of the register."""
    app = kind(logs(kind.name), TokenReader(new_key(), clock), clock)
    app.reference.put(Place(code="990101", kind="COUNTY", name="示例县", path=("990101",)), "990101")
    app.reference.put(
        Body(body_id=uid("office"), kind="OFFICE", tier=Tier.COUNTY, place="990101", name="县督导办"), uid("office"))
    return app


@pytest.fixture
def app(logs: Callable[[str], Any], clock: HandClock) -> Iterator[Scheduling]:
    found = make(Hearing, logs, clock)
    yield found
    found.close()


def letter(position: int, event: Event, case: str, previous: int | None = None) -> Letter:
    head = msgspec.structs.replace(
        head_of(type(event)), case_ids=(uid(case),), owner_path=f"990101/{uid('office')}")
    before = position - 1 if previous is None else previous
    return Letter("findings", position, before, name_of(type(event)), seal(head, event))


def confirmed(position: int, key: str, case: str = "case", text: str = "留样不全") -> Letter:
    event = FindingConfirmed(finding_id=uid(key), unit_id=uid("s1"), severity=Severity.GENERAL, text=text)
    return letter(position, event, case)


def upheld(position: int, reasons: str = "查实") -> Letter:
    return letter(position, FindingUpheld(finding_id=uid("f"), decider_id=uid("li"), reasons=reasons), "case")


def listener(app: Scheduling, *sent: Letter) -> Listener:
    """Of a sender that still has all it sent."""
    return Listener(app, lambda _, after: [one for one in sent if one.position > after])


def streams(app: Scheduling) -> list[UUID]:
    """The activities proposed, in the order of the log."""
    rows: Sequence[Any] = app.recorder.select_notifications(1, 100)
    return [UUID(str(row.originator_id)) for row in rows]


A, B, C = (confirmed(n, key) for n, key in ((1, "a"), (2, "b"), (3, "c")))
IN_ORDER = [uid("a"), uid("b"), uid("c")]


def test_letters_are_obeyed_in_order_and_their_place_is_kept(app: Scheduling) -> None:
    assert listener(app).hear([A, B, C]) == 3
    assert (streams(app), listener(app).heard("findings")) == (IN_ORDER, 3)


def test_a_doubled_letter_is_obeyed_once(app: Scheduling) -> None:
    ears = listener(app)
    for letters in ([A, A], [A, B], [B, C, C], [A, B, C]):
        ears.hear(letters)
    assert streams(app) == IN_ORDER


def test_a_letter_that_came_too_early_waits_for_those_before_it(app: Scheduling) -> None:
    ears = listener(app, A, B, C)
    ears.hear([C])
    ears.hear([A, B])
    assert streams(app) == IN_ORDER


@pytest.mark.parametrize("order", [(0, 2, 1), (2, 0, 1), (2, 1, 0), (1, 0, 2)])
def test_shuffled_letters_are_obeyed_in_the_senders_order(app: Scheduling, order: tuple[int, ...]) -> None:
    listener(app, A, B, C).hear([[A, B, C][n] for n in order])
    assert streams(app) == IN_ORDER


def test_a_gap_that_the_sender_does_not_fill_stops_the_line(app: Scheduling) -> None:
    with pytest.raises(LineStopped):
        listener(app).hear([A, C])
    assert (streams(app), listener(app).heard("findings")) == ([uid("a")], 1)


def test_what_nobody_listens_to_moves_the_place_on(app: Scheduling) -> None:
    unheard = letter(1, FindingConfirmed(finding_id=uid("a"), unit_id=uid("s1"), severity=Severity.GENERAL), "case")
    other = Letter("findings", 1, 0, "findings.FindingFedBack", unheard.record)
    assert (listener(app).hear([other]), listener(app).heard("findings"), streams(app)) == (1, 1, [])


def test_a_poisonous_letter_waits_with_its_case_and_the_others_go_on(app: Scheduling) -> None:
    letters = [
        confirmed(1, "p", "sick", "poison"), confirmed(2, "a", "sick"), confirmed(3, "b", "well"),
        confirmed(4, "c", "sick"),
    ]
    assert listener(app).hear(letters) == 4
    assert streams(app) == [uid("b")]
    parked = parked_letters(app.memos)
    assert [place for place, _ in parked] == [f"findings|{n:020d}" for n in (1, 2, 4)]
    assert {one.key for _, one in parked} == {str(uid("sick"))}
    assert "this policy has a defect" in parked[0][1].error and "waits" in parked[1][1].error
    assert [one.record for _, one in parked] == [letters[n].record for n in (0, 1, 3)]


def test_without_a_key_the_line_stops_and_nothing_is_passed_over(logs: Any, clock: HandClock) -> None:
    app = make(Keyless, logs, clock)
    with pytest.raises(LineStopped):
        listener(app).hear([A, confirmed(2, "p", text="poison"), C])
    assert (streams(app), listener(app).heard("findings"), parked_letters(app.memos)) == ([uid("a")], 1, [])
    app.close()


def test_what_infrastructure_refuses_is_raised_and_parks_nothing(
    app: Scheduling, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: Any, **__: Any) -> int:
        raise OperationalError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(app, "append", broken)
        with pytest.raises(OperationalError):
            listener(app).hear([A])
    assert (parked_letters(app.memos), listener(app).heard("findings")) == ([], 0)
    listener(app).hear([A])
    assert streams(app) == [uid("a")]


def test_a_policy_document_is_one_edition_however_often_its_letter_is_tried(
    app: Scheduling, monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = PolicyPublished(
        document_id=uid("d"), jurisdiction="990101", document="办法", version=1, status=PolicyStatus.IN_FORCE,
        kind="COUNTY", title="办法", values=(PublishedValue(key="notice.leadDays", v=5),))
    record = seal(head_of(PolicyPublished), event)
    sent = Letter("registry", 1, 0, "registry.PolicyPublished", record)
    with monkeypatch.context() as patched:
        patched.setattr(app, "append", lambda *_, **__: (_ for _ in ()).throw(OperationalError("gone")))
        with pytest.raises(OperationalError):
            listener(app).hear([sent])
    listener(app).hear([sent])
    found = app.reference.policies.find("notice.leadDays", ("CN", "990101"), date(2026, 3, 2))
    assert found is not None and (found.v, found.version) == (5, 1)


def test_a_refusal_is_an_outcome_and_no_obstacle(app: Scheduling) -> None:
    listener(app).hear([confirmed(1, "a", text=" "), B])
    (outcome,) = app.memos.scan("outcome")
    assert outcome.value.startswith(b"REASON_MISSING") and "ProposeOutOfPlan" in outcome.key
    assert streams(app) == [uid("b")]


# --- copies -----------------------------------------------------------------------------------------


def test_a_foreign_fact_is_copied_with_its_letter(app: Scheduling) -> None:
    listener(app).hear([upheld(1)])
    assert app.kept.find(Noted, uid("f")) == Noted(text="查实")
    assert app.kept.find(Noted, uid("nobody")) is None


def test_an_own_fact_is_copied_with_the_fact_and_not_again_with_its_letter(app: Scheduling) -> None:
    listener(app).hear([A])
    assert app.kept.find(Noted, uid("a")) == Noted(text="own")
    own = Letter("scheduling", 1, 0, "scheduling.ActivityProposedOutOfPlan", b"unreadable")
    assert listener(app).hear([own]) == 1


def test_a_copy_that_fails_stops_the_line(app: Scheduling) -> None:
    with pytest.raises(LineStopped):
        listener(app).hear([upheld(1, "poison")])
    assert listener(app).heard("findings") == 0


def test_copies_are_found_below_a_key_and_only_there(app: Scheduling) -> None:
    work = app.work()
    work.memos += [kept(Noted(text=name), *name.split()) for name in ("a 1", "a 2", "ab 3", "b 4")]
    app.append(work)
    assert [one.text for one in app.kept.below(Noted, "a")] == ["a 1", "a 2"]
