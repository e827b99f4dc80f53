"""Every refusal, every timer and every process manager occurs in a story; whoever adds one, adds a story."""

import pytest

from tests.journeys.reading_stories import followed, raised_by_the_clock, refusals
from tests.journeys.sources_of_refusals import guards, timers, written_out

NOT_IN_A_STORY = {
    ("chassis", "REASON_MISSING"): "no story has a program error that parks a letter",
    ("chassis", "SECOND_PERSON_MISSING"): "no story has a program error that parks a letter",
    ("accountability", "ANOTHER_SUBJECT"): "the file's id follows from its subject: ID_NOT_NATURAL speaks first",
    ("accountability", "NOT_OWN_UNIT"): "another unit's user is out of scope before: OUT_OF_SCOPE speaks first",
    ("findings", "NOT_OF_THE_UNIT"): "another unit's user is out of scope before: OUT_OF_SCOPE speaks first",
    ("findings", "DEFENCE_WINDOW_CLOSED"): "the timer confirms at that instant; the guard holds where it is late",
    ("findings", "ROLE_NOT_ALLOWED"): "the lead desk reads sealed words, it takes no commands",
    ("findings", "NOT_FOUND"): "the lead desk reads sealed words, it takes no commands",
    ("personnel", "ROLE_NOT_ALLOWED"): "the desk of personal data takes no commands",
    ("personnel", "FIELD_UNKNOWN"): "the desk of personal data takes no commands",
    ("personnel", "NAME_MISSING"): "the desk of personal data takes no commands",
    ("registry", "FILE_NOT_FOUND"): "importing reads files; its doors are the verbs of the command line",
    ("registry", "SHEET_UNREADABLE"): "importing reads files; its doors are the verbs of the command line",
}
"""Each is refused in a test of its own, with the aggregate or the desk alone."""

RECTIFIED_BADLY = "rectification.FalseRectificationEstablished"
LEFT = ("personnel.ListingWithdrawn", "scheduling.TeamMemberRemoved")
PROCESS_MANAGERS = {
    "P1": [("findings.FindingConfirmed", "rectification.ItemRegistered")],
    "P2": [("findings.FindingConfirmed", "rectification.PlanRequested")],
    "P3": [
        ("rectification.ItemDeadlineLapsed", "rectification.OrderDrafted"),
        ("rectification.ItemVerificationFailed", "rectification.OrderDrafted"),
        ("rectification.ItemDeadlineLapsed", "accountability.CircularDrafted"),
    ],
    "P4": [
        ("rectification.OrderDeadlineLapsed", "accountability.CircularDrafted"),
        ("rectification.OrderEscalated", "accountability.CaseProposed"),
        ("rectification.OrderEscalated", "accountability.InterviewProposed"),
    ],
    "P5": [
        (RECTIFIED_BADLY, "rectification.ItemReopened"), (RECTIFIED_BADLY, "personnel.ConductReported"),
        (RECTIFIED_BADLY, "accountability.CaseProposed"),
    ],
    "P6": [("rectification.JointLiabilityEstablished", "accountability.CaseProposed")],
    "P7": [
        *((f"personnel.{gone}", consequence) for consequence in LEFT for gone in (
            "InspectorExited", "InspectorSuspended", "CredentialSuspended", "CredentialRevoked", "CredentialExpired")),
        ("personnel.InspectorExited", "scheduling.DrawAbandoned"),
        ("personnel.InspectorExited", "scheduling.ObligationOpened"),
    ],
    "P8": [
        ("registry.PrincipalTermStarted", "scheduling.ObligationOpened"),
        ("registry.PrincipalTermEndingAnnounced", "scheduling.ObligationReanchored"),
        ("registry.PrincipalTermEnded", "scheduling.ObligationReanchored"),
    ],
    "P9": [("findings.LeadSubstantiated", "scheduling.ActivityProposedOutOfPlan")],
    "P10": [("accountability.InterviewFilingCompleted", "accountability.ReferenceAdded")],
    "P12": [("registry.UnitMerged", "rectification.ItemRepointed")],
    "P13": [
        ("findings.EvaluationGraded", "accountability.CaseProposed"),
        ("findings.EvaluationGraded", "accountability.InterviewProposed"),
    ],
    "P14": [
        ("findings.FindingWithdrawn", "rectification.ItemCancelled"),
        ("accountability.CaseCorrected", "accountability.ReferenceAmended"),
        ("accountability.CaseCorrected", "accountability.ExposureCorrected"),
    ],
    "P15": [
        ("scheduling.ActivitiesMerged", "scheduling.ActivityCancelled"),
        ("scheduling.ActivityCancelled", "scheduling.BurdenReleased"),
        ("scheduling.ActivityCancelled", "scheduling.ObligationReanchored"),
    ],
}
"""What follows on what (domain 3.0); P11 raises an alarm that is read, not a command: see `clockwork/report_hunan`."""


def test_every_refusal_of_every_service_is_met_in_a_story() -> None:
    missing = {*guards(), *written_out()} - refusals() - NOT_IN_A_STORY.keys()
    assert sorted(missing) == []


def test_an_exception_from_that_is_a_refusal_there_is_that_no_story_meets() -> None:
    assert sorted(NOT_IN_A_STORY.keys() - {*guards(), *written_out()}) == []
    assert sorted(NOT_IN_A_STORY.keys() & refusals()) == []


@pytest.mark.parametrize(("timer", "events"), sorted(timers()))
def test_every_timer_fires_in_a_story(timer: str, events: frozenset[str]) -> None:
    assert events & raised_by_the_clock(), f"no story moves the clock until {timer} is sent"


@pytest.mark.parametrize("name", PROCESS_MANAGERS)
def test_every_process_manager_acts_in_a_story(name: str) -> None:
    assert [pair for pair in PROCESS_MANAGERS[name] if not followed(*pair)] == []


def test_what_no_story_tells_is_seen_to_be_missing() -> None:
    assert ("findings", "NO_SUCH_REFUSAL") not in refusals()
    assert "findings.FindingRecorded" not in raised_by_the_clock()
    assert not followed("rectification.ItemRegistered", "findings.FindingConfirmed")
    assert not followed("rectification.LedgerClosed", "personnel.InspectorExited")
