"""TrainingYear: every row of its table is accepted, quiet, refused elsewhere and guarded; kinds of hours count."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.personnel import training_year as said
from contracts.personnel.training_year import TrainingKind
from contracts.record import event_id
from contracts.values import Role, Tier
from services.personnel.domain.training_year import TrainingYear
from tests.kit.cases import TIMER, Case, decide, folded, staff, suite, uid

WANG, STREAM = uid("wang"), uid("stream")
WHO: dict[str, Any] = {"inspector_id": WANG, "year": 2026}
OVER = datetime(2026, 12, 31, 16, tzinfo=UTC)
WEIHAI = {
    "training.minHoursPerYear": 40, "training.hoursKind": "CONCENTRATED", "training.onlineCountsAsConcentrated": False,
}
RULE = ("training.minHoursPerYear@990101/1=40; training.hoursKind@990101/1=CONCENTRATED; "
        "training.onlineCountsAsConcentrated@990101/1=False")
COURSE: dict[str, Any] = {
    **WHO, "course_id": uid("course"), "kind": TrainingKind.CONCENTRATED, "hours": 30, "provider_level": Tier.CITY,
    "attended_at": datetime(2026, 2, 1, tzinfo=UTC), "evidence_hash": "e1",
}
WRONG = event_id(STREAM, 2)

OPEN = said.OpenTrainingYear(**WHO)
OPENED = said.TrainingYearOpened(required=40, **WHO)
RECORDED = said.TrainingHoursRecorded(**COURSE)
CORRECTED = said.TrainingHoursCorrected(corrects_event_id=WRONG, delta=-6, reason="重复计算", **WHO)
CLOSED = said.TrainingYearClosed(
    required=40, concentrated=30, total=30, satisfied=False, rule_version=RULE, **WHO)


def recording(**changed: Any) -> said.RecordTrainingHours:
    return said.RecordTrainingHours(**{**COURSE, **changed})


def correcting(**changed: Any) -> said.CorrectTrainingHours:
    return said.CorrectTrainingHours(
        **{**WHO, "corrects_event_id": WRONG, "delta": -6, "reason": "重复计算", **changed})


CORRECTION_REFUSED: dict[str, Any] = {
    "REASON_MISSING": {"when": correcting(reason="")},
    "NOT_AN_ATTENDANCE": {"when": correcting(corrects_event_id=event_id(STREAM, 1))},
    "HOURS_BELOW_ZERO": {"when": correcting(delta=-31)},
}

CASES = [
    Case(when=OPEN, policy=WEIHAI, looked_up={"active_in_year": True}, then=[OPENED],
         refused={"NOT_ACTIVE_IN_YEAR": {"looked_up": {"active_in_year": False}}}),
    Case(given=[OPENED], when=recording(), then=[RECORDED], refused={
        "NOT_FOR_ONESELF": {"by": staff("chen", role=Role.INSPECTOR)},
        "HOURS_NOT_POSITIVE": {"when": recording(hours=0)},
        "EVIDENCE_MISSING": {"when": recording(evidence_hash=" ")},
        "OTHER_YEAR": {"when": recording(attended_at=datetime(2025, 12, 31, 15, tzinfo=UTC))},
        "ATTENDANCE_TWICE": {"given": [OPENED, RECORDED], "when": recording(hours=12)},
    }),
    Case(given=[OPENED, RECORDED], when=correcting(), then=[CORRECTED], refused=CORRECTION_REFUSED),
    Case(given=[OPENED, RECORDED, CLOSED], when=correcting(), then=[CORRECTED], refused=CORRECTION_REFUSED),
    Case(given=[OPENED, RECORDED], by=TIMER, at=OVER, when=said.CloseTrainingYear(**WHO), policy=WEIHAI, then=[CLOSED],
         refused={"YEAR_NOT_OVER": {"at": datetime(2026, 12, 31, 15, tzinfo=UTC)}}),
    Case(given=[OPENED, RECORDED, CLOSED, CORRECTED],
         when=said.ExportContinuingEducation(receiver="教师进修学校", **WHO),
         then=[said.ContinuingEducationExported(hours=24, receiver="教师进修学校", **WHO)],
         refused={"RECEIVER_MISSING": {"when": said.ExportContinuingEducation(receiver="", **WHO)}}),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(TrainingYear, CASES)


def closed(policy: dict[str, Any], *more: tuple[TrainingKind, int]) -> Any:
    """The year's result after 30 concentrated hours and others."""
    others = [
        said.TrainingHoursRecorded(**{**COURSE, "course_id": uid(f"c{n}"), "kind": kind, "hours": hours})
        for n, (kind, hours) in enumerate(more)
    ]
    case = Case(given=[OPENED, RECORDED, *others], at=OVER, when=said.CloseTrainingYear(**WHO), policy=policy, then=[])
    return decide(TrainingYear, case)[0]


@pytest.mark.parametrize("online", [False, True])
def test_thirty_and_twelve_online_are_enough_only_where_online_counts_and_the_result_says_so(online: bool) -> None:
    made = closed({**WEIHAI, "training.onlineCountsAsConcentrated": online}, (TrainingKind.ONLINE, 12))
    assert (made.satisfied, made.concentrated, made.total) == (online, 42 if online else 30, 42)
    assert f"onlineCountsAsConcentrated@990101/1={online}" in made.rule_version


def test_pre_service_and_self_study_are_not_concentrated() -> None:
    made = closed(WEIHAI, (TrainingKind.PRE_SERVICE, 24), (TrainingKind.SELF_STUDY, 24))
    assert (made.satisfied, made.concentrated, made.total) == (False, 30, 78)


def test_where_no_kind_is_named_all_hours_count() -> None:
    assert closed({"training.minHoursPerYear": 40}, (TrainingKind.SELF_STUDY, 10)).satisfied


@pytest.mark.parametrize(("pro_rata", "required"), [(False, 40), (True, 20)])
def test_whoever_begins_in_july_needs_all_hours_unless_policy_pro_rates(pro_rata: bool, required: int) -> None:
    looked_up = {"active_in_year": True, "engaged_on": date(2026, 7, 1)}
    case = Case(when=OPEN, policy={**WEIHAI, "training.proRata": pro_rata}, looked_up=looked_up, then=[])
    assert decide(TrainingYear, case)[0].required == required


def test_where_nothing_is_asked_nothing_is_missing() -> None:
    (opened,) = decide(TrainingYear, Case(when=OPEN, looked_up={"active_in_year": True}, then=[]))
    case = Case(given=[opened], at=OVER, when=said.CloseTrainingYear(**WHO), then=[])
    (made,) = decide(TrainingYear, case)
    assert (made.required, made.satisfied, made.rule_version) == (None, True, "未规定")


def test_a_year_closes_by_itself_when_it_is_over() -> None:
    year = folded(TrainingYear, Case(given=[OPENED], when=OPEN, then=[]))
    assert list(year.timers()) == [(OVER, said.CloseTrainingYear(**WHO))]
    assert list(year.evolve(CLOSED).timers()) == []
