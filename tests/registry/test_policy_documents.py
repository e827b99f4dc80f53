"""Policy files are read as data: safely, completely, and without passing a chosen number off as law."""

import pytest

from services.chassis.policies import FALLBACK
from services.registry.policy_documents import (
    LIMIT,
    PolicyUnreadable,
    read_document,
    read_yaml,
    reviewed_documents,
    reviewed_keys,
)

HEAD = "jurisdiction: X\nkind: PROVINCE\ndocument: d\ntitle: t\nstatus: in-force\n"
DOCUMENTS = {(document.jurisdiction, document.document): document for document in reviewed_documents()}


@pytest.mark.parametrize("text", [
    "a: &x [1]\nb: *x", "[" * 50 + "]" * 50, "[" * 90_000 + "]" * 90_000, "a: 1\na: 2", "a: [1,", "v: 2020-13-45",
    "!!python/object/apply:os.system [ls]", "a" * (LIMIT + 1)],
    ids=["alias", "deep", "very deep", "twice", "broken", "no such day", "object", "long"])
def test_a_dangerous_or_broken_text_is_refused(text):
    with pytest.raises(PolicyUnreadable, match=r"[\u4e00-\u9fff]"):
        read_yaml(text)


@pytest.mark.parametrize("text", [
    "", "[]", "just words", HEAD + "values: [1]", HEAD + "values: {a: 1}", HEAD + "vaildFrom: 2020-01-01",
    HEAD + "values: {a: {v: 1, modality: X}}", HEAD + "values: {a: {v: 1, clase: '§1'}}"])
def test_a_document_with_a_wrong_field_is_refused(text):
    with pytest.raises(PolicyUnreadable):
        read_document(text)


@pytest.mark.parametrize("word", ["unset", "inherit"])
def test_unset_and_inherit_leave_a_value_open(word):
    assert read_document(HEAD + f"values: {{a: {{v: {word}}}}}").values["a"].v is None


def test_ten_documents_are_reviewed_and_parents_come_first():
    seen = set()
    for document in reviewed_documents():
        assert document.parent is None or document.parent in seen
        seen.add(document.jurisdiction)
    assert len(DOCUMENTS) == 10


def test_the_example_province_copies_every_value_of_hunan_as_local_without_a_clause():
    hunan, example = (next(d for place, d in DOCUMENTS.items() if place[0] == name) for name in ("HN", "990000"))
    said = [{key: entry.v for key, entry in place.values.items()} for place in (example, hunan)]
    assert said[0] == said[1]
    assert {(entry.source, entry.clause) for entry in example.values.values()} == {("local", None)}
    assert example.values["staffing.fullTimeShare.min"].note == "照抄 HN§17"


def test_local_defaults_carry_no_clause_and_bind_nobody():
    local = DOCUMENTS[FALLBACK, "local.yaml"]
    assert local.source == "local"
    assert {(entry.clause, entry.modality) for entry in local.values.values()} == {(None, "D")}


@pytest.mark.parametrize(("key", "v"), [
    ("window.startOfYear.cutoff", "01-31"), ("window.promptly", {"amount": 10, "calendar": "WORKING_DAYS"}),
    ("window.onTime", {"amount": 10, "calendar": "WORKING_DAYS"}), ("notice.leadDays", 3),
    ("window.suitableTime", {"amount": 30, "calendar": "CALENDAR_DAYS"}),
    ("rectification.item.defaultDeadline", {"amount": 20, "calendar": "WORKING_DAYS"}),
    ("rectification.plan.deadline", {"amount": 10, "calendar": "WORKING_DAYS"}),
    ("rectification.order.deadline", {"amount": 15, "calendar": "WORKING_DAYS"}),
    ("cycle.comprehensive.atEndWindow", {"daysBefore": 180, "daysAfter": 90})])
def test_an_open_question_has_its_local_default(key, v):
    assert DOCUMENTS[FALLBACK, "local.yaml"].values[key].v == v


def test_the_plan_of_shanghai_ends_with_its_year_and_the_trial_of_beijing_is_a_trial():
    shanghai = DOCUMENTS["SH", "004_a0cd7ab8e4526dff.txt"]
    assert (str(shanghai.valid_from), str(shanghai.valid_to)) == ("2020-02-06", "2020-12-31")
    assert DOCUMENTS["BJ", "000_bc162195d46d4b5a.txt"].status == "trial"


def test_no_catalogue_key_is_without_a_value_somewhere():
    assert {key for document in DOCUMENTS.values() for key in document.values} == set(reviewed_keys())
