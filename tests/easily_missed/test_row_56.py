"""Row 56: Beijing has two documents; the one on trial says so, and three and four levels stand side by side."""

from datetime import date

from services.registry.policy_documents import reviewed_store

DAY, BEIJING = date(2026, 3, 2), ("CN", "BJ")
TRIAL, REFORM = "000_bc162195d46d4b5a.txt", "002_c9dd5b83e8f0b4d3.txt"


def test_row_56_both_documents_are_loaded_and_one_is_on_trial() -> None:
    held = {one.document: one.status for one in reviewed_store().documents if one.jurisdiction == "BJ"}
    assert held == {TRIAL: "trial", REFORM: "in-force"}


def test_row_56_a_value_of_the_trial_document_is_marked_trial() -> None:
    found = reviewed_store().find("internalReport.channels.required", BEIJING, DAY, "school")
    assert found is not None
    assert (found.document, found.status) == (TRIAL, "trial")


def test_row_56_schools_share_on_three_levels_and_the_reform_on_four() -> None:
    store = reviewed_store()
    school, district = (store.find("platform.levels", BEIJING, DAY, tier) for tier in ("school", "county"))
    assert school is not None and district is not None
    assert (len(school.v["levels"]), school.document) == (3, TRIAL)
    assert (len(district.v["levels"]), district.document) == (4, REFORM)
