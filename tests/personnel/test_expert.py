"""Expert and CivicObserver: every row of their tables is accepted, quiet, refused elsewhere and guarded."""

from datetime import UTC, date, datetime
from typing import Any

from contracts.personnel import civic_observer, expert
from contracts.personnel.civic_observer import ObserverCategory
from services.personnel.domain.civic_observer import CivicObserver
from services.personnel.domain.expert import Expert
from tests.kit.cases import AT, TIMER, Case, decide, folded, suite, uid

ID, QIAN, HOME, HOST = uid("stream"), uid("qian"), uid("office"), uid("city")
ADD: dict[str, Any] = {"expert_id": ID, "person_id": QIAN, "home_body_id": HOME, "fields": ("学前教育",)}
LEND: dict[str, Any] = {
    "expert_id": ID, "host_body_id": HOST, "group_id": uid("g"), "from_": date(2026, 3, 1), "to": date(2026, 3, 31),
}
ADDED = expert.ExpertAdded(**ADD)
LENT = expert.ExpertLent(home_body_id=HOME, **LEND)

EXPERT_CASES = [
    Case(when=expert.AddExpert(**ADD), then=[ADDED],
         refused={"FIELDS_MISSING": {"when": expert.AddExpert(**{**ADD, "fields": (" ",)})}}),
    Case(given=[ADDED], when=expert.LendExpert(**LEND), then=[LENT], refused={
        "LENT_TO_HOME": {"when": expert.LendExpert(**{**LEND, "host_body_id": HOME})},
        "DATES_REVERSED": {"when": expert.LendExpert(**{**LEND, "to": date(2026, 2, 1)})},
    }),
    Case(given=[ADDED, LENT], when=expert.ReturnExpert(expert_id=ID),
         then=[expert.ExpertReturned(expert_id=ID, at=AT)]),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(Expert, EXPERT_CASES)

INVITE: dict[str, Any] = {
    "observer_id": ID, "person_id": QIAN, "category": ObserverCategory.PEOPLES_INSPECTOR, "from_": date(2026, 3, 1),
    "to": date(2026, 12, 31),
}
INVITED = civic_observer.ObserverInvited(**INVITE)
END = civic_observer.EndObserver(observer_id=ID)
OVER = datetime(2026, 12, 31, 16, tzinfo=UTC)

OBSERVER_CASES = [
    Case(when=civic_observer.InviteObserver(**INVITE), then=[INVITED], refused={
        "DATES_REVERSED": {"when": civic_observer.InviteObserver(**{**INVITE, "to": date(2026, 2, 1)})},
        "SERVES_AS_INSPECTOR": {"looked_up": {"inspector_state": "ACTIVE"}},
    }),
    Case(given=[INVITED], when=END, then=[civic_observer.ObserverEnded(observer_id=ID, at=AT)]),
]

(test_the_right_events_follow_observer, test_said_again_it_is_quiet_observer, test_refused_from_other_states_observer,
 test_each_guard_refuses_by_its_code_observer, test_no_hole_observer) = suite(CivicObserver, OBSERVER_CASES)


def test_an_invitation_ends_by_itself_after_its_last_day() -> None:
    observer = folded(CivicObserver, Case(given=[INVITED], when=END, then=[]))
    assert list(observer.timers()) == [(OVER, END)]
    assert decide(CivicObserver, Case(given=[INVITED], by=TIMER, when=END, then=[])) == ()
    assert len(decide(CivicObserver, Case(given=[INVITED], by=TIMER, at=OVER, when=END, then=[]))) == 1
