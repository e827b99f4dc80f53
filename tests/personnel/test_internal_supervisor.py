"""InternalSupervisor: every row of its tables is accepted, quiet, refused elsewhere and guarded."""

from datetime import UTC, date, datetime
from typing import Any

from contracts.personnel import internal_supervisor as said
from contracts.personnel.internal_supervisor import InternalPost
from services.personnel.domain.internal_supervisor import InternalSupervisor
from tests.kit.cases import AT, TIMER, Case, decide, folded, suite, uid

ID, S1, ZHAO, FENG, CHU = (uid(name) for name in ("stream", "s1", "zhao", "feng", "chu"))
LEAD: dict[str, Any] = {"register_id": ID, "school_id": S1, "person_id": ZHAO, "from_": date(2026, 2, 1)}
ENGAGE: dict[str, Any] = {
    "register_id": ID, "school_id": S1, "person_id": FENG, "post_type": InternalPost.VISITING_SUPERVISOR,
    "full_time": False, "from_": date(2026, 3, 1), "to": date(2026, 12, 31),
}
OVER = datetime(2026, 12, 31, 16, tzinfo=UTC)


def leading(**changed: Any) -> said.AppointLeader:
    return said.AppointLeader(**{**LEAD, **changed})


def engaging(**changed: Any) -> said.EngageInternal:
    return said.EngageInternal(**{**ENGAGE, **changed})


def ending(person: str = "feng", reason: str = "岗位调整") -> said.EndInternal:
    return said.EndInternal(register_id=ID, person_id=uid(person), reason=reason)


LED = said.InternalLeaderAppointed(**LEAD)
ENGAGED = said.InternalSupervisorEngaged(**ENGAGE)
ENDED = said.InternalSupervisorEnded(school_id=S1, person_id=FENG, at=AT, reason="岗位调整")
SUCCESSOR = leading(person_id=CHU, from_=date(2026, 3, 1))
REFUSED: dict[str, Any] = {
    "LEADER_MISSING": {"given": []},
    "DATES_REVERSED": {"when": engaging(to=date(2026, 2, 1))},
    "POST_NOT_FOR_SCHOOL": {"when": engaging(post_type=InternalPost.SUPERVISOR)},
}
PRIMARY = {"school_type": "PRIMARY"}

CASES = [
    Case(given=[LED], when=SUCCESSOR,
         then=[said.InternalLeaderAppointed(**{**LEAD, "person_id": CHU, "from_": date(2026, 3, 1)})],
         refused={"LEADER_NOT_UNIQUE": {"when": leading(person_id=CHU)}}),
    Case(when=leading(), then=[LED]),
    Case(given=[LED], when=engaging(), looked_up=PRIMARY, then=[ENGAGED], refused=REFUSED),
    Case(given=[LED, ENGAGED], when=ending(), then=[ENDED], refused={"REASON_MISSING": {"when": ending(reason="")}}),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(InternalSupervisor, CASES)


def test_a_university_has_supervisors_and_an_unknown_school_whatever_it_says() -> None:
    post = engaging(post_type=InternalPost.SUPERVISOR)
    for known in ({"school_type": "HIGHER_EDUCATION"}, {"school_type": None}):
        assert len(decide(InternalSupervisor, Case(given=[LED], when=post, looked_up=known, then=[]))) == 1


def test_each_engagement_ends_by_itself_and_whoever_ended_may_come_again() -> None:
    other = said.InternalSupervisorEngaged(**{**ENGAGE, "person_id": CHU})
    case = Case(given=[LED, ENGAGED, other], by=TIMER, when=ending("feng", "聘期届满"), then=[])
    register = folded(InternalSupervisor, case)
    assert [(due, command.person_id) for due, command in register.timers()] == [(OVER, FENG), (OVER, CHU)]
    assert decide(InternalSupervisor, case, register) == ()
    assert len(decide(InternalSupervisor, Case(given=[LED, ENGAGED, ENDED], when=engaging(to=None), then=[]))) == 1
