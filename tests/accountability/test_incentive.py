"""Incentive: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec

from contracts.accountability import incentive as said
from services.accountability.domain.incentive import Incentive
from tests.kit.cases import AT, Case, decide, suite, uid

INCENTIVE, UNIT, RESULT = uid("stream"), uid("s1"), uid("evaluation")
OF: dict[str, Any] = {"incentive_id": INCENTIVE}
PERIOD = {"incentive.publicity.period": {"amount": 5, "calendar": "WORKING_DAYS"}}
UNTIL = date(2026, 3, 9)
AFTER = AT + timedelta(days=8)
BLOCKED = {
    "OPEN_SEVERE_ITEM": {"looked_up": {"severe_items": [uid("item")]}},
    "OPEN_CASE": {"looked_up": {"open_cases": [uid("case")]}},
    "CIRCULAR_IN_FORCE": {"looked_up": {"circulars": [uid("circular")]}},
}
PROPOSED = said.IncentiveProposed(
    subject_id=UNIT, form=said.IncentiveForm.COMMENDATION, basis_ids=(RESULT,), **OF)
PUBLICISED = said.IncentivePublicised(until=UNTIL, **OF)
GRANTED = said.IncentiveGranted(granted_by=uid("office"), at=AFTER, **OF)
PROPOSE = said.ProposeIncentive(subject_id=UNIT, form=said.IncentiveForm.COMMENDATION, basis_ids=(RESULT,), **OF)
GRANTING = Case(
    given=(PROPOSED, PUBLICISED), when=said.GrantIncentive(**OF), then=[GRANTED], at=AFTER,
    refused={**BLOCKED, "PUBLICITY_RUNNING": {"at": AT}},
)
CASES = [
    Case(
        when=PROPOSE, then=[PROPOSED], looked_up={"grades": {RESULT: "EXCELLENT"}},
        refused={
            **BLOCKED,
            "BASIS_MISSING": {"when": msgspec.structs.replace(PROPOSE, basis_ids=())},
            "RESULT_NOT_EXCELLENT": {"looked_up": {"grades": {RESULT: "GOOD"}}},
        },
    ),
    Case(
        given=(PROPOSED,), when=said.PublicizeIncentive(until=UNTIL, **OF), then=[PUBLICISED], policy=PERIOD,
        refused={"PUBLICITY_TOO_SHORT": {"when": said.PublicizeIncentive(until=date(2026, 3, 8), **OF)}},
    ),
    GRANTING,
    Case(
        given=(PROPOSED, PUBLICISED, GRANTED), when=said.RevokeIncentive(reason="虚假整改", **OF),
        looked_up={"overturned": True}, then=[said.IncentiveRevoked(reason="虚假整改", **OF)],
        refused={
            "REASON_MISSING": {"when": said.RevokeIncentive(reason="", **OF)},
            "NOTHING_OVERTURNED": {"looked_up": {"overturned": False}},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(Incentive, CASES)


def test_an_incentive_that_was_not_publicised_may_be_granted_where_nobody_asks_for_it() -> None:
    assert decide(Incentive, replace(GRANTING, given=(PROPOSED,))) == (GRANTED,)


def test_without_a_local_period_publicity_only_has_to_end_in_the_future() -> None:
    soon = replace(CASES[1], policy={}, when=said.PublicizeIncentive(until=date(2026, 3, 2), **OF))
    assert decide(Incentive, soon) == (said.IncentivePublicised(until=date(2026, 3, 2), **OF),)
