"""The reviewed files hold every cell of the table of numbers and rules, each with its clause."""

import json
import re
from pathlib import Path

import pytest

from services.registry.policy_documents import reviewed_documents, reviewed_keys

FIXTURES = Path(__file__).parent / "fixtures"
CELLS: dict[str, dict[str, str]] = json.loads((FIXTURES / "policy_cells.json").read_text("utf-8"))
COLUMNS = {"HN": "HN", "BJ": "BJ", "WH": "SD-WH-EDZ", "SH": "SH", "CN": "CN"}
DOCUMENTS = reviewed_documents()

# Cells in words only: the text speaks, but gives no value; the entry stands there with its clause and v unset.
OPEN = {
    ("staffing.inspectorsPerSchool", "WH"), ("staffing.fullTimeShare.max", "WH"), ("exposure.rule", "HN"),
    ("appointment.retired.maxYearsSinceRetirement", "HN"), ("appointment.retired.maxYearsSinceRetirement", "BJ"),
    ("draw.doubleRandom", "WH"), ("rectification.order.enabled", "WH"), ("units.trainingInstitutions", "BJ"),
    ("rectification.publication.by", "CN"),
}
# A cell that says two things is kept as two keys.
ALSO = {"burden.strength": ["burden.prohibitions"], "draw.doubleRandom": ["lookback.selection.random"]}

NUMBERS = [
    ("staffing.inspectorsPerSchool", "HN", "1/5"), ("staffing.inspectorsPerSchool", "BJ", "1/3"),
    ("staffing.inspectorsPerSchool", "CN", "1/5"), ("staffing.largeSchool.inspectorsPerSchool", "BJ", "1/1"),
    ("staffing.largeSchool.inspectorsPerSchool", "CN", "1/1"), ("staffing.fullTimeShare.min", "HN", "3/10"),
    ("staffing.fullTimeShare.min", "WH", "3/10"), ("staffing.fullTimeShare.max", "HN", "1/3"),
    ("appointment.retired.maxYearsSinceRetirement", "WH", 3), ("training.minHoursPerYear", "WH", 40),
    ("training.minHoursPerYear", "CN", 40), ("appointment.partTime.termYears", "CN", 3),
    ("appointment.partTime.maxConsecutiveTerms", "CN", 3), ("committee.plenary.minPerYear", "WH", 1),
    ("cycle.comprehensive.school", "HN", {"anchor": "PRINCIPAL_TERM", "window": "AT_END", "count": 1}),
    ("cycle.comprehensive.school", "BJ", {"anchor": "PRINCIPAL_TERM", "window": "WITHIN", "count": 1}),
    ("cycle.comprehensive.school", "WH", {"anchor": "SCHOOL_YEAR", "count": 1}),
    ("cycle.comprehensive.committee", "BJ", {"anchor": "CALENDAR_YEAR", "min": 1}),
    ("cycle.routineVisit", "CN", {"anchor": "TERM", "min": 2}), ("draw.doubleRandom", "HN", True),
    ("rectification.order.enabled", "HN", True), ("rectification.order.enabled", "BJ", True),
    ("accountability.private.revokeLicence", "HN", {"tier": "B", "effect": "MUST"}),
    ("accountability.private.revokeLicence", "BJ", {"effect": "MAY", "condition": "BY_SEVERITY"}),
    ("exposure.rule", "BJ", "MUST_FOR_WEAK_IMPLEMENTATION_AND_VIOLATION"), ("exposure.rule", "WH", "TYPICAL_CASES"),
    ("target.year", "HN", 2022), ("target.year", "BJ", 2022), ("target.year", "WH", 2022), ("target.year", "SH", 2020),
]
COUNTS = [("interview.grounds", "HN", 7), ("interview.grounds", "BJ", 7), ("interview.grounds", "WH", 6),
          ("interview.grounds", "CN", 6), ("filing.kinds", "HN", 3), ("filing.kinds", "BJ", 3),
          ("filing.kinds", "WH", 5),
          ("circular.recipients", "HN", 3), ("circular.recipients", "BJ", 3), ("circular.recipients", "WH", 3)]


def entries(key, column):
    return [document.values[key] for document in DOCUMENTS
            if document.jurisdiction == COLUMNS[column] and key in document.values]


def silent(cell):
    return cell == "-" or cell.startswith("- (")


def cells(wanted):
    return [(key, column) for key, row in CELLS.items() for column, cell in row.items() if silent(cell) is wanted]


def test_the_table_has_44_keys_in_five_columns():
    assert len(CELLS) == 44
    assert all(list(row) == list(COLUMNS) for row in CELLS.values())


@pytest.mark.parametrize(("key", "column"), cells(True))
def test_where_the_text_is_silent_the_value_is_unset(key, column):
    assert [entry.v for entry in entries(key, column) if entry.v is not None] == []


@pytest.mark.parametrize(("key", "column"), cells(False))
def test_where_the_text_speaks_the_file_has_an_entry(key, column):
    is_open = [entry.v is None for entry in entries(key, column)]
    assert is_open and all(is_open) is ((key, column) in OPEN)


@pytest.mark.parametrize(("key", "column"), cells(False))
def test_every_clause_of_a_cell_stands_in_its_entry(key, column):
    named = set(re.findall(r"§[一二三四五\d]+(?:\([一二三四五六七八]\))?(?:¶\d)?", CELLS[key][column]))
    written = {part.strip() for name in (key, *ALSO.get(key, [])) for entry in entries(name, column)
               for part in (entry.clause or "").split(",")}
    assert named <= written


@pytest.mark.parametrize(("key", "column", "v"), NUMBERS)
def test_a_number_is_the_number_of_the_text(key, column, v):
    assert v in [entry.v for entry in entries(key, column)]


@pytest.mark.parametrize(("key", "column", "count"), COUNTS)
def test_a_list_has_as_many_items_as_the_text(key, column, count):
    assert [len(entry.v) for entry in entries(key, column)] == [count]


def test_the_county_band_of_hunan_is_a_hard_floor_and_a_cap_in_principle():
    (least,), (most,) = entries("staffing.fullTimeShare.min", "HN"), entries("staffing.fullTimeShare.max", "HN")
    assert (least.modality, least.levels) == ("M", ("county",))
    assert (most.modality, most.levels) == ("P", ("county",))


def test_background_values_are_marked_as_background():
    assert {document.source for document in DOCUMENTS if document.jurisdiction == "CN"} == {"background"}


def test_every_key_of_the_table_is_in_the_catalogue_with_a_chinese_label():
    keys = reviewed_keys()
    assert set(CELLS) <= set(keys)
    assert all(re.search(r"[\u4e00-\u9fff]", spec.label) for spec in keys.values())


def test_the_citation_conflict_is_recorded_on_both_sides():
    cited = {document.jurisdiction: document.cites[0] for document in DOCUMENTS if document.cites}
    assert {place: citation.number for place, citation in cited.items()} == {
        "HN": "厅字〔2020〕1号", "BJ": "厅字〔2020〕1号", "SD-WH-EDZ": "厅字〔2021〕1号"}
    assert all(citation.note.startswith("CONFLICT") for citation in cited.values())
