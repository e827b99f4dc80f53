"""Scope: oneself and what lies below, never above, beside, or beside with a longer number."""

import pytest

from contracts.personnel.school_listing import AssignListing, WithdrawListing
from contracts.rectification.problem_ledger import OpenLedger
from contracts.values import Role, Tier
from services.chassis.facts import Origin
from services.chassis.identity import Identity
from services.chassis.life_cycle import Refused
from services.chassis.scope import EVERYWHERE, check_scope, covers, last_of, unit_named
from tests.kit.cases import uid

PATH = f"990000/990100/990101/{uid('office')}"


@pytest.mark.parametrize(("scope", "covered"), [
    (PATH, True), ("990000/990100/990101/", True), ("990000/990100/", True), ("990000", True), (EVERYWHERE, True),
    ("990000/990100/990102/", False), ("990000/990100/99010", False), ("99000", False), ("", False),
    (f"{PATH}/room", False),
])
def test_a_scope_covers_itself_and_what_lies_below(scope: str, covered: bool) -> None:
    assert covers(scope, PATH) is covered


def test_what_has_no_path_lies_in_no_scope() -> None:
    assert not covers(EVERYWHERE, None)


def test_a_path_ends_with_a_body_or_a_place() -> None:
    assert (last_of(PATH), last_of("990000/990100/")) == (uid("office"), None)


def origin(unit_path: str | None = None) -> Origin:
    return Origin(
        jurisdiction="990101", tier=Tier.COUNTY, owner_body=uid("office"), owner_path=PATH, unit_path=unit_path)


def identity(scope: str, **where: str) -> Identity:
    places = {name: uid(value) for name, value in where.items()}
    return Identity(person_id=uid("li"), roles=frozenset({Role.OFFICE_STAFF}), scope=scope, **places)


def test_whoever_is_outside_is_refused_unless_a_party() -> None:
    stranger = identity("990000/990200/", body_id="other")
    with pytest.raises(Refused, match="OUT_OF_SCOPE"):
        check_scope(stranger, origin())
    check_scope(stranger, origin(), frozenset({str(uid("other"))}))


def test_nobody_is_a_party_by_having_no_body() -> None:
    with pytest.raises(Refused, match="OUT_OF_SCOPE"):
        check_scope(identity("990000/990200/"), origin(), frozenset({"None"}))


def test_a_unit_reaches_what_concerns_it_wherever_the_owner_stands() -> None:
    school = f"990000/990100/990101/{uid('s1')}"
    check_scope(identity(school, unit_id="s1"), origin(school))
    with pytest.raises(Refused, match="OUT_OF_SCOPE"):
        check_scope(identity(school, unit_id="s1"), origin(f"990000/990100/990101/{uid('s2')}"))


def test_a_command_names_its_unit_as_unit_or_as_school_or_not_at_all() -> None:
    ledger = OpenLedger(ledger_id=uid("l"), unit_id=uid("s1"), issuing_body_id=uid("office"))
    listing = AssignListing(listing_id=uid("x"), school_id=uid("s2"), inspector_id=uid("wang"))
    withdrawal = WithdrawListing(listing_id=uid("x"), reason="学校撤销")
    assert [unit_named(said) for said in (ledger, listing, withdrawal)] == [uid("s1"), uid("s2"), None]
