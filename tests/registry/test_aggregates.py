"""Jurisdiction, RegionRevision, Body, CalendarYear, RegionGroup, PolicyDocument: every row accepted, quiet, guarded."""

from datetime import date
from typing import Any

import pytest

from contracts.registry import body, calendar_year, jurisdiction, policy_document, region_group, region_revision
from contracts.values import Tier
from services.chassis.aggregates import Aggregate
from services.registry.domain.body import Body
from services.registry.domain.calendar_year import CalendarYear
from services.registry.domain.jurisdiction import Jurisdiction
from services.registry.domain.policy_document import PolicyDocument
from services.registry.domain.region_group import RegionGroup
from services.registry.domain.region_revision import RegionRevision
from tests.kit import cases as kit
from tests.kit.cases import Case, decide, uid

PLACE, OFFICE, GROUP, YEAR = (uid(name) for name in ("place", "office", "group", "year"))


def placing(**changed: Any) -> jurisdiction.RegisterJurisdiction:
    return jurisdiction.RegisterJurisdiction(**{**PLACED, **changed})


PLACED: dict[str, Any] = {
    "jurisdiction_id": PLACE, "code": "990101", "name": "示例县", "kind": jurisdiction.JurisdictionKind.COUNTY,
    "parent_code": "990100",
}
OF: dict[str, Any] = {"jurisdiction_id": PLACE, "code": "990101", "valid_from": date(2026, 3, 1)}
STANDS = jurisdiction.JurisdictionRegistered(**PLACED)
MOVE: dict[str, Any] = {**OF, "parent_code": "990200"}
PLACES = [
    Case(
        when=placing(), looked_up={"parent_kind": "PREFECTURE"}, then=[STANDS],
        refused={
            "CODE_INVALID": {"when": placing(code="99A101")},
            "NAME_MISSING": {"when": placing(name=" ")},
            "PARENT_NOT_FITTING": {"looked_up": {"parent_kind": "TOWNSHIP"}},
        },
    ),
    Case(
        given=[STANDS], when=jurisdiction.RenameJurisdiction(name="示例区", **OF),
        then=[jurisdiction.JurisdictionRenamed(name="示例区", **OF)],
        refused={"NAME_MISSING": {"when": jurisdiction.RenameJurisdiction(name="", **OF)}},
    ),
    Case(
        given=[STANDS], when=jurisdiction.MoveJurisdiction(**MOVE), looked_up={"parent_kind": "PREFECTURE"},
        then=[jurisdiction.JurisdictionMoved(**MOVE)],
        refused={
            "MOVED_IN_FUTURE": {"when": jurisdiction.MoveJurisdiction(**{**MOVE, "valid_from": date(2026, 3, 3)})},
            "PARENT_NOT_FITTING": {"looked_up": {"parent_kind": "COUNTY"}},
        },
    ),
    Case(
        given=[STANDS], when=jurisdiction.CloseJurisdiction(successor_codes=("990102",), **OF),
        looked_up={"unknown_successors": []},
        then=[jurisdiction.JurisdictionClosed(successor_codes=("990102",), **OF)],
        refused={
            "OWN_SUCCESSOR": {"when": jurisdiction.CloseJurisdiction(successor_codes=("990101",), **OF)},
            "SUCCESSOR_UNKNOWN": {"looked_up": {"unknown_successors": ["990102"]}},
        },
    ),
]

EDITION: dict[str, Any] = {
    "revision_id": uid("edition"), "revision": "2026-09-11", "valid_from": date(2026, 9, 11), "source": "某库",
    "digest": "00", "count": 3214,
}
EDITIONS = [Case(
    when=region_revision.PublishRegionRevision(**EDITION), then=[region_revision.RegionRevisionPublished(**EDITION)],
    refused={
        "REVISION_MISSING": {"when": region_revision.PublishRegionRevision(**{**EDITION, "revision": ""})},
        "REVISION_EMPTY": {"when": region_revision.PublishRegionRevision(**{**EDITION, "count": 0})},
    },
)]

STANDING: dict[str, Any] = {
    "body_id": OFFICE, "kind": body.BodyKind.OFFICE, "tier": Tier.COUNTY, "placement": "990101", "name": "县督导办",
}
ROSTER: dict[str, Any] = {
    "body_id": OFFICE, "party_committee_body_id": uid("party"), "government_body_id": uid("government"),
}
BODIES = [
    Case(
        when=body.RegisterBody(**STANDING), then=[body.BodyRegistered(**STANDING)],
        refused={
            "NAME_MISSING": {"when": body.RegisterBody(**{**STANDING, "name": " "})},
            "OWN_PARENT": {"when": body.RegisterBody(parent_body_id=OFFICE, **STANDING)},
        },
    ),
    Case(
        given=[body.BodyRegistered(**STANDING)], when=body.ChangeLeadershipRoster(**ROSTER),
        then=[body.LeadershipRosterChanged(**ROSTER)],
    ),
]

NOTICE: dict[str, Any] = {
    "calendar_id": YEAR, "year": 2027, "make_up_days": (date(2027, 10, 9),), "revision": "国办发明电〔2026〕1号",
    "holidays": (date(2027, 1, 1), *(date(2027, 10, day) for day in range(1, 8))),
}


def publishing(**changed: Any) -> calendar_year.PublishCalendarYear:
    return calendar_year.PublishCalendarYear(**{**NOTICE, **changed})


YEARS = [Case(
    when=publishing(), then=[calendar_year.CalendarYearPublished(**NOTICE)],
    refused={
        "ARRANGEMENT_INVALID": {"when": publishing(make_up_days=(date(2027, 10, 1),))},
        "HOLIDAYS_MISSING": {"when": publishing(holidays=(date(2027, 1, 1),), make_up_days=())},
    },
)]

MEMBERS: dict[str, Any] = {"group_id": GROUP, "members": ("990101", "990102"), "name": "东片"}
GROUPS = [Case(
    when=region_group.FormRegionGroup(**MEMBERS), looked_up={"unknown_members": []},
    then=[region_group.RegionGroupFormed(**MEMBERS)],
    refused={
        "TOO_FEW_MEMBERS": {
            "when": region_group.FormRegionGroup(**{**MEMBERS, "members": ("990101", "990101")})},
        "MEMBER_UNKNOWN": {"looked_up": {"unknown_members": ["990102"]}},
    },
)]

DOCUMENT: dict[str, Any] = {
    "document_id": uid("document"), "jurisdiction": "990101", "document": "办法", "values": (),
    "status": policy_document.PolicyStatus.IN_FORCE,
}
DOCUMENTS = [Case(
    when=policy_document.PublishPolicy(**DOCUMENT), looked_up={"violations": []},
    then=[policy_document.PolicyPublished(version=1, **DOCUMENT)],
)]

ALL: list[tuple[type[Aggregate], list[Case]]] = [
    (Jurisdiction, PLACES), (Body, BODIES), (CalendarYear, YEARS), (RegionGroup, GROUPS),
    (PolicyDocument, DOCUMENTS), (RegionRevision, EDITIONS),
]
EACH = [(kind, case) for kind, cases in ALL for case in cases]


@pytest.mark.parametrize(("kind", "case"), EACH)
def test_the_right_events_follow_and_said_again_it_is_quiet(kind: type[Aggregate], case: Case) -> None:
    kit.check_accepted(kind, case)
    kit.check_quiet(kind, case)


@pytest.mark.parametrize(("kind", "case"), EACH)
def test_it_is_refused_from_every_other_state(kind: type[Aggregate], case: Case) -> None:
    for state in kit.states_elsewhere(kind, case):
        kit.check_elsewhere(kind, case, state)


@pytest.mark.parametrize(("kind", "case"), EACH)
def test_each_guard_refuses_by_its_code(kind: type[Aggregate], case: Case) -> None:
    for code in case.refused:
        kit.check_guard(kind, case, code)


@pytest.mark.parametrize(("kind", "cases"), ALL)
def test_no_row_and_no_guard_is_without_a_test(kind: type[Aggregate], cases: list[Case]) -> None:
    assert kit.holes(kind, cases) == []


@pytest.mark.parametrize(("kind", "parent", "fits"), [
    ("PROVINCE", None, True), ("MUNICIPALITY", None, True), ("DISTRICT", "MUNICIPALITY", True),
    ("FUNCTIONAL_ZONE", "PREFECTURE", True), ("TOWNSHIP", "FUNCTIONAL_ZONE", True), ("COUNTY", "PROVINCE", True),
    ("PREFECTURE", "MUNICIPALITY", False), ("TOWNSHIP", "PROVINCE", False), ("COUNTY", None, False),
    ("COUNTY", "MUNICIPALITY", True),
])
def test_a_place_hangs_below_a_place_of_a_fitting_kind(kind: str, parent: str | None, fits: bool) -> None:
    command = placing(
        kind=jurisdiction.JurisdictionKind(kind), parent_code=None if parent is None else "990100")
    case = Case(when=command, looked_up={"parent_kind": parent}, then=[])
    if fits:
        assert len(decide(Jurisdiction, case)) == 1
    else:
        kit.check_guard(Jurisdiction, Case(when=command, then=[], refused={
            "PARENT_NOT_FITTING": {"looked_up": {"parent_kind": parent}}}), "PARENT_NOT_FITTING")


def test_a_year_may_be_amended() -> None:
    amended = publishing(revision="修订")
    case = Case(given=[calendar_year.CalendarYearPublished(**NOTICE)], when=amended, then=[])
    assert decide(CalendarYear, case)[0].revision == "修订"
