"""ResponsibilityArea: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import date
from typing import Any

from contracts.personnel import responsibility_area as said
from services.personnel.domain.responsibility_area import ResponsibilityArea
from tests.kit.cases import POLICY, Case, decide, folded, staff, suite, uid

AREA, OFFICE, S1, S2, S3, WANG = (uid(name) for name in ("stream", "office", "s1", "s2", "s3", "wang"))
STRANGER = {"NOT_OWN_AREA": {"by": staff("he", body="other")}}
POST: dict[str, Any] = {
    "area_id": AREA, "inspector_id": WANG, "mode": said.PostingMode.RESIDENT, "from_": date(2026, 3, 1),
    "to": date(2026, 8, 31),
}


def establishing(**changed: Any) -> said.EstablishArea:
    return said.EstablishArea(
        **{"area_id": AREA, "body_id": OFFICE, "schools": (S1, S2), "inspectors": (WANG,), **changed})


def adjusting(**changed: Any) -> said.AdjustArea:
    return said.AdjustArea(**{"area_id": AREA, "added": (S3,), "removed": (S1,), "reason": "布局调整", **changed})


ESTABLISHED = said.AreaEstablished(area_id=AREA, body_id=OFFICE, schools=(S1, S2), inspectors=(WANG,))
ADJUSTED = said.AreaAdjusted(area_id=AREA, added=(S3,), removed=(S1,), reason="布局调整")
EMPTIED = said.AreaAdjusted(area_id=AREA, added=(), removed=(S1, S2), reason="划入其他责任区")
DISSOLVE = said.DissolveArea(area_id=AREA, successors=(uid("b"),))

CASES = [
    Case(when=establishing(), then=[ESTABLISHED], refused={
        **STRANGER,
        "SCHOOL_MISSING": {"when": establishing(schools=())},
        "INSPECTOR_MISSING": {"when": establishing(inspectors=())},
        "SCHOOL_OUT_OF_SCOPE": {"looked_up": {"schools_outside": [S2]}},
        "INSPECTORS_NOT_ACTIVE": {"looked_up": {"not_active": [WANG]}},
    }),
    Case(given=[ESTABLISHED], when=adjusting(), looked_up={"elsewhere": {S1}}, then=[ADJUSTED], refused={
        **STRANGER,
        "REASON_MISSING": {"when": adjusting(reason="")},
        "NOTHING_TO_ADJUST": {"when": adjusting(added=(), removed=())},
        "NOT_IN_AREA": {"when": adjusting(removed=(S3,))},
        "SCHOOL_OUT_OF_SCOPE": {"looked_up": {"elsewhere": {S1}, "schools_outside": [S3]}},
        "SCHOOL_LEFT_WITHOUT_AREA": {"looked_up": {}},
    }),
    Case(given=[ESTABLISHED], when=said.PostInspector(**POST), looked_up={"inspector_state": "ACTIVE"},
         then=[said.InspectorPosted(**POST)], refused={
        **STRANGER,
        "INSPECTOR_NOT_ACTIVE": {"looked_up": {"inspector_state": "SUSPENDED"}},
        "DATES_REVERSED": {"when": said.PostInspector(**{**POST, "to": date(2026, 2, 1)})},
    }),
    Case(given=[ESTABLISHED, EMPTIED], when=DISSOLVE, then=[said.AreaDissolved(area_id=AREA, successors=(uid("b"),))],
         refused={**STRANGER, "SCHOOLS_NOT_REASSIGNED": {"given": [ESTABLISHED]}}),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(ResponsibilityArea, CASES)


def test_an_area_holds_what_stayed_and_what_came() -> None:
    area = folded(ResponsibilityArea, Case(given=[ESTABLISHED, ADJUSTED], when=DISSOLVE, then=[]))
    assert area.schools == (S2, S3)


def test_a_policy_takes_out_what_is_gone() -> None:
    gone = adjusting(added=(), removed=(S1,), reason="学校撤销")
    assert len(decide(ResponsibilityArea, Case(given=[ESTABLISHED], by=POLICY, when=gone, then=[]))) == 1
