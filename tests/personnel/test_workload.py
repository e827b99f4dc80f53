"""WorkloadStatement, WorkloadQuota, CareerExchange and Reward: each row accepted, quiet, refused and guarded."""

from datetime import UTC, datetime
from typing import Any

from contracts.personnel import career_exchange, reward, workload_quota, workload_statement
from services.personnel.domain.career_exchange import CareerExchange
from services.personnel.domain.reward import Reward
from services.personnel.domain.workload_quota import WorkloadQuota
from services.personnel.domain.workload_statement import WorkloadStatement
from tests.kit.cases import Case, decide, staff, suite, uid

WANG, OFFICE = uid("wang"), uid("office")
WHO: dict[str, Any] = {"inspector_id": WANG, "year": 2026}
HUNAN = {"workload.coversResults": True, "workload.hoursPerDay": 8}
DONE = {"activities": 2, "days": 6, "findings": 3}
CERTIFY = workload_statement.CertifyWorkload(**WHO)
CERTIFIED = workload_statement.WorkloadCertified(
    activities=2, hours=48, results={"findings": 3}, covers_results=True, **WHO)

STATEMENT_CASES = [
    Case(when=CERTIFY, policy=HUNAN, looked_up={"work_done": DONE}, then=[CERTIFIED],
         refused={"NO_CLOSED_ACTIVITY": {"looked_up": {"work_done": {"activities": 0}}}}),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, no_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(
    WorkloadStatement, STATEMENT_CASES)


def test_hunan_certifies_results_and_weihai_the_work_only() -> None:
    weihai = {"workload.coversResults": False, "workload.hoursPerDay": 8}
    (made,) = decide(WorkloadStatement, Case(when=CERTIFY, policy=weihai, looked_up={"work_done": DONE}, then=[]))
    assert (made.covers_results, made.results, made.hours) == (False, {}, 48)


def test_more_closed_activities_are_certified_anew() -> None:
    more = {"work_done": {**DONE, "activities": 3}}
    (made,) = decide(WorkloadStatement, Case(given=[CERTIFIED], when=CERTIFY, policy=HUNAN, looked_up=more, then=[]))
    assert made.activities == 3


def setting(quota: int) -> workload_quota.SetQuota:
    return workload_quota.SetQuota(quota=quota, **WHO)


PART_TIME: dict[str, Any] = {"inspector_state": "ACTIVE", "part_time": True}
QUOTA_CASES = [
    Case(when=setting(20), looked_up=PART_TIME, then=[workload_quota.WorkloadQuotaSet(quota=20, **WHO)], refused={
        "NOT_IN_SERVICE": {"looked_up": {**PART_TIME, "inspector_state": "EXITED"}},
        "NOT_PART_TIME": {"looked_up": {**PART_TIME, "part_time": False}},
        "QUOTA_OUT_OF_RANGE": {"when": setting(367)},
    }),
]

(test_the_right_events_follow_quota, test_said_again_it_is_quiet_quota, no_other_state_quota,
 test_each_guard_refuses_by_its_code_quota, test_no_hole_quota) = suite(WorkloadQuota, QUOTA_CASES)

EXCHANGE: dict[str, Any] = {
    "person_id": WANG, "from_post": "副校长", "to_post": "专职督学", "school_id": uid("s1"),
    "at": datetime(2026, 1, 5, tzinfo=UTC),
}


def recording(**changed: Any) -> career_exchange.RecordExchange:
    return career_exchange.RecordExchange(**{**EXCHANGE, **changed})


EXCHANGE_CASES = [
    Case(when=recording(), then=[career_exchange.CareerExchangeRecorded(**EXCHANGE)], refused={
        "POST_MISSING": {"when": recording(to_post="")},
        "EXCHANGE_IN_FUTURE": {"when": recording(at=datetime(2026, 4, 1, tzinfo=UTC))},
    }),
]

(test_the_right_events_follow_exchange, test_said_again_it_is_quiet_exchange, no_other_state_exchange,
 test_each_guard_refuses_by_its_code_exchange, test_no_hole_exchange) = suite(CareerExchange, EXCHANGE_CASES)

GRANT: dict[str, Any] = {
    "reward_id": uid("stream"), "inspector_id": WANG, "form": reward.RewardForm.COMMENDATION, "reason": "实绩突出",
}
REWARD_CASES = [
    Case(when=reward.GrantReward(**GRANT), looked_up={"inspector_state": "ACTIVE"},
         then=[reward.InspectorRewarded(granted_by=OFFICE, **GRANT)], refused={
        "OWN_REWARD": {"by": staff("wang")},
        "NOT_IN_SERVICE": {"looked_up": {}},
        "REASON_MISSING": {"when": reward.GrantReward(**{**GRANT, "reason": ""})},
    }),
]

(test_the_right_events_follow_reward, test_said_again_it_is_quiet_reward, test_refused_from_other_states_reward,
 test_each_guard_refuses_by_its_code_reward, test_no_hole_reward) = suite(Reward, REWARD_CASES)
