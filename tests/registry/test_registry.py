"""The registry end to end: what may not be published is refused with nothing stored; what merges closes the rest."""

from datetime import date
from typing import Any

import msgspec
import pytest

from contracts.registry import policy_document as said
from contracts.registry.body import BodyKind, RegisterBody
from contracts.registry.supervised_unit import MergeUnits, RegisterUnit, UnitKind
from contracts.values import Role, Tier, natural_id
from services.chassis.directory import root
from services.chassis.life_cycle import Refused
from services.chassis.town import Town
from services.registry.domain.supervised_unit import SupervisedUnit
from services.registry.policy_documents import reviewed_documents
from tests.kit.cases import uid
from tests.kit.county import KEEPER, settle_county, town_of

STAFF = root(uid("li"), Role.OFFICE_STAFF)
REVIEWED = {(d.jurisdiction, d.document): d for d in reviewed_documents()}
ZONE = next(d for d in REVIEWED.values() if d.jurisdiction == "SD-WH-EDZ")
DAY = date(2026, 9, 1)


@pytest.fixture
def town() -> Town:
    return settle_county(town_of())


def publishing(document: Any, **changed: Any) -> said.PublishPolicy:
    """A reviewed document, or its next edition, as a command."""
    plain = msgspec.to_builtins(document) | changed
    values = [{"key": key, **entry} for key, entry in plain.pop("values", {}).items()]
    fields = {**plain, "values": values, "documentId": str(natural_id(
        "PolicyDocument", plain["jurisdiction"], plain["document"]))}
    return msgspec.convert(fields, said.PublishPolicy)


def document(place: str, parent: str | None, **values: Any) -> said.PublishPolicy:
    """A document of a fictional place."""
    return publishing({
        "jurisdiction": place, "document": f"{place}.txt", "kind": "COUNTY", "title": place, "status": "in-force",
        "source": "local", "parent": parent, "values": values,
    })


def publish_all(town: Town, *places: str) -> None:
    for one in REVIEWED.values():
        if one.jurisdiction in places:
            town.submit(STAFF, publishing(one))


def head(town: Town) -> Any:
    log = town.services["registry"].recorder
    return log.max_notification_id(), log.count("command")


def refused(town: Town, code: str, command: Any, who: Any = STAFF) -> None:
    before, policies = head(town), len(town.services["registry"].reference.policies.documents)
    with pytest.raises(Refused) as refusal:
        town.submit(who, command)
    assert refusal.value.code == code
    assert head(town) == before
    assert len(town.services["registry"].reference.policies.documents) == policies


def test_every_reviewed_document_can_be_published(town: Town) -> None:
    for one in reviewed_documents():
        town.submit(STAFF, publishing(one))
    store = town.services["registry"].reference.policies
    assert len(store.documents) == len(REVIEWED)
    assert store.find("notice.leadDays", ("CN", "HN"), DAY).v == 3  # type: ignore[union-attr]


def test_a_second_edition_is_the_second_and_one_like_the_last_is_quiet(town: Town) -> None:
    publish_all(town, "CN")
    first = document("990101", "CN", **{"training.minHoursPerYear": {"v": 48}})
    second = document("990101", "CN", **{"training.minHoursPerYear": {"v": 56}})
    for command in (first, second, second):
        town.submit(STAFF, command)
    found = town.services["registry"].reference.policies.find("training.minHoursPerYear", ("CN", "990101"), DAY)
    assert found is not None and (found.v, found.version) == (56, 2)
    letters = town.announcements("registry", 0)
    versions = [(one.event.version, one.head.version) for one in letters if one.name == "registry.PolicyPublished"]
    assert versions == [(1, 1), (1, 1), (2, 2)]


def test_a_mandatory_value_is_not_loosened(town: Town) -> None:
    publish_all(town, "CN", "SD", "SD-WH", "SD-WH-EDZ")
    refused(town, "POLICY_LOOSENED", document(
        "990101", "SD-WH-EDZ", **{"appointment.retired.maxYearsSinceRetirement": {"v": 5}}))
    town.submit(STAFF, document(
        "990101", "SD-WH-EDZ", **{"appointment.retired.maxYearsSinceRetirement": {"v": 2}}))


def test_a_wrong_clause_is_found(town: Town) -> None:
    publish_all(town, "CN")
    wrong = msgspec.to_builtins(REVIEWED["HN", next(d for p, d in REVIEWED if p == "HN")])
    wrong["values"]["training.preServiceRequired"]["clause"] = "§99"
    refused(town, "POLICY_CLAUSE_UNKNOWN", publishing(wrong))


def test_places_do_not_stand_above_themselves(town: Town) -> None:
    publish_all(town, "CN")
    for place, parent in (("990000", "CN"), ("990100", "990000")):
        town.submit(STAFF, document(place, parent))
    refused(town, "POLICY_CYCLE", document("990000", "990100"))


def test_a_merger_closes_the_units_that_went_in(town: Town) -> None:
    town.submit(KEEPER, MergeUnits(unit_id=uid("s1"), unit_ids=(uid("s2"),), valid_from=DAY))
    registry = town.services["registry"]
    states = [registry.load(SupervisedUnit, uid(key)) for key in ("s1", "s2")]
    assert [unit.state for unit in states if unit] == ["REGISTERED", "CLOSED"]
    assert registry.reference.unit(uid("s2")).successors == (uid("s1"),)


def test_nothing_stands_at_a_place_that_is_not_registered(town: Town) -> None:
    refused(town, "PLACE_UNKNOWN", RegisterBody(
        body_id=uid("x"), kind=BodyKind.OFFICE, tier=Tier.COUNTY, placement="999999", name="某办"), KEEPER)
    refused(town, "PLACE_UNKNOWN", RegisterUnit(
        unit_id=uid("x"), kind=UnitKind.SCHOOL, name="某校", located_in="999999"), KEEPER)
    refused(town, "UNIT_UNKNOWN", MergeUnits(unit_id=uid("s1"), unit_ids=(uid("x"),), valid_from=DAY), KEEPER)
