"""SchoolListing: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import UTC, datetime
from typing import Any

from contracts.personnel import school_listing as said
from contracts.personnel.school_listing import PublicField
from services.personnel.domain.school_listing import SchoolListing
from tests.kit.cases import AT, Case, decide, suite, uid

LISTING, SCHOOL, WANG, CHEN = uid("stream"), uid("s1"), uid("wang"), uid("chen")
BEIJING = {"listing.publicFields": ["contact", "inspectionMatters"], "recusal.formerSchool.years": 3}
FIT: dict[str, Any] = {
    "inspector_state": "ACTIVE", "inspector_category": "RESPONSIBLE", "credential_valid": True, "unit_kind": "SCHOOL",
}
EXCHANGED = {**FIT, "exchanged_at": datetime(2023, 3, 2, 16, tzinfo=UTC)}
UNFIT: dict[str, dict[str, Any]] = {
    "INSPECTOR_NOT_ACTIVE": {"looked_up": {**FIT, "inspector_state": "PENDING_TRAINING"}},
    "CREDENTIAL_NOT_VALID": {"looked_up": {**FIT, "credential_valid": False}},
    "NOT_RESPONSIBLE_CATEGORY": {"looked_up": {**FIT, "inspector_category": "PART_TIME"}},
    "FORMER_SCHOOL": {"looked_up": EXCHANGED},
}
FIELDS = (PublicField.CONTACT, PublicField.INSPECTION_MATTERS)

ASSIGN = said.AssignListing(listing_id=LISTING, school_id=SCHOOL, inspector_id=WANG)
ASSIGNED = said.ListingAssigned(listing_id=LISTING, school_id=SCHOOL, inspector_id=WANG)
LISTED = said.SchoolListed(
    listing_id=LISTING, school_id=SCHOOL, inspector_id=WANG, public_fields=FIELDS, published_at=AT, evidence_hash="p1")


def publishing(fields: tuple[PublicField, ...] = FIELDS, evidence: str = "p1") -> said.PublishListing:
    return said.PublishListing(listing_id=LISTING, public_fields=fields, evidence_hash=evidence)


def replacing(by: str = "chen", reason: str = "任期交接") -> said.ReplaceListing:
    return said.ReplaceListing(listing_id=LISTING, new_inspector_id=uid(by), reason=reason)


WITHDRAW = said.WithdrawListing(listing_id=LISTING, reason="督学退出")

CASES = [
    Case(when=ASSIGN, policy=BEIJING, looked_up=FIT, then=[ASSIGNED], refused={
        **UNFIT,
        "NOT_A_SCHOOL": {"looked_up": {**FIT, "unit_kind": "GOVERNMENT"}},
        "SCHOOL_OUT_OF_SCOPE": {"looked_up": {**FIT, "school_outside": True}},
        "SCHOOL_ALREADY_LISTED": {"looked_up": {**FIT, "listed_already": True}},
    }),
    Case(given=[ASSIGNED], when=publishing(), policy=BEIJING, looked_up=FIT, then=[LISTED], refused={
        "PUBLIC_FIELDS_MISSING": {"when": publishing((PublicField.CONTACT, PublicField.NAME))},
        "EVIDENCE_MISSING": {"when": publishing(evidence="")},
        "INSPECTOR_NOT_ACTIVE": UNFIT["INSPECTOR_NOT_ACTIVE"],
        "CREDENTIAL_NOT_VALID": UNFIT["CREDENTIAL_NOT_VALID"],
    }),
    Case(given=[ASSIGNED, LISTED], when=replacing(), policy=BEIJING, looked_up=FIT, then=[said.ListingReplaced(
            listing_id=LISTING, school_id=SCHOOL, old_inspector_id=WANG, new_inspector_id=CHEN, at=AT,
            reason="任期交接")], refused={
        **UNFIT,
        "REASON_MISSING": {"when": replacing(reason=" ")},
        "SAME_INSPECTOR": {"when": replacing("wang")},
    }),
    Case(given=[ASSIGNED, LISTED], when=WITHDRAW,
         then=[said.ListingWithdrawn(listing_id=LISTING, school_id=SCHOOL, at=AT, reason="督学退出")],
         refused={"REASON_MISSING": {"when": said.WithdrawListing(listing_id=LISTING, reason="")}}),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(SchoolListing, CASES)


def test_hunan_wants_the_contact_only() -> None:
    hunan = {"listing.publicFields": ["contact"]}
    case = Case(given=[ASSIGNED], when=publishing((PublicField.CONTACT,)), policy=hunan, looked_up=FIT, then=[])
    assert len(decide(SchoolListing, case)) == 1


def test_after_the_recusal_window_the_former_school_is_a_school_like_others() -> None:
    long_ago = {**FIT, "exchanged_at": datetime(2023, 3, 1, 16, tzinfo=UTC)}
    assert len(decide(SchoolListing, Case(when=ASSIGN, policy=BEIJING, looked_up=long_ago, then=[]))) == 1


def test_what_was_not_published_yet_can_be_withdrawn_too() -> None:
    assert len(decide(SchoolListing, Case(given=[ASSIGNED], when=WITHDRAW, then=[]))) == 1
