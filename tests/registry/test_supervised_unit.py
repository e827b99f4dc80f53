"""SupervisedUnit: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import date
from typing import Any

from contracts.registry import supervised_unit as said
from services.registry.domain.supervised_unit import SupervisedUnit
from tests.kit.cases import AT, Case, suite, uid

UNIT, OTHER, DAY = uid("stream"), uid("s2"), date(2026, 9, 1)
REGISTER: dict[str, Any] = {
    "unit_id": UNIT, "kind": said.UnitKind.SCHOOL, "name": "第一小学", "located_in": "990101",
}
MANAGED: dict[str, Any] = {"unit_id": UNIT, "managed_by": uid("edu"), "valid_from": DAY}
PROFILE: dict[str, Any] = {
    "unit_id": UNIT, "school_type": said.SchoolType.PRIMARY, "ownership": said.Ownership.PUBLIC, "students": 900,
    "campuses": 1, "valid_from": DAY,
}
TERM: dict[str, Any] = {"unit_id": UNIT, "person_id": uid("principal")}
REGISTERED = said.SupervisedUnitRegistered(**REGISTER)
STARTED = said.PrincipalTermStarted(started_at=AT, **TERM)
SOMEBODY: dict[str, Any] = {"unit_id": UNIT, "person_id": uid("somebody")}

CASES = [
    Case(
        when=said.RegisterUnit(**REGISTER), then=[REGISTERED],
        refused={"NAME_MISSING": {"when": said.RegisterUnit(**{**REGISTER, "name": ""})}},
    ),
    Case(
        given=[REGISTERED], when=said.ChangeUnitManagement(**MANAGED), then=[said.UnitManagementChanged(**MANAGED)],
    ),
    Case(
        given=[REGISTERED], when=said.ChangeSchoolProfile(**PROFILE), then=[said.SchoolProfileChanged(**PROFILE)],
        refused={"NEGATIVE_COUNT": {"when": said.ChangeSchoolProfile(**{**PROFILE, "students": -1})}},
    ),
    Case(
        given=[REGISTERED], when=said.MergeUnits(unit_id=UNIT, unit_ids=(OTHER,), valid_from=DAY),
        then=[said.UnitMerged(unit_ids=(OTHER,), successor_ids=(UNIT,), valid_from=DAY)],
        refused={"OWN_SUCCESSOR": {"when": said.MergeUnits(unit_id=UNIT, unit_ids=(OTHER, UNIT), valid_from=DAY)}},
    ),
    Case(
        given=[REGISTERED], when=said.SplitUnit(unit_id=UNIT, successor_ids=(OTHER,), valid_from=DAY),
        then=[said.UnitSplit(unit_ids=(UNIT,), successor_ids=(OTHER,), valid_from=DAY)],
        refused={"OWN_SUCCESSOR": {"when": said.SplitUnit(unit_id=UNIT, successor_ids=(UNIT,), valid_from=DAY)}},
    ),
    Case(
        given=[REGISTERED], when=said.RenameUnit(unit_id=UNIT, name="实验小学", valid_from=DAY),
        then=[said.UnitRenamed(unit_ids=(UNIT,), name="实验小学", valid_from=DAY)],
        refused={"NAME_MISSING": {"when": said.RenameUnit(unit_id=UNIT, name=" ", valid_from=DAY)}},
    ),
    Case(
        given=[REGISTERED], when=said.CloseUnit(unit_id=UNIT, successor_ids=(OTHER,), valid_from=DAY),
        then=[said.UnitClosed(unit_ids=(UNIT,), successor_ids=(OTHER,), valid_from=DAY)],
        refused={"OWN_SUCCESSOR": {"when": said.CloseUnit(unit_id=UNIT, successor_ids=(UNIT,), valid_from=DAY)}},
    ),
    Case(given=[REGISTERED], when=said.StartPrincipalTerm(started_at=AT, **TERM), then=[STARTED]),
    Case(
        given=[REGISTERED, STARTED], when=said.AnnouncePrincipalTermEnding(ends_at=AT, **TERM),
        then=[said.PrincipalTermEndingAnnounced(ends_at=AT, **TERM)],
        refused={"NO_PRINCIPAL": {"when": said.AnnouncePrincipalTermEnding(ends_at=AT, **SOMEBODY)}},
    ),
    Case(
        given=[REGISTERED, STARTED], when=said.EndPrincipalTerm(ended_at=AT, reason="任期届满", **TERM),
        then=[said.PrincipalTermEnded(ended_at=AT, reason="任期届满", **TERM)],
        refused={"NO_PRINCIPAL": {"when": said.EndPrincipalTerm(ended_at=AT, reason="任期届满", **SOMEBODY)}},
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(SupervisedUnit, CASES)
