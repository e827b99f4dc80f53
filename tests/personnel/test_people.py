"""The people desk: names are for those who may read them, and stand in no record of personnel."""

import pytest

from contracts.personnel import inspector
from contracts.values import Role
from contracts.wire import events
from services.chassis.announcing import all_letters
from services.chassis.directory import root
from services.chassis.life_cycle import Refused
from services.chassis.vault import memory_vault
from services.personnel.application import Personnel
from services.personnel.people import People
from tests.kit.cases import uid
from tests.kit.county import LI, settle_county, town_of

WANG, STAFF, GUARD = uid("wang"), root(uid("li"), Role.OFFICE_STAFF), root(uid("g"), Role.SECURITY_ADMINISTRATOR)
SCHOOL, KEEPER = root(uid("zhao"), Role.UNIT_USER), root(uid("keeper"), Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def people() -> People:
    found = People(memory_vault())
    found.enrol(STAFF, WANG, {"name": "王华", "identityNumber": "110101199001011234"})
    return found


def test_a_name_is_read_by_whoever_may_and_by_its_owner(people: People) -> None:
    assert people.name_of(STAFF, WANG) == "王华"
    assert people.name_of(root(WANG, Role.UNIT_USER), WANG) == "王华"
    with pytest.raises(Refused, match="ROLE_NOT_ALLOWED"):
        people.name_of(SCHOOL, WANG)


def test_only_the_office_enrols_and_only_what_is_known(people: People) -> None:
    with pytest.raises(Refused, match="ROLE_NOT_ALLOWED"):
        people.enrol(KEEPER, WANG, {"name": "王华"})
    with pytest.raises(Refused, match="FIELD_UNKNOWN"):
        people.enrol(STAFF, WANG, {"name": "王华", "religion": "无"})
    with pytest.raises(Refused, match="NAME_MISSING"):
        people.enrol(STAFF, uid("nobody"), {"telephone": "1"})
    people.enrol(STAFF, WANG, {"telephone": "13800000000"})


def test_whoever_is_forgotten_has_no_name_any_more(people: People) -> None:
    with pytest.raises(Refused, match="ROLE_NOT_ALLOWED"):
        people.forget(STAFF, WANG)
    people.forget(GUARD, WANG)
    assert people.name_of(STAFF, WANG) == "（已销毁）"


def test_a_name_never_stands_in_a_record_of_personnel(people: People) -> None:
    town = settle_county(town_of(Personnel))
    town.submit_as(LI, inspector.RegisterCandidate(
        person_id=WANG, category=inspector.Category.PART_TIME, origin=inspector.Origin.TEACHER,
        employment_status=inspector.EmploymentStatus.IN_SERVICE))
    town.submit_as(LI, inspector.GrantQualification(person_id=WANG, batch_id=uid("batch")))
    records = [letter.record for letter in all_letters(town.services["personnel"].recorder, "personnel")]
    assert len(records) == 2
    for secret in (people.name_of(STAFF, WANG), "110101199001011234"):
        assert all(secret.encode() not in record for record in records)


def test_no_event_of_personnel_has_a_field_for_what_identifies_a_person() -> None:
    fields = {name for topic, kind in events().items() if topic.startswith("personnel.")
              for name in kind.__struct_fields__}
    assert not fields & {"name", "telephone", "phone", "identity_number", "id_number", "address", "birthday"}
