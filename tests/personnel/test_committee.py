"""Committee and MemberUnit: every row of their tables is accepted, quiet, refused elsewhere and guarded."""

from datetime import date
from typing import Any

from contracts.personnel import committee as said
from contracts.personnel import member_unit
from contracts.personnel.committee import Seat, SeatRole
from services.personnel.domain.committee import Committee
from services.personnel.domain.member_unit import MemberUnit
from tests.kit.cases import AT, Case, suite, uid

ID, BODY, FINANCE, ZHANG = uid("stream"), uid("committee"), uid("finance"), uid("zhang")
DIRECTOR = Seat(seat_id=uid("seat-1"), post="分管副县长", role=SeatRole.DIRECTOR)
MEMBER = Seat(seat_id=uid("seat-2"), post="县财政局局长", role=SeatRole.MEMBER, member_unit_id=FINANCE)
OCCUPY: dict[str, Any] = {"seat_id": DIRECTOR.seat_id, "person_id": ZHANG, "from_": date(2026, 3, 1)}


def forming(*seats: Seat) -> said.FormCommittee:
    return said.FormCommittee(committee_id=ID, body_id=BODY, seats=seats)


FORMED = said.CommitteeFormed(committee_id=ID, body_id=BODY, seats=(DIRECTOR, MEMBER))
OCCUPIED = said.SeatOccupied(**OCCUPY)
NAMELESS = Seat(seat_id=uid("seat-3"), post=" ", role=SeatRole.MEMBER)

COMMITTEE_CASES = [
    Case(when=forming(DIRECTOR, MEMBER), policy={"committee.members.min": 1}, then=[FORMED], refused={
        "POST_MISSING": {"when": forming(DIRECTOR, NAMELESS)},
        "SEAT_TWICE": {"when": forming(DIRECTOR, MEMBER, MEMBER)},
        "DIRECTOR_NOT_UNIQUE": {"when": forming(MEMBER)},
        "COMPOSITION_TOO_SMALL": {"policy": {"committee.members.min": 4}},
    }),
    Case(given=[FORMED], when=said.OccupySeat(**OCCUPY), then=[OCCUPIED]),
    Case(given=[FORMED, OCCUPIED], when=said.VacateSeat(seat_id=DIRECTOR.seat_id),
         then=[said.SeatVacated(seat_id=DIRECTOR.seat_id, person_id=ZHANG, at=AT)]),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(Committee, COMMITTEE_CASES)

UNIT: dict[str, Any] = {"committee_id": ID, "member_unit_id": FINANCE}
NAME: dict[str, Any] = {**UNIT, "person_id": ZHANG, "from_": date(2026, 3, 1)}
NAMED = member_unit.LiaisonNamed(**NAME)
SITS = {"is_member": True}
OUTSIDE = {"NOT_A_MEMBER": {"looked_up": {"is_member": False}}}


def duty(code: str = "FUNDS") -> member_unit.AssignDuty:
    return member_unit.AssignDuty(duty_code=code, clause="§3", **UNIT)


MEMBER_CASES = [
    Case(when=member_unit.NameLiaison(**NAME), looked_up=SITS, then=[NAMED], refused=OUTSIDE),
    Case(given=[NAMED], when=duty(), looked_up=SITS,
         then=[member_unit.MemberUnitDutyAssigned(duty_code="FUNDS", clause="§3", **UNIT)], refused={
        **OUTSIDE,
        "DUTY_MISSING": {"when": duty(" ")},
        "LIAISON_MISSING": {"given": [member_unit.LiaisonNamed(**{**NAME, "from_": date(2026, 4, 1)})]},
    }),
]

(test_the_right_events_follow_member, test_said_again_it_is_quiet_member, no_other_state_member,
 test_each_guard_refuses_by_its_code_member, test_no_hole_member) = suite(MemberUnit, MEMBER_CASES)
