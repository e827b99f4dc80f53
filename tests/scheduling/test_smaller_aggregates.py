"""Campaigns, reform tasks, accreditation, participation, filings, guidance: their tables, row by row."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from contracts.scheduling import accreditation_application as apply
from contracts.scheduling import guidance_event as guide
from contracts.scheduling import major_matter_filing as filed
from contracts.scheduling import monitoring_campaign as watch
from contracts.scheduling import participation as part
from contracts.scheduling import reform_task as reform
from contracts.values import Actor, CalendarKind, Role
from services.chassis.life_cycle import Refused
from services.chassis.official_calendar import official_calendar
from services.scheduling.domain.accreditation_application import AccreditationApplication
from services.scheduling.domain.guidance_event import GuidanceEvent
from services.scheduling.domain.major_matter_filing import MajorMatterFiling
from services.scheduling.domain.monitoring_campaign import MonitoringCampaign
from services.scheduling.domain.participation import Participation
from services.scheduling.domain.reform_task import ReformTask
from tests.kit.cases import AT, POLICY, TIMER, Case, decide, folded, staff, suite, uid

STREAM, OFFICE, CITY, S1, S2 = (uid(name) for name in ("stream", "office", "city", "s1", "s2"))
OTHER = {"by": staff("sun", "other")}
UPPER = {"by": staff("zhou", "city")}

# --- monitoring -------------------------------------------------------------------------------------------


def defining(**changed: Any) -> watch.DefineCampaign:
    return watch.DefineCampaign(**{
        "campaign_id": STREAM, "indicator_version": "2026", "participants": (S1, S2), "elements": ("students",),
        **changed})


def counting(received: int, missing: int) -> watch.CloseCollection:
    return watch.CloseCollection(campaign_id=STREAM, received=received, missing=missing)


REGISTER = {"supervises": True, "asked": {"students": 1}}
ASKED_TWICE = {"looked_up": {"supervises": True, "asked": {"students": 2}}}
DEFINED = watch.CampaignDefined(
    campaign_id=STREAM, indicator_version="2026", participants=(S1, S2), pilot=False, elements=("students",))
MARCH: dict[str, Any] = {"campaign_id": STREAM, "from_": date(2026, 3, 1), "to": date(2026, 3, 31)}
OPENED = watch.CampaignOpened(**MARCH)
COUNTED = watch.CampaignCollectionClosed(campaign_id=STREAM, received=1, missing=1)
CAMPAIGNS = [
    Case(
        when=defining(), looked_up=REGISTER, policy={"burden.prohibitions": ["REPEATED_REPORTING"]}, then=[DEFINED],
        refused={
            "NOT_A_SUPERVISING_BODY": {"looked_up": {**REGISTER, "supervises": False}},
            "INDICATORS_MISSING": {"when": defining(indicator_version=" ")},
            "PARTICIPANTS_MISSING": {"when": defining(participants=())},
            "ELEMENT_REPEATED": ASKED_TWICE,
        },
    ),
    Case(
        given=[DEFINED], when=watch.OpenCampaign(**MARCH), then=[OPENED],
        refused={"DATES_REVERSED": {"when": watch.OpenCampaign(**{**MARCH, "to": date(2026, 2, 1)})}},
    ),
    Case(
        given=[DEFINED, OPENED], when=counting(1, 1), then=[COUNTED],
        refused={"COUNTS_DIFFER": {"when": counting(1, 0)}},
    ),
    Case(
        given=[DEFINED, OPENED, COUNTED], when=watch.PublishCampaign(campaign_id=STREAM, report_hash="h"),
        then=[watch.CampaignPublished(campaign_id=STREAM, report_hash="h")],
        refused={"CAMPAIGN_REPORT_MISSING": {"when": watch.PublishCampaign(campaign_id=STREAM, report_hash="")}},
    ),
]
(test_campaigns_accept, test_campaigns_are_quiet, test_campaigns_refuse_elsewhere, test_campaigns_guard,
 test_campaigns_have_no_hole) = suite(MonitoringCampaign, CAMPAIGNS)


def test_where_nobody_forbids_it_an_item_may_be_asked_again() -> None:
    assert decide(MonitoringCampaign, Case(when=defining(), then=[], **ASKED_TWICE))


# --- reform -----------------------------------------------------------------------------------------------

FINANCE = uid("finance")
LEAD = {"by": Actor(person_id=uid("liu"), role=Role.DEPARTMENT_USER, body_id=FINANCE)}
TASK: dict[str, Any] = {"task_id": STREAM, "clause": "§5", "lead_unit_id": FINANCE, "due_year": 2022}
HELPERS = (uid("edu"),)


def assigning(**changed: Any) -> reform.AssignReformTask:
    return reform.AssignReformTask(**{**TASK, "co_unit_ids": HELPERS, **changed})


def reporting(evidence: str = "h") -> reform.ReportReformTask:
    return reform.ReportReformTask(task_id=STREAM, status=reform.ReformStatus.DONE, evidence_hash=evidence)


ASSIGNED = reform.ReformTaskAssigned(co_unit_ids=HELPERS, **TASK)
REPORTED = reform.ReformTaskReported(task_id=STREAM, status=reform.ReformStatus.DONE, evidence_hash="h")
CHECK = reform.CheckReformTask(task_id=STREAM, result=reform.ReformCheck.PASSED)
CHECKED = reform.ReformTaskChecked(task_id=STREAM, result=reform.ReformCheck.PASSED, checker_id=uid("li"))
TASKS = [
    Case(
        when=assigning(), then=[ASSIGNED],
        refused={
            "CLAUSE_MISSING": {"when": assigning(clause="")},
            "LEAD_AMONG_OTHERS": {"when": assigning(co_unit_ids=(FINANCE,))},
        },
    ),
    Case(
        given=[ASSIGNED], when=reporting(), then=[REPORTED], **LEAD,
        refused={"NOT_THE_LEAD": OTHER, "EVIDENCE_HASH_MISSING": {"when": reporting("")}},
    ),
    Case(given=[ASSIGNED, REPORTED], when=CHECK, then=[CHECKED]),
]
(test_tasks_accept, test_tasks_are_quiet, test_tasks_refuse_elsewhere, test_tasks_guard,
 test_tasks_have_no_hole) = suite(ReformTask, TASKS)


@pytest.mark.parametrize(("status", "result", "state"), [
    ("DONE", "PASSED", "DONE"), ("DONE", "FAILED", "CHECKED"), ("IN_PROGRESS", "PASSED", "CHECKED"),
])
def test_a_task_is_done_when_its_completion_passed(status: str, result: str, state: str) -> None:
    told = msgspec.structs.replace(REPORTED, status=reform.ReformStatus(status))
    checked = msgspec.structs.replace(CHECKED, result=reform.ReformCheck(result))
    assert folded(ReformTask, Case(given=[ASSIGNED, told, checked], when=CHECK, then=[])).state == state


# --- accreditation ----------------------------------------------------------------------------------------

Stage, Result, Decision = apply.AccreditationStage, apply.AccreditationResult, apply.AccreditationDecision
KIND = apply.AccreditationKind.COMPULSORY_QUALITY_BALANCE


def reviewed(stage: str, result: str = "PASSED", problems: tuple[str, ...] = ()) -> apply.AccreditationReviewed:
    return apply.AccreditationReviewed(
        application_id=STREAM, stage=Stage(stage), result=Result(result), problems=problems)


def reviewing(stage: str, result: str = "PASSED") -> apply.ReviewAccreditation:
    return apply.ReviewAccreditation(application_id=STREAM, stage=Stage(stage), result=Result(result))


def deciding(decision: str) -> apply.DecideAccreditation:
    return apply.DecideAccreditation(application_id=STREAM, decision=Decision(decision))


APPLIED = apply.AccreditationApplied(application_id=STREAM, district_id=S1, kind=KIND)
FAILED = reviewed("MUNICIPAL", "FAILED", ("大班额",))
VERIFIED = (APPLIED, reviewed("MUNICIPAL"), reviewed("NATIONAL"))
APPLICATIONS = [
    Case(when=apply.ApplyAccreditation(application_id=STREAM, district_id=S1, kind=KIND), then=[APPLIED]),
    Case(
        given=[APPLIED], when=reviewing("MUNICIPAL"), then=[reviewed("MUNICIPAL")], **UPPER,
        refused={
            "OWN_APPLICATION": {"by": staff()},
            "STAGE_OUT_OF_ORDER": {"when": reviewing("NATIONAL")},
            "EARLIER_STAGE_FAILED": {"given": [APPLIED, FAILED], "when": reviewing("NATIONAL")},
            "PROBLEMS_MISSING": {"when": reviewing("MUNICIPAL", "FAILED")},
        },
    ),
    Case(
        given=VERIFIED, when=deciding("RECOGNISED"), **UPPER,
        then=[apply.AccreditationDecided(application_id=STREAM, decision=Decision.RECOGNISED, by_body_id=CITY)],
        refused={
            "OWN_APPLICATION": {"by": staff()},
            "NOT_VERIFIED": {"given": VERIFIED[:2]},
            "EARLIER_STAGE_FAILED": {"given": (*VERIFIED[:2], reviewed("NATIONAL", "FAILED", ("大班额",)))},
        },
    ),
]
(test_applications_accept, test_applications_are_quiet, test_applications_refuse_elsewhere,
 test_applications_guard, test_applications_have_no_hole) = suite(AccreditationApplication, APPLICATIONS)


def test_what_failed_can_still_be_refused() -> None:
    (event,) = decide(AccreditationApplication, Case(
        given=[APPLIED, FAILED], when=deciding("REFUSED"), then=[], **UPPER))
    assert event.decision is Decision.REFUSED


# --- participation, guidance ------------------------------------------------------------------------------

WENT: dict[str, Any] = {"activity_id": uid("activity"), "member_unit_id": FINANCE, "person_id": uid("liu")}
PARTICIPATIONS = [Case(
    when=part.RecordParticipation(**WENT), then=[part.MemberUnitParticipated(**WENT)],
    looked_up={"activity": SimpleNamespace(state="TEAMED", targets=(S1,))},
    refused={
        "NO_SUCH_ACTIVITY": {"looked_up": {"activity": None}},
        "INSPECTED_MEMBER": {"looked_up": {"activity": SimpleNamespace(state="TEAMED", targets=(FINANCE,))}},
    },
)]
(test_participations_accept, test_participations_are_quiet, test_participations_refuse_elsewhere,
 test_participations_guard, test_participations_have_no_hole) = suite(Participation, PARTICIPATIONS)


def guiding(topic: str = "校内督导", participants: Any = (S1,)) -> guide.HoldGuidance:
    return guide.HoldGuidance(event_id=STREAM, topic=topic, participants=participants)


GUIDANCE = [Case(
    when=guiding(), then=[guide.GuidanceHeld(event_id=STREAM, topic="校内督导", participants=(S1,))],
    refused={
        "TOPIC_MISSING": {"when": guiding(" ")}, "PARTICIPANTS_MISSING": {"when": guiding(participants=())},
    },
)]
(test_guidance_accepts, test_guidance_is_quiet, test_guidance_refuses_elsewhere, test_guidance_guards,
 test_guidance_has_no_hole) = suite(GuidanceEvent, GUIDANCE)


# --- filings ----------------------------------------------------------------------------------------------

DUE = official_calendar().due(AT, 10, CalendarKind.WORKING_DAYS).due_at
HUNAN = {
    "filing.kinds": ["ANNUAL_PLAN", "MAJOR_MATTER", "RESULT"],
    "window.promptly": {"amount": 10, "calendar": "WORKING_DAYS"},
    "window.onTime": {"amount": 5, "calendar": "WORKING_DAYS"},
}


def opening(kind: str = "MAJOR_MATTER", **changed: Any) -> filed.OpenFiling:
    return filed.OpenFiling(filing_id=STREAM, kind=filed.FilingKind(kind), body_id=OFFICE, **changed)


OWED = filed.FilingDue(
    filing_id=STREAM, kind=filed.FilingKind.MAJOR_MATTER, body_id=OFFICE, to_body_id=CITY, due_at=DUE,
    calendar=CalendarKind.WORKING_DAYS)
MOVED: dict[str, Any] = {"old_due_at": DUE, "new_due_at": DUE + timedelta(days=3), "calendar_revision": "2027"}
SENT = filed.FiledUpward(filing_id=STREAM, filed_at=AT, document_hash="h")
LAPSED = filed.FilingLapsed(filing_id=STREAM, due_at=DUE)
FILINGS = [
    Case(
        when=opening(), policy=HUNAN, looked_up={"upper_body_id": CITY}, then=[OWED],
        refused={
            "NOT_OWN_BODY": OTHER, "KIND_NOT_ASKED": {"when": opening("PERSONNEL_CHANGE")},
            "NO_UPPER_BODY": {"looked_up": {}}, "FILED_ELSEWHERE": {"when": opening(to_body_id=uid("friend"))},
        },
    ),
    Case(
        given=[OWED, LAPSED], when=filed.FileUpward(filing_id=STREAM, document_hash="h"), then=[SENT],
        refused={
            "NOT_OWN_BODY": OTHER,
            "DOCUMENT_MISSING": {"when": filed.FileUpward(filing_id=STREAM, document_hash=" ")},
        },
    ),
    Case(
        given=[OWED, SENT], when=filed.AcknowledgeFiling(filing_id=STREAM), **UPPER,
        then=[filed.FilingAcknowledged(filing_id=STREAM, by_body_id=CITY)],
        refused={"NOT_THE_UPPER_BODY": {"by": staff()}},
    ),
    Case(given=[OWED], by=TIMER, at=DUE, when=filed.LapseFiling(filing_id=STREAM, due_at=DUE), then=[LAPSED]),
    Case(
        given=[msgspec.structs.replace(OWED, provisional=True)], by=POLICY,
        when=filed.RecalculateFilingDeadline(filing_id=STREAM, **MOVED),
        then=[filed.FilingDeadlineRecalculated(filing_id=STREAM, **MOVED)],
    ),
]
(test_filings_accept, test_filings_are_quiet, test_filings_refuse_elsewhere, test_filings_guard,
 test_filings_have_no_hole) = suite(MajorMatterFiling, FILINGS)


def test_the_clock_waits_until_it_is_filed_or_late() -> None:
    histories = ([OWED], [OWED, SENT], [OWED, LAPSED])
    assert [len(list(folded(MajorMatterFiling, Case(given=g, when=opening(), then=[])).timers()))
            for g in histories] == [1, 0, 0]


def test_a_plan_is_due_on_time_and_a_named_day_is_final() -> None:
    case = Case(when=opening("ANNUAL_PLAN"), policy=HUNAN, looked_up={"upper_body_id": CITY}, then=[])
    assert decide(MajorMatterFiling, case)[0].due_at < DUE
    named = Case(when=opening(due_at=DUE), policy=HUNAN, looked_up={"upper_body_id": CITY}, then=[])
    assert decide(MajorMatterFiling, named)[0].calendar is CalendarKind.NATURAL_DATE


def test_a_filing_without_a_number_of_days_is_refused_as_unset() -> None:
    with pytest.raises(Refused, match="POLICY_UNSET"):
        decide(MajorMatterFiling, Case(
            when=opening(), policy={"filing.kinds": ["MAJOR_MATTER"]}, looked_up={"upper_body_id": CITY}, then=[]))
