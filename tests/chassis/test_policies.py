"""A policy value is found by key, by the place of the unit, by the day it happened and by level."""

import json
from datetime import UTC, date, datetime
from fractions import Fraction
from hashlib import sha256
from timeit import repeat

import msgspec
import pytest

from services.chassis.policies import PolicyStore, Standing
from services.chassis.policy_values import PolicyDocument, PolicyEntry, PolicyValue, fraction
from services.registry.policy_documents import reviewed_store

STORE = reviewed_store()
TODAY = date(2026, 3, 2)
HUNAN, BEIJING, SHANGHAI = ("CN", "HN"), ("CN", "BJ"), ("CN", "SH")
WEIHAI = ("CN", "SD", "SD-WH", "SD-WH-EDZ")
COUNTY = ("CN", "990000", "990100", "990101")
RATIO, FLOOR, EXPOSURE = "staffing.inspectorsPerSchool", "staffing.fullTimeShare.min", "exposure.rule"


def document(jurisdiction="CN", valid_from=None, valid_to=None, name="national.txt", levels=(), **values):
    entries = {key.replace("__", "."): PolicyEntry(v=v, modality="M", clause="§1", levels=levels)
               for key, v in values.items()}
    return PolicyDocument(jurisdiction=jurisdiction, kind="NATION", document=name, title="试", status="in-force",
                          valid_from=valid_from, valid_to=valid_to, values=entries)


def v(store, key, path, at=TODAY, tier=None):
    value = store.find(key, path, at, tier)
    return value and (value.v, value.jurisdiction)


def test_exposure_is_unset_in_hunan_own_in_weihai_and_beijing():
    assert STORE.find(EXPOSURE, HUNAN, TODAY) is None
    assert v(STORE, EXPOSURE, WEIHAI) == ("TYPICAL_CASES", "SD-WH-EDZ")
    assert v(STORE, EXPOSURE, BEIJING) == ("MUST_FOR_WEAK_IMPLEMENTATION_AND_VIOLATION", "BJ")


def test_a_national_exposure_rule_once_loaded_is_inherited_by_hunan_alone():
    loaded = STORE.publish(document(exposure__rule="TYPICAL_CASES"))
    assert v(loaded, EXPOSURE, HUNAN) == ("TYPICAL_CASES", "CN")
    assert v(loaded, EXPOSURE, BEIJING)[1] == "BJ"
    assert STORE.find(EXPOSURE, HUNAN, TODAY) is None


def test_weihai_takes_the_ratio_of_the_nation_because_its_text_says_so():
    assert v(STORE, RATIO, WEIHAI) == ("1/5", "CN")


def test_weihai_has_no_order_and_no_cap_in_its_chain():
    assert STORE.find("rectification.order.enabled", WEIHAI, TODAY) is None
    assert STORE.find("staffing.fullTimeShare.max", WEIHAI, TODAY) is None


def test_a_county_of_the_example_province_inherits_from_its_province():
    value = STORE.find(FLOOR, COUNTY, TODAY, "county")
    assert (value.v, value.jurisdiction, value.source, value.clause) == ("3/10", "990000", "local", None)


def test_a_value_for_counties_does_not_answer_a_city():
    assert v(STORE, FLOOR, HUNAN, tier="county") == ("3/10", "HN")
    assert STORE.find(FLOOR, HUNAN, TODAY, "city") is None


def test_the_school_level_text_of_beijing_answers_schools_and_the_general_text_the_rest():
    assert v(STORE, "training.levels", BEIJING, tier="school") == (["MUNICIPAL", "DISTRICT", "SCHOOL"], "BJ")
    assert v(STORE, "training.levels", BEIJING, tier="county") == (["MUNICIPAL", "DISTRICT"], "BJ")
    assert v(STORE, "training.levels", BEIJING) == (["MUNICIPAL", "DISTRICT"], "BJ")


def test_the_plan_of_shanghai_answers_in_its_year_only():
    key = "target.year"
    assert v(STORE, key, SHANGHAI, date(2020, 2, 5)) == (2022, "CN")
    assert v(STORE, key, SHANGHAI, date(2020, 2, 6)) == (2020, "SH")
    assert v(STORE, key, SHANGHAI, date(2020, 12, 31)) == (2020, "SH")
    assert v(STORE, key, SHANGHAI, date(2021, 1, 1)) == (2022, "CN")


def test_an_instant_counts_by_the_chinese_day():
    late = datetime(2020, 12, 31, 16, 0, tzinfo=UTC)
    assert v(STORE, "target.year", SHANGHAI, late) == (2022, "CN")
    assert v(STORE, "target.year", SHANGHAI, late.replace(hour=15)) == (2020, "SH")


def test_a_local_default_answers_last_and_says_so():
    value = STORE.find("rectification.item.defaultDeadline", COUNTY, TODAY)
    assert (value.v, value.jurisdiction, value.source) == ({"amount": 20, "calendar": "WORKING_DAYS"}, "LOCAL", "local")


def test_a_key_nobody_set_is_none_and_not_an_error():
    assert STORE.find("no.such.key", COUNTY, TODAY) is None
    assert PolicyStore().find(RATIO, COUNTY, TODAY) is None


def test_a_new_edition_governs_from_its_first_day_and_older_days_keep_the_older_one():
    store = PolicyStore().publish(document(target__year=2022))
    store = store.publish(document(valid_from=date(2025, 1, 1), target__year=2030))
    older, newer = store.find("target.year", ("CN",), date(2024, 12, 31)), store.find("target.year", ("CN",), TODAY)
    assert (older.v, older.version, newer.v, newer.version) == (2022, 1, 2030, 2)
    assert older.digest != newer.digest


def test_a_key_that_the_new_edition_drops_is_unset_from_its_first_day():
    store = PolicyStore().publish(document(target__year=2022)).publish(document(valid_from=date(2025, 1, 1)))
    assert v(store, "target.year", ("CN",), date(2024, 12, 31)) == (2022, "CN")
    assert store.find("target.year", ("CN",), TODAY) is None


def test_a_correction_of_the_same_day_replaces_and_the_replaced_value_can_still_be_quoted():
    first = PolicyStore().publish(document(target__year=2022))
    quoted = first.find("target.year", ("CN",), TODAY)
    second = first.publish(document(target__year=2030))
    assert v(second, "target.year", ("CN",)) == (2030, "CN")
    assert second.recorded(quoted.digest) == quoted
    assert second.recorded("0" * 64) is None


def test_another_document_of_the_same_place_is_not_a_new_edition():
    store = PolicyStore().publish(document(target__year=2022))
    store = store.publish(document(name="other.txt", draw__doubleRandom=True))
    assert (v(store, "target.year", ("CN",)), v(store, "draw.doubleRandom", ("CN",))) == ((2022, "CN"), (True, "CN"))


def test_publishing_leaves_the_older_store_as_it_was():
    before = PolicyStore().publish(document(target__year=2022))
    before.publish(document(target__year=2030))
    assert v(before, "target.year", ("CN",)) == (2022, "CN")


def test_explain_names_every_place_and_marks_the_one_that_applies():
    said = [(a.jurisdiction, a.standing, a.applies) for a in STORE.explain(RATIO, WEIHAI, TODAY)]
    assert said == [
        ("SD-WH-EDZ", Standing.UNSET, False), ("SD-WH", Standing.UNSET, False), ("SD", Standing.UNSET, False),
        ("CN", Standing.OWN, True), ("LOCAL", Standing.UNSET, False)]
    assert STORE.explain(RATIO, WEIHAI, TODAY)[0].value.note == "按国家规定比例配备"


@pytest.mark.parametrize(("key", "path", "at", "tier", "standing"), [
    (FLOOR, HUNAN, TODAY, "city", Standing.NOT_FOR_THIS_LEVEL), (FLOOR, HUNAN, TODAY, "county", Standing.OWN),
    ("target.year", SHANGHAI, TODAY, None, Standing.EXPIRED),
    ("target.year", SHANGHAI, date(2019, 1, 1), None, Standing.NOT_YET),
    (EXPOSURE, HUNAN, TODAY, None, Standing.UNSET)])
def test_explain_says_why_a_place_does_not_answer(key, path, at, tier, standing):
    assert STORE.explain(key, path, at, tier)[0].standing is standing


def test_explain_and_find_agree_on_every_key_and_place():
    keys = {key for known in STORE.documents for key in known.values}
    for key in keys:
        for path in (HUNAN, BEIJING, SHANGHAI, WEIHAI, COUNTY):
            for tier in (None, "county", "school"):
                applied = [answer.value for answer in STORE.explain(key, path, TODAY, tier) if answer.applies]
                assert (applied or [None]) == [STORE.find(key, path, TODAY, tier)]


def test_the_lineage_ends_before_a_loop():
    looped = PolicyStore().publish(msgspec.structs.replace(document("A"), parent="B"))
    looped = looped.publish(msgspec.structs.replace(document("B"), parent="A"))
    assert looped.lineage("A") == ("A", "B")
    assert STORE.lineage("SD-WH-EDZ") == ("SD-WH-EDZ", "SD-WH", "SD", "CN")


def test_the_digest_is_the_same_for_the_same_value_and_can_be_recomputed_by_anyone():
    value = STORE.find(RATIO, HUNAN, TODAY)
    assert value.digest == reviewed_store().find(RATIO, HUNAN, TODAY).digest
    plain = {name: part for name, part in msgspec.to_builtins(value).items() if name != "digest"}
    by_hand = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert sha256(by_hand.encode()).hexdigest() == value.digest


@pytest.mark.parametrize("changed", [
    {"v": "1/4"}, {"modality": "M"}, {"clause": "§18"}, {"levels": ("county",)}, {"source": "local"},
    {"valid_from": date(2026, 1, 1)}, {"valid_to": date(2026, 1, 1)}, {"note": "注"}])
def test_a_digest_changes_with_every_field(changed):
    entry = PolicyEntry(v="1/5", modality="P", clause="§17")
    plain = PolicyValue.issued(document(), RATIO, entry, 1)
    assert PolicyValue.issued(document(), RATIO, msgspec.structs.replace(entry, **changed), 1).digest != plain.digest


def test_a_third_is_a_third_and_a_float_is_refused():
    assert fraction(STORE.find(RATIO, BEIJING, TODAY)) == Fraction(1, 3)
    assert fraction(1) == 1
    for wrong in (0.2, True, None):
        with pytest.raises(TypeError):
            fraction(wrong)


def test_a_look_up_takes_microseconds():
    """Typical is 1–2 µs; the bound leaves room for a busy machine and still catches a search through documents."""
    best = min(repeat(lambda: STORE.find(FLOOR, COUNTY, TODAY, "county"), number=2_000, repeat=5)) / 2_000
    assert best < 5e-6
