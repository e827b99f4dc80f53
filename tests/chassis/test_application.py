"""The choke point: whatever the door, nothing passes that must not, and a refusal leaves no trace."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.record import Command, Receipt, encode
from contracts.registry import body, calendar_year
from contracts.scheduling import annual_plan, inspection_activity
from contracts.submission import Submission
from contracts.values import Confidentiality, Function, Role, Tier, Window, natural_id
from contracts.wire import WireError, name_of
from services.chassis.clock import HandClock
from services.chassis.directory import root
from services.chassis.identity import LIFETIME, Identity, TokenSigner, new_key
from services.chassis.life_cycle import Refused
from services.chassis.town import Town
from tests.kit.cases import uid
from tests.kit.county import KEEPER, LI, ZHAO, ZHOU

OFFICE, ACTIVITY, PLAN = uid("office"), uid("activity"), natural_id("AnnualPlan", uid("office"), 2026)
DRAFT = annual_plan.DraftPlan(plan_id=PLAN, body_id=OFFICE, year=2026)
APPROVE = annual_plan.ApprovePlan(plan_id=PLAN)
PROPOSE = inspection_activity.ProposeOutOfPlan(
    activity_id=ACTIVITY, cause=inspection_activity.OutOfPlanCause.LEAD_DRIVEN, reason="群众反映", body_id=OFFICE,
    axes=inspection_activity.Axes(function=Function.SCHOOL, target=inspection_activity.Target.SCHOOL),
    targets=(uid("s1"),), window=Window(from_=date(2026, 3, 9), to=date(2026, 3, 13)))
CANCEL = inspection_activity.CancelActivity(activity_id=ACTIVITY, reason="停办")
RECUSE = inspection_activity.RaiseRecusal(
    activity_id=ACTIVITY, inspector_id=uid("wang"), ground=inspection_activity.RecusalGround.RELATIVE)
MEMOS = ("command", "entity", "due", "copy/Activity", "copy/Body", "parked", "outcome", "number")


@dataclass
class Door:
    """Submits to the scheduling service as somebody, by hand."""

    town: Town

    def send(self, command: Command, who: UUID | Identity = LI, **changed: Any) -> Receipt:
        identity = who if isinstance(who, Identity) else self.town.directory.identity(who)
        name = name_of(type(command))
        fields = {
            "command_id": uuid4(), "name": name, "body": msgspec.Raw(encode(command)), "token": self.token(identity),
            **changed,
        }
        return self.service(fields["name"]).execute(Submission(**fields))

    def token(self, identity: Identity, signer: TokenSigner | None = None) -> str:
        return (signer or self.town._signer).sign(identity)

    def service(self, name: str = "scheduling.X") -> Any:
        return self.town.services[name.partition(".")[0]]

    def trace(self) -> Any:
        """Everything that a command could have left behind."""
        app = self.service()
        memos = [(kind, memo.key, memo.value) for kind in MEMOS for memo in app.memos.scan(kind)]
        return app.recorder.max_notification_id(), memos


@pytest.fixture
def door(town: Town) -> Door:
    found = Door(town)
    found.send(DRAFT)
    return found


def refused(door: Door, code: str, send: Callable[[], Any]) -> None:
    """Refused with this code, and nothing stored, not even the refusal."""
    before = door.trace()
    with pytest.raises((Refused, WireError)) as refusal:
        send()
    assert refusal.value.code == code
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refusal.value.sentence)
    assert door.trace() == before


# --- who --------------------------------------------------------------------------------------------


def test_a_token_must_be_signed_by_the_gateway(door: Door) -> None:
    stranger = TokenSigner(new_key(), door.town.clock)
    identity = door.town.directory.identity(LI)
    refused(door, "TOKEN_INVALID", lambda: door.send(APPROVE, token=door.token(identity, stranger)))
    refused(door, "TOKEN_INVALID", lambda: door.send(APPROVE, token="x"))


def test_a_token_must_be_fresh(door: Door) -> None:
    token = door.token(door.town.directory.identity(LI))
    door.town.clock.set(door.town.clock.now + LIFETIME)
    refused(door, "TOKEN_EXPIRED", lambda: door.send(APPROVE, token=token))


def test_the_role_must_be_among_those_that_the_command_names(door: Door) -> None:
    refused(door, "ROLE_NOT_ALLOWED", lambda: door.send(APPROVE, ZHAO))
    refused(door, "ROLE_NOT_ALLOWED", lambda: door.send(APPROVE, KEEPER))


def staff_at(scope: str, at: str = "elsewhere") -> Identity:
    return Identity(person_id=LI, roles=frozenset({Role.OFFICE_STAFF}), scope=scope, body_id=uid(at), acts_for=OFFICE)


@pytest.mark.parametrize("scope", ["990000/990100/990101/", "990000/990100/", "990000/", "/"])
def test_whoever_stands_at_or_above_the_owner_is_in_scope(door: Door, scope: str) -> None:
    assert door.send(APPROVE, staff_at(scope)).service == "scheduling"


@pytest.mark.parametrize("scope", [
    "990000/990100/990102/", "990000/990200/", f"990000/990100/990101/{uid('desk')}", "990000/990100/9901", "",
])
def test_whoever_stands_below_or_beside_the_owner_is_not(door: Door, scope: str) -> None:
    refused(door, "OUT_OF_SCOPE", lambda: door.send(APPROVE, staff_at(scope)))


def test_a_unit_that_an_activity_concerns_may_speak_and_another_may_not(door: Door) -> None:
    door.send(PROPOSE)
    school = door.town.directory.identity(ZHAO)
    other = msgspec.structs.replace(school, unit_id=uid("s2"), scope=f"990000/990100/990101/{uid('s2')}")
    refused(door, "OUT_OF_SCOPE", lambda: door.send(RECUSE, other))
    refused(door, "STATE_NOT_ALLOWED", lambda: door.send(RECUSE, school))


# --- when -------------------------------------------------------------------------------------------


def test_nothing_happens_in_the_future(door: Door) -> None:
    later = door.town.clock.now + timedelta(microseconds=1)
    refused(door, "OCCURRED_IN_FUTURE", lambda: door.send(APPROVE, occurred_at=later))


def test_an_instant_without_a_zone_is_none(door: Door) -> None:
    naive = door.town.clock.now.replace(tzinfo=None)
    refused(door, "OCCURRED_WITHOUT_ZONE", lambda: door.send(APPROVE, occurred_at=naive))


def test_what_was_entered_late_happened_when_it_did(door: Door) -> None:
    then = door.town.clock.now - timedelta(days=2)
    door.send(APPROVE, occurred_at=then)
    last = door.town.announcements("scheduling", 0)[-1]
    assert (last.head.occurred_at, last.head.recorded_at > then) == (then, True)


def test_what_was_published_once_does_not_publish_what_follows(door: Door) -> None:
    door.send(APPROVE, confidentiality=Confidentiality.PUBLIC)
    amend = annual_plan.AmendPlan(plan_id=PLAN, changes=("增加一项",), reason="突发事件")
    door.send(amend)
    heads = [one.head.confidentiality for one in door.town.announcements("scheduling", 0)]
    assert heads == [Confidentiality.INTERNAL, Confidentiality.PUBLIC, Confidentiality.INTERNAL]


# --- once -------------------------------------------------------------------------------------------


def test_a_repeated_command_gets_the_same_receipt_and_happens_once(door: Door) -> None:
    same = uuid4()
    first = door.send(APPROVE, command_id=same)
    end = door.trace()
    assert door.send(APPROVE, command_id=same) == first
    assert door.trace() == end


def test_a_quiet_command_has_a_receipt_too(door: Door) -> None:
    door.send(APPROVE)
    end, same = door.service().recorder.max_notification_id(), uuid4()
    quiet = door.send(APPROVE, command_id=same)
    door.send(PROPOSE)
    assert (quiet.position, door.send(APPROVE, command_id=same)) == (end, quiet)


def test_a_command_id_says_one_thing_by_one_person(door: Door) -> None:
    same = uuid4()
    door.send(PROPOSE, command_id=same)
    refused(door, "COMMAND_ID_REUSED", lambda: door.send(APPROVE, command_id=same))
    refused(door, "COMMAND_ID_REUSED", lambda: door.send(PROPOSE, ZHOU, command_id=same))


def test_spaces_and_the_order_of_fields_do_not_make_another_command(door: Door) -> None:
    same = uuid4()
    door.send(PROPOSE)
    first = door.send(CANCEL, command_id=same)
    shuffled = f'{{ "reason": "停办",  "activityId": "{ACTIVITY}" }}'.encode()
    assert door.send(CANCEL, command_id=same, body=msgspec.Raw(shuffled)) == first


def test_a_refusal_is_not_remembered(door: Door) -> None:
    same = uuid4()
    refused(door, "NOT_FOUND", lambda: door.send(CANCEL, command_id=same))
    door.send(PROPOSE)
    assert door.send(CANCEL, command_id=same).position > 1


def test_two_who_write_at_once_do_not_overwrite_each_other(door: Door) -> None:
    refused(door, "STALE_VERSION", lambda: door.send(APPROVE, expected_version=0))
    assert door.send(APPROVE, expected_version=1).position > 1


# --- what -------------------------------------------------------------------------------------------


def test_what_is_not_of_the_contracts_is_refused(door: Door) -> None:
    refused(door, "COMMAND_UNKNOWN", lambda: door.send(APPROVE, name="scheduling.DoAsYouLike"))
    refused(door, "FIELD_INVALID", lambda: door.send(
        APPROVE, body=msgspec.Raw(f'{{"planId":"{PLAN}","approverId":"{LI}"}}'.encode())))
    refused(door, "FIELD_INVALID", lambda: door.send(APPROVE, body=msgspec.Raw(b"{")))
    refused(door, "FIELD_INVALID", lambda: door.send(APPROVE, body=msgspec.Raw(b'{"planId":"1"}')))


def test_a_command_of_another_service_is_not_for_this_one(door: Door) -> None:
    register = body.RegisterBody(
        body_id=uid("x"), kind=body.BodyKind.OFFICE, tier=Tier.COUNTY, placement="990101", name="x")
    submission = Submission(
        command_id=uuid4(), name="registry.RegisterBody", body=msgspec.Raw(encode(register)),
        token=door.token(KEEPER))
    refused(door, "COMMAND_UNKNOWN", lambda: door.service().execute(submission))


def test_an_id_that_follows_from_a_natural_key_must_follow(door: Door) -> None:
    wrong = annual_plan.DraftPlan(plan_id=uid("any"), body_id=OFFICE, year=2026)
    refused(door, "ID_NOT_NATURAL", lambda: door.send(wrong))
    year = calendar_year.PublishCalendarYear(
        calendar_id=uid("any"), year=2027, holidays=(), make_up_days=(), revision="1")
    with pytest.raises(Refused, match="ID_NOT_NATURAL"):
        door.send(year, root(uid("keeper"), Role.SYSTEM_ADMINISTRATOR))


def test_a_service_reads_its_log_again_and_goes_on(door: Door, clock: HandClock) -> None:
    door.send(APPROVE)
    app = door.service()
    again = type(app)(app._logs, app.tokens, clock)
    assert again.reference.body(OFFICE).name == "县督导办"
    plan = again.load(again.aggregates[0], PLAN)
    assert plan is not None and (plan.state, plan.version) == ("APPROVED", 2)
