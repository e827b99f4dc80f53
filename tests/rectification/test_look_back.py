"""LookBack: every row of its two tables is accepted, quiet, refused elsewhere and guarded."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from contracts.rectification import look_back as said
from contracts.values import CalendarKind
from services.chassis.life_cycle import Refused
from services.rectification.domain.look_back import LookBack
from tests.kit.cases import AT, Case, decide, folded, staff, suite, uid

LOOK, ITEM, OTHER = uid("stream"), uid("item"), uid("other item")
LATER = AT + timedelta(days=30)
CHECKER = {"by": staff("sun")}
VERIFIED_BY = {"verifiers": {ITEM: uid("wang")}, "unit_id": uid("s1"), "original_verifier_id": uid("wang")}
ITS_OWN_CHECKER = {"by": staff("wang")}
SCHEDULED = said.LookBackScheduled(
    look_back_id=LOOK, item_ids=(ITEM,), kind=said.LookBackKind.LOOK_BACK, selection=said.Selection.RANDOM,
    draw_id=uid("draw"),
)
METHODS = (said.LookBackMethod.DOCUMENT, said.LookBackMethod.ON_SITE)
PERFORMED = said.LookBackPerformed(
    look_back_id=LOOK, checker_id=uid("sun"), methods=METHODS, evidence_hashes=("e3",), at=AT,
)
SUSTAINED = said.LookBackSustained(look_back_id=LOOK, item_id=ITEM)
ALLEGED = said.FalseRectificationAlleged(
    look_back_id=LOOK, item_id=ITEM, unit_id=uid("s1"), contradictions=("照片为他校所摄",),
)
DONE = (SCHEDULED, PERFORMED)

SCHEDULE: dict[str, Any] = {"look_back_id": LOOK, "item_ids": (ITEM,), "draw_id": uid("draw")}
DRAWN = said.ScheduleLookBack(selection=said.Selection.RANDOM, **SCHEDULE)
PERFORM = said.PerformLookBack(look_back_id=LOOK, methods=METHODS, evidence_hashes=("e3",))
ALLEGE = said.AllegeFalseRectification(look_back_id=LOOK, item_id=ITEM, contradictions=("照片为他校所摄",))
ESTABLISH = said.EstablishFalseRectification(
    look_back_id=LOOK, item_id=ITEM, evidence_hashes=("e4", "e5"), heard_at=AT,
)
DISMISS = said.DismissFalseRectification(
    look_back_id=LOOK, item_id=ITEM, reasons="照片日期有误", outcome=said.DismissalOutcome.SUSTAINED,
)
LOTS: dict[str, Any] = {
    "eligible": frozenset({ITEM}), "units": {ITEM: uid("s1")}, "drawn": SimpleNamespace(units=(uid("s1"),))}
SCHEDULING = Case(
    when=DRAWN, then=[SCHEDULED], looked_up=LOTS,
    policy={"lookback.scope": ["UPPER_LEVEL", "OWN_LEVEL"]},
    refused={
        "ITEMS_MISSING": {"when": msgspec.structs.replace(DRAWN, item_ids=())},
        "ITEM_NOT_ELIGIBLE": {"looked_up": {"eligible": frozenset()}},
        "OUTSIDE_OWN_AREA": {
            "policy": {"lookback.scope": ["OWN_AREA"]},
            "looked_up": {"eligible": frozenset({ITEM}), "outside": frozenset({ITEM})},
        },
        "DRAW_NOT_EXECUTED": {"looked_up": {**LOTS, "drawn": None}},
        "ITEM_NOT_DRAWN": {"looked_up": {**LOTS, "drawn": SimpleNamespace(units=(uid("s2"),))}},
        "DRAW_MISSING": {"when": msgspec.structs.replace(DRAWN, draw_id=None)},
        "DUE_IN_PAST": {"when": msgspec.structs.replace(DRAWN, due_at=AT)},
    },
)
CASES = [
    SCHEDULING,
    Case(
        given=(SCHEDULED,), when=PERFORM, then=[PERFORMED], looked_up=VERIFIED_BY, **CHECKER,
        policy={"lookback.methods.required": ["DOCUMENT", "ON_SITE"]},
        refused={
            "SAME_CHECKER": ITS_OWN_CHECKER,
            "METHODS_MISSING": {"when": msgspec.structs.replace(PERFORM, methods=METHODS[:1])},
            "EVIDENCE_MISSING": {"when": msgspec.structs.replace(PERFORM, evidence_hashes=())},
        },
    ),
    Case(
        given=DONE, when=said.DecideSustained(look_back_id=LOOK, item_id=ITEM), then=[SUSTAINED],
        looked_up=VERIFIED_BY, **CHECKER,
        refused={"SAME_CHECKER": ITS_OWN_CHECKER, "NOT_PERFORMED": {"given": (SCHEDULED,)}},
    ),
    Case(
        given=DONE, when=said.DecideRebounded(look_back_id=LOOK, item_id=ITEM, description="又缺三天"),
        then=[said.LookBackRebounded(look_back_id=LOOK, item_id=ITEM, description="又缺三天")],
        looked_up=VERIFIED_BY, **CHECKER,
        refused={
            "SAME_CHECKER": ITS_OWN_CHECKER,
            "NOT_PERFORMED": {"given": (SCHEDULED,)},
            "DESCRIPTION_MISSING": {
                "when": said.DecideRebounded(look_back_id=LOOK, item_id=ITEM, description=" "),
            },
        },
    ),
    Case(
        given=DONE, when=ALLEGE, then=[ALLEGED], looked_up=VERIFIED_BY, **CHECKER,
        refused={
            "NOT_PERFORMED": {"given": (SCHEDULED,)},
            "NEVER_VERIFIED": {"looked_up": {"verifiers": {}}},
            "CONTRADICTION_MISSING": {"when": msgspec.structs.replace(ALLEGE, contradictions=())},
        },
    ),
    Case(
        given=(*DONE, ALLEGED), when=ESTABLISH, looked_up=VERIFIED_BY, **CHECKER,
        then=[said.FalseRectificationEstablished(
            look_back_id=LOOK, item_id=ITEM, unit_id=uid("s1"), original_verifier_id=uid("wang"),
            evidence_hashes=("e4", "e5"), heard_at=AT)],
        refused={
            "SAME_CHECKER": ITS_OWN_CHECKER,
            "TOO_FEW_EVIDENCES": {"when": msgspec.structs.replace(ESTABLISH, evidence_hashes=("e4", "e4"))},
            "UNIT_NOT_HEARD": {"when": msgspec.structs.replace(ESTABLISH, heard_at=None)},
        },
    ),
    Case(
        given=(*DONE, ALLEGED), when=DISMISS, looked_up=VERIFIED_BY, **CHECKER,
        then=[said.FalseRectificationDismissed(
            look_back_id=LOOK, item_id=ITEM, reasons="照片日期有误", outcome=said.DismissalOutcome.SUSTAINED)],
        refused={
            "SAME_CHECKER": ITS_OWN_CHECKER,
            "REASONS_MISSING": {"when": msgspec.structs.replace(DISMISS, reasons="")},
            "OUTCOME_MISSING": {"when": msgspec.structs.replace(DISMISS, outcome=None)},
        },
    ),
    Case(
        given=(*DONE, SUSTAINED), when=said.ReportLookBack(look_back_id=LOOK, to_body_ids=(uid("city"),)),
        then=[said.LookBackReported(look_back_id=LOOK, to_body_ids=(uid("city"),), published_at=AT)],
        policy={"lookback.publication.by": ["BODY"]},
        refused={"ITEM_UNDECIDED": {"given": (*DONE, ALLEGED)}},
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(LookBack, CASES)


@pytest.mark.parametrize("outcome", said.DismissalOutcome)
def test_a_dismissed_allegation_leaves_the_item_as_the_decision_says(outcome: said.DismissalOutcome) -> None:
    dismissed = said.FalseRectificationDismissed(look_back_id=LOOK, item_id=ITEM, reasons="x", outcome=outcome)
    look_back = folded(LookBack, Case(given=(*DONE, ALLEGED, dismissed), when=PERFORM, then=()))
    assert look_back.items[str(ITEM)].state == outcome.value


def test_a_date_named_is_a_natural_date() -> None:
    (event,) = decide(LookBack, replace(SCHEDULING, when=msgspec.structs.replace(DRAWN, due_at=LATER)))
    assert event.calendar is CalendarKind.NATURAL_DATE


def test_an_item_that_is_not_looked_at_cannot_be_decided() -> None:
    with pytest.raises(Refused) as refusal:
        decide(LookBack, replace(CASES[2], when=said.DecideSustained(look_back_id=LOOK, item_id=OTHER)))
    assert refusal.value.code == "NOT_FOUND"


def test_its_items_are_found_by_their_list_and_not_by_the_look_back() -> None:
    assert list(folded(LookBack, Case(given=DONE, when=PERFORM, then=())).entity_keys()) == []
