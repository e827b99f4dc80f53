"""A policy document is published only if its keys, values, clauses and place in the hierarchy hold."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from services.chassis.policies import PolicyStore
from services.registry.domain.policy_keys import KeySpec, loosens, valid
from services.registry.domain.policy_rules import check
from services.registry.policy_documents import (
    read_document,
    reviewed_clauses,
    reviewed_documents,
    reviewed_keys,
    reviewed_store,
)

KEYS, CLAUSES, STORE = reviewed_keys(), reviewed_clauses(), reviewed_store()
BAD = sorted((Path(__file__).parent / "bad_policies").glob("*.yaml"))


def city(**values):
    """A city of the fictional province with these values, each `(v, further fields)` or `v`."""
    document = read_document((Path(__file__).parent / "bad_policies" / "POLICY_LOOSENED.yaml").read_text("utf-8"))
    entries = {key: {"v": v} if not isinstance(v, dict) else v for key, v in values.items()}
    return msgspec.structs.replace(document, values=msgspec.convert(entries, type(document).__annotations__["values"]))


def codes(document, store=STORE):
    return [violation.code for violation in check(document, KEYS, CLAUSES, store)]


def test_every_reviewed_document_may_be_published():
    store = PolicyStore()
    for document in reviewed_documents():
        assert check(document, KEYS, CLAUSES, store) == []
        store = store.publish(document)


def test_every_code_has_a_planted_bad_file():
    assert {path.stem for path in BAD} == {
        "POLICY_KEY_UNKNOWN", "POLICY_VALUE_INVALID", "POLICY_CLAUSE_UNKNOWN", "POLICY_LOOSENED", "POLICY_CYCLE",
        "POLICY_PARENT_UNKNOWN", "POLICY_DEPARTURE_WITHOUT_REASON", "POLICY_LOCAL_AS_LAW"}


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_refused_with_its_code_and_a_chinese_sentence(path):
    (violation,) = check(read_document(path.read_text("utf-8")), KEYS, CLAUSES, STORE)
    assert violation.code == path.stem
    assert violation.sentence.endswith("。")


def test_a_departure_in_principle_with_a_reason_is_published():
    reasoned = {"v": "1/6", "modality": "P", "reason": "山区校点分散"}
    assert codes(city(**{"staffing.inspectorsPerSchool": reasoned})) == []


def test_a_reason_does_not_buy_a_mandatory_value_off():
    document = city(**{"staffing.fullTimeShare.min": {"v": "29/100", "levels": ["county"], "reason": "编制不足"}})
    assert codes(document) == ["POLICY_LOOSENED"]


def test_a_stricter_value_needs_no_reason():
    assert codes(city(**{"staffing.inspectorsPerSchool": "1/4", "staffing.fullTimeShare.min": "1/3"})) == []


def test_an_unset_value_loosens_nothing_because_it_inherits():
    assert codes(city(**{"staffing.fullTimeShare.min": {"v": None}})) == []


def test_a_value_for_other_levels_is_not_bound():
    assert codes(city(**{"staffing.fullTimeShare.min": {"v": "1/10", "levels": ["city"]}})) == []


def test_a_mandatory_value_two_levels_up_still_binds():
    store = STORE.publish(city(**{"training.preServiceRequired": {"v": None}}))
    loose = city(**{"training.preServiceRequired": False})
    county = msgspec.structs.replace(loose, jurisdiction="990101", parent="990100")
    assert codes(county, store) == ["POLICY_LOOSENED"]


def test_background_supplies_defaults_but_does_not_bind():
    assert STORE.find("training.minHoursPerYear", ("CN", "990000"), date(2026, 1, 1)).v == 40
    assert codes(city(**{"training.minHoursPerYear": 20})) == []


def test_a_document_value_without_its_clause_is_refused():
    hunan = next(document for document in reviewed_documents() if document.jurisdiction == "HN")
    entry = msgspec.structs.replace(hunan.values["draw.doubleRandom"], clause=None)
    assert codes(msgspec.structs.replace(hunan, values={"draw.doubleRandom": entry})) == ["POLICY_CLAUSE_UNKNOWN"]


def test_a_level_that_does_not_exist_is_refused():
    assert codes(city(**{"training.proRata": {"v": True, "levels": ["village"]}})) == ["POLICY_VALUE_INVALID"]


def spec(type_, direction="free", **rest):
    return KeySpec(label="试", type=type_, direction=direction, **rest)


DEADLINE = spec("record", "byField", fields={"amount": spec("integer", "maximum"),
                                             "calendar": spec("enum", "same", words=("WORKING_DAYS", "CALENDAR_DAYS"))})
CYCLE = KEYS["cycle.comprehensive.school"]


@pytest.mark.parametrize(("key", "upper", "lower"), [
    (spec("fraction", "minimum"), "1/3", "333/1000"), (spec("integer", "minimum"), 40, 39),
    (spec("integer", "maximum"), 3, 4), (spec("fraction", "maximum"), "1/3", "334/1000"),
    (spec("boolean", "minimum"), True, False), (spec("set", "superset", words=("a", "b")), ["a", "b"], ["a"]),
    (spec("set", "subset", words=("a", "b")), ["a"], ["a", "b"]),
    (spec("enum", "ordered", words=("MAY", "MUST")), "MUST", "MAY"),
    (DEADLINE, {"amount": 10, "calendar": "WORKING_DAYS"}, {"amount": 11, "calendar": "WORKING_DAYS"}),
    (DEADLINE, {"amount": 10, "calendar": "WORKING_DAYS"}, {"amount": 10, "calendar": "CALENDAR_DAYS"}),
    (DEADLINE, {"amount": 10, "calendar": "WORKING_DAYS"}, {"amount": 10}),
    (CYCLE, {"anchor": "SCHOOL_YEAR", "count": 1}, {"anchor": "THREE_TO_FIVE_YEARS", "count": 1}),
    (CYCLE, {"anchor": "TERM", "min": 2}, {"anchor": "TERM", "min": 1}),
    (CYCLE, {"anchor": "SCHOOL_YEAR", "count": 1}, {"anchor": "PRINCIPAL_TERM", "count": 1}),
])
def test_a_looser_value_is_seen_in_every_direction_and_never_the_other_way(key, upper, lower):
    assert loosens(key, upper, lower)
    assert not loosens(key, upper, upper)


@pytest.mark.parametrize(("upper", "lower"), [
    ({"anchor": "SCHOOL_YEAR", "count": 1}, {"anchor": "TERM", "count": 1}),
    ({"anchor": "TERM", "min": 2}, {"anchor": "MONTH", "min": 1})])
def test_a_more_frequent_cycle_is_not_looser(upper, lower):
    assert not loosens(CYCLE, upper, lower)


@pytest.mark.parametrize(("key", "v"), [
    (spec("fraction"), 0.2), (spec("fraction"), "1/0"), (spec("fraction"), "-1/5"), (spec("fraction"), "1:5"),
    (spec("fraction"), True), (spec("fraction"), "1e9"), (spec("integer"), True), (spec("integer"), -1),
    (spec("integer"), "3"), (spec("boolean"), 1), (spec("text"), ""), (spec("enum", words=("A",)), "B"),
    (spec("enum", words=("A",)), ["A"]), (spec("set", words=("A",)), ["A", "A"]), (spec("set", words=("A",)), "A"),
    (spec("set", words=("A",)), [["A"]]), (spec("monthDay"), "13-01"), (DEADLINE, {}), (DEADLINE, {"days": 3}),
    (DEADLINE, {"amount": "3"}), (DEADLINE, 10)])
def test_a_value_of_the_wrong_type_is_invalid(key, v):
    assert not valid(key, v)
