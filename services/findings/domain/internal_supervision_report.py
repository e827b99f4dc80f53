"""InternalSupervisionReport (年度内部督导报告): the school's own, posted on its network and board (domain 3.3.10)."""

from typing import Any
from uuid import UUID

from contracts.findings import internal_supervision_report as said
from services.chassis.aggregates import Aggregate
from services.chassis.calendar import CHINA_TIME
from services.chassis.facts import Facts, body, now, person
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.findings.domain.guards import document_missing, not_of_school

HIGHEST = 100


@refuses("不能拟制以后年度的报告")
def year_in_future(_: Any, command: Any, facts: Facts) -> bool:
    """It reports on this year's work or an earlier one's."""
    return bool(command.year > facts.at.astimezone(CHINA_TIME).year)


@refuses("只有高校的院系各有一份")
def faculty_not_of_university(_: Any, command: Any, facts: Facts) -> bool:
    """Two layers at universities only (BJ-SCH §二(一))."""
    return command.faculty_id is not None and facts.get("school_type") not in {None, "HIGHER_EDUCATION"}


@refuses("须在以下渠道公示")
def posting_channel_missing(_: Any, command: Any, facts: Facts) -> list[str]:
    """The campus network and the notice board, not the government portal (BJ-SCH §二(七))."""
    used = {channel.value for channel in command.channels}
    return sorted(set(facts.policy.get("internalReport.channels.required") or ()) - used)


@refuses("在校园网公示须附网址，在公示栏公示须附照片")
def posting_unproven(_: Any, command: Any, __: Facts) -> bool:
    """Posting leaves evidence."""
    proof = {
        said.InternalChannel.CAMPUS_NETWORK: any(url.strip() for url in command.urls),
        said.InternalChannel.NOTICE_BOARD: bool((command.photo_hash or "").strip()),
    }
    return not all(proof[channel] for channel in command.channels)


@refuses("学校不得评阅自己的报告")
def reviewer_is_school(report: Any, _: Any, facts: Facts) -> bool:
    """Read by somebody else."""
    return facts.actor.unit_id == report.school_id or bool(facts.get("about_own_department"))


@refuses("得分须在 0 至 100 之间")
def score_out_of_range(_: Any, command: Any, __: Facts) -> bool:
    """How the school used its results."""
    return not 0 <= command.use_of_results_score <= HIGHEST


REPORT = LifeCycle("internal-report", "年度内部督导报告", "DRAFT FINAL POSTED REVIEWED", (
    row(NEW, said.DraftInternalReport, {said.InternalReportDrafted: "DRAFT"}, who=[not_of_school],
        when=[year_in_future, faculty_not_of_university]),
    row("DRAFT", said.FinaliseInternalReport, {said.InternalReportFinalised: "FINAL"},
        who=[not_of_school], when=[document_missing], fills={"approved_by": person}),
    row("FINAL", said.PostInternalReport, {said.InternalReportPosted: "POSTED"},
        who=[not_of_school], when=[posting_channel_missing, posting_unproven], fills={"posted_at": now}),
    row("POSTED", said.ReviewInternalReport, {said.InternalReportReviewed: "REVIEWED"},
        who=[reviewer_is_school], when=[score_out_of_range], fills={"reviewer_body_id": body}),
))


class InternalSupervisionReport(Aggregate, kw_only=True):
    """One per school and year, at universities also per faculty: by its natural key."""

    life_cycles = (REPORT,)
    school_id: UUID | None = None
    year: int = 0
    faculty_id: UUID | None = None
