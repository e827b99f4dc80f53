"""MonitoringDataSet: every row of its two tables is accepted, quiet, refused elsewhere and guarded."""

import hashlib
from typing import Any

import pytest

from contracts.findings import monitoring_data_set as said
from contracts.record import event_id
from services.chassis.life_cycle import Refused
from services.findings.domain.monitoring_data_set import MonitoringDataSet
from tests.kit.cases import Case, decide, suite, uid, unit_user

SET, UNIT = uid("stream"), uid("s1")
SOURCE = event_id(SET, 1)
FROZEN_HASH = hashlib.sha256(b"students:h\n").hexdigest()
OWN: dict[str, Any] = {"INSPECTED_DEPARTMENT": {"looked_up": {"about_own_department": True}}}


def collecting(element: str = "students", value_hash: str = "h") -> said.CollectElement:
    return said.CollectElement(
        data_set_id=SET, element_id=element, unit_id=UNIT, period="2026", value_hash=value_hash,
        source=said.ElementSource.FILLED_IN)


def reusing(source: Any = SOURCE, campaign: str = "second") -> said.ReuseElement:
    return said.ReuseElement(
        data_set_id=SET, element_id="students", campaign_id=uid(campaign), reused_from_event_id=source)


def rejecting(rule: str = "R1") -> said.RejectElement:
    return said.RejectElement(data_set_id=SET, element_id="students", rule=rule, message="与学籍数不符")


COLLECTED = said.DataCollected(
    data_set_id=SET, element_id="students", unit_id=UNIT, period="2026", value_hash="h",
    source=said.ElementSource.FILLED_IN)
REUSED = said.DataReused(
    element_id="students", unit_id=UNIT, campaign_id=uid("second"), reused_from_event_id=event_id(SET, 1))
VALIDATED = said.DataValidated(element_id="students", unit_id=UNIT, validator_id=uid("li"))
REJECTED = said.DataRejected(element_id="students", unit_id=UNIT, rule="R1", message="与学籍数不符")
FROZEN = said.DataFrozen(data_set_id=SET, period="2026", hash=FROZEN_HASH)
VALIDATE = said.ValidateElement(data_set_id=SET, element_id="students")
FREEZE = said.FreezeDataSet(data_set_id=SET)
OVER = [COLLECTED, VALIDATED, FROZEN]
COLLECT_REFUSED: dict[str, Any] = {
    "UNIT_FOREIGN": {"by": unit_user(unit="s2")}, "ELEMENT_UNKNOWN": {"when": collecting("学生数")},
    "VALUE_HASH_MISSING": {"when": collecting(value_hash="")},
}

CASES = [
    Case(
        when=collecting(), by=unit_user(), then=[COLLECTED],
        refused={**COLLECT_REFUSED, "SET_FROZEN": {"given": OVER, "when": collecting("teachers")}},
    ),
    Case(
        given=[COLLECTED, REJECTED], by=unit_user(), when=collecting(value_hash="h2"),
        then=[said.DataCollected(
            data_set_id=SET, element_id="students", unit_id=UNIT, period="2026", value_hash="h2",
            source=said.ElementSource.FILLED_IN)],
        refused={
            "UNIT_FOREIGN": {"by": unit_user(unit="s2")},
            "ELEMENT_UNKNOWN": {"given": [COLLECTED], "when": collecting("学生数")},
            "VALUE_HASH_MISSING": {"when": collecting(value_hash="")},
            "SET_FROZEN": {"given": [*OVER, REJECTED]},
        },
    ),
    Case(
        given=[COLLECTED], when=reusing(), then=[REUSED],
        refused={
            "SOURCE_NOT_COLLECTED": {"when": reusing(event_id(SET, 9))},
            "CAMPAIGN_ASKS_OTHERWISE": {"looked_up": {"asked": ("teachers",)}},
        },
    ),
    Case(given=[COLLECTED], when=VALIDATE, then=[VALIDATED],
         refused={**OWN, "SET_FROZEN": {"given": [*OVER, COLLECTED]}}),
    Case(given=[COLLECTED], when=rejecting(), then=[REJECTED],
         refused={**OWN, "RULE_MISSING": {"when": rejecting(" ")}, "SET_FROZEN": {"given": OVER}}),
    Case(given=[COLLECTED, VALIDATED], when=FREEZE, then=[FROZEN],
         refused={"ELEMENT_NOT_AUDITED": {"given": [COLLECTED]}}),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(MonitoringDataSet, CASES)


def test_another_form_with_the_same_element_is_refused_not_filled_in_again() -> None:
    for given in ([COLLECTED], [COLLECTED, VALIDATED], [COLLECTED, REUSED]):
        with pytest.raises(Refused, match="STATE_NOT_ALLOWED"):
            decide(MonitoringDataSet, Case(given=given, when=collecting(value_hash="other"), then=[]))


def test_a_figure_that_was_rejected_may_be_filled_in_again_as_it_was() -> None:
    assert decide(MonitoringDataSet, Case(given=[COLLECTED, REJECTED], when=collecting(), then=[])) == (COLLECTED,)


def test_a_third_campaign_reuses_too_and_each_of_them_once() -> None:
    third = Case(given=[COLLECTED, REUSED], when=reusing(campaign="third"), then=[])
    assert len(decide(MonitoringDataSet, third)) == 1
    again = Case(given=[COLLECTED, REUSED, *decide(MonitoringDataSet, third)], when=reusing(), then=[])
    assert decide(MonitoringDataSet, again) == ()
