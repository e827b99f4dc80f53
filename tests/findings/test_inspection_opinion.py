"""InspectionOpinion: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from contracts.findings import inspection_opinion as said
from contracts.values import CalendarKind
from services.chassis.life_cycle import Refused
from services.chassis.official_calendar import official_calendar
from services.findings.domain.inspection_opinion import InspectionOpinion
from tests.kit.cases import AT, POLICY, Case, decide, folded, staff, suite, uid

OPINION, UNIT, ACTIVITY, EDU = uid("stream"), uid("s1"), uid("activity"), uid("edu")
F1, F2 = uid("f1"), uid("f2")
RULE = {"rectification.item.defaultDeadline": {"amount": 20, "calendar": "WORKING_DAYS"}}
DUE = official_calendar().due(AT, 20, CalendarKind.WORKING_DAYS).due_at
NAMED = AT + timedelta(days=3)
ORGANISER = {"activity": SimpleNamespace(state="FIELDWORK_DONE", body_id=uid("office"))}
OTHER = {"activity": SimpleNamespace(state="FIELDWORK_DONE", body_id=uid("city"))}


def found(*states: str, unit: str = "s1") -> dict[str, Any]:
    made = zip((F1, F2), states, strict=False)
    return {**ORGANISER, "number": "督意〔2026〕1号", "findings": {
        key: SimpleNamespace(state=state, activity_id=ACTIVITY, unit_id=uid(unit)) for key, state in made}}


def drafting(kind: str = "OPINION", items: tuple[Any, ...] = (F1, F2)) -> said.DraftOpinion:
    return said.DraftOpinion(
        opinion_id=OPINION, activity_id=ACTIVITY, unit_id=UNIT, kind=said.OpinionKind(kind), items=items)


def demand(key: Any, text: str = "补齐", due_at: Any = None) -> said.OpinionDemand:
    return said.OpinionDemand(finding_id=key, demand=text, due_at=due_at)


def issuing(*demands: said.OpinionDemand, basis: tuple[str, ...] = ("条例§21",)) -> said.IssueOpinion:
    items = demands or (demand(F1), demand(F2, due_at=NAMED))
    return said.IssueOpinion(opinion_id=OPINION, items=items, legal_basis=basis)


def amending(*changes: said.OpinionDemand, reason: str = "复核") -> said.AmendOpinion:
    return said.AmendOpinion(opinion_id=OPINION, changes=changes, reason=reason)


STOOD = found("FED_BACK", "CONFIRMED")
DRAFTED = said.OpinionDrafted(
    opinion_id=OPINION, activity_id=ACTIVITY, unit_id=UNIT, kind=said.OpinionKind.OPINION, items=(F1, F2))
FIRST = said.OpinionItem(finding_id=F1, due_at=DUE, demand="补齐", calendar=CalendarKind.WORKING_DAYS)
SECOND = said.OpinionItem(finding_id=F2, due_at=NAMED, demand="补齐")
ISSUED = said.OpinionIssued(
    opinion_id=OPINION, items=(FIRST, SECOND), legal_basis=("条例§21",), number="督意〔2026〕1号", unit_id=UNIT)
SERVED = said.OpinionServed(opinion_id=OPINION, unit_id=UNIT, copies=(EDU,), served_at=AT)
GUESSED = msgspec.structs.replace(FIRST, provisional=True)
MOVED: dict[str, Any] = {
    "opinion_id": OPINION, "finding_id": F1, "old_due_at": DUE, "new_due_at": DUE + timedelta(days=3),
    "calendar_revision": "2027",
}
LATER = NAMED + timedelta(days=9)
OWN = {"about_own_department": True}

CASES = [
    Case(
        when=drafting(), looked_up=STOOD, then=[DRAFTED],
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": {**STOOD, **OWN}},
            "ITEMS_MISSING": {"when": drafting(items=())},
            "ITEM_OF_ANOTHER_UNIT": {"looked_up": found("FED_BACK", "FED_BACK", unit="s2")},
            "NOT_FED_BACK": {"looked_up": found("FED_BACK", "IN_DEFENCE")},
        },
    ),
    Case(
        given=[DRAFTED], policy=RULE, looked_up=STOOD, when=issuing(), then=[ISSUED],
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": {**STOOD, **OWN}},
            "NOT_ORGANISER": {"by": staff(body="city")},
            "NOT_LISTED": {"when": issuing(demand(F1), demand(F2), demand(uid("f3")))},
            "DEMANDS_INCOMPLETE": {"when": issuing(demand(F1))},
            "DEFENCE_UNDECIDED": {"looked_up": found("FED_BACK", "IN_DEFENCE")},
            "DEMAND_MISSING": {"when": issuing(demand(F1, " "), demand(F2))},
            "DEADLINE_PAST": {"when": issuing(demand(F1, due_at=AT), demand(F2))},
            "LEGAL_BASIS_MISSING": {"when": issuing(basis=(" ",))},
        },
    ),
    Case(
        given=[DRAFTED, ISSUED], looked_up=ORGANISER, then=[SERVED],
        when=said.ServeOpinion(opinion_id=OPINION, copies=(EDU,)),
        refused={
            "NOT_ORGANISER": {"looked_up": OTHER},
            "COPY_MISSING": {
                "policy": {"feedback.cc": ["COMPETENT_DEPARTMENT"]}, "when": said.ServeOpinion(opinion_id=OPINION)},
        },
    ),
    Case(
        given=[DRAFTED, ISSUED, SERVED], looked_up=ORGANISER, when=amending(demand(F2, "整改", LATER)),
        then=[said.OpinionAmended(
            opinion_id=OPINION, reason="复核",
            changes=(said.OpinionItem(finding_id=F2, due_at=LATER, demand="整改"),))],
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": {**ORGANISER, **OWN}},
            "NOT_ORGANISER": {"looked_up": OTHER},
            "REASON_MISSING": {"when": amending(demand(F2), reason=" ")},
            "CHANGES_OF_OTHER_ITEMS": {"when": amending(demand(uid("f3")))},
            "DEMAND_MISSING": {"when": amending(demand(F2, ""))},
            "DEADLINE_PAST": {"when": amending(demand(F2, due_at=AT))},
        },
    ),
    Case(
        given=[DRAFTED, msgspec.structs.replace(ISSUED, items=(GUESSED, SECOND))], by=POLICY,
        when=said.RecalculateOpinionDeadline(**MOVED), then=[said.OpinionDeadlineRecalculated(**MOVED)],
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(InspectionOpinion, CASES)


def test_a_decision_may_be_drafted_to_go_out_with_the_feedback_an_opinion_may_not() -> None:
    early = found("SUBSTANTIATED", "SUBSTANTIATED")
    assert len(decide(InspectionOpinion, Case(when=drafting("DECISION"), looked_up=early, then=[]))) == 1
    with pytest.raises(Refused, match="NOT_FED_BACK"):
        decide(InspectionOpinion, Case(when=drafting(), looked_up=early, then=[]))


def test_a_demand_is_amended_without_moving_its_date() -> None:
    served = (DRAFTED, ISSUED, SERVED)
    case = Case(given=served, looked_up=ORGANISER, when=amending(demand(F1, "换新")), then=[])
    (amended,) = decide(InspectionOpinion, case)
    assert isinstance(amended, said.OpinionAmended)
    assert (amended.changes[0].due_at, amended.changes[0].calendar) == (DUE, CalendarKind.WORKING_DAYS)


def test_the_ids_of_the_items_stay_those_of_the_findings() -> None:
    opinion = folded(InspectionOpinion, Case(given=[DRAFTED, ISSUED], when=issuing(), then=[]))
    assert opinion.items == (F1, F2)
