"""MonitoringCampaign (评估监测): each stands in the unified register of the supervision body (domain 3.2.8, HN §7).

Six states, four events: the tables name none for OPEN and ANALYSED. A campaign that is opened collects; what was filled
in is audited element by element (`findings.DataValidated`, SH §13); its analysis is the report that is published.
"""

from typing import Any
from uuid import UUID

from contracts.scheduling import monitoring_campaign as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row


@refuses("评估监测由督导机构统一归口管理")
def not_a_supervising_body(_: Any, __: Any, facts: Facts) -> bool:
    """No project outside the register (HN §7, BJ §二(二)¶3)."""
    return not facts["supervises"]


@refuses("须写明指标版本")
def indicators_missing(_: Any, command: Any, __: Facts) -> bool:
    """Measured by what."""
    return not command.indicator_version.strip()


@refuses("须写明参加单位")
def participants_missing(_: Any, command: Any, __: Facts) -> bool:
    """Whom it asks."""
    return not command.participants


@refuses("同一数据项已向这些单位填报两次，应当共用，不得重复填报")
def element_repeated(_: Any, __: Any, facts: Facts) -> list[str]:
    """The second campaign is prefilled from the first, a third may not ask again (WH §13)."""
    forbidden = "REPEATED_REPORTING" in (facts.policy.get("burden.prohibitions") or ())
    return sorted(name for name, times in facts["asked"].items() if times > 1) if forbidden else []


@refuses("起止日期颠倒")
def dates_reversed(_: Any, command: Any, __: Facts) -> bool:
    """From comes before to."""
    return bool(command.to < command.from_)


@refuses("已报和未报的单位数与参加单位数不符")
def counts_differ(campaign: Any, command: Any, _: Facts) -> bool:
    """Every participant answered or did not."""
    counts = (command.received, command.missing)
    return min(counts) < 0 or sum(counts) != len(set(campaign.participants))


@refuses("须附评估监测报告")
def campaign_report_missing(_: Any, command: Any, __: Facts) -> bool:
    """What is published is a report."""
    return not command.report_hash.strip()


CAMPAIGN = LifeCycle("campaign", "评估监测", "DEFINED OPEN COLLECTING AUDITED ANALYSED PUBLISHED", (
    row(NEW, said.DefineCampaign, {said.CampaignDefined: "DEFINED"}, who=[not_a_supervising_body],
        when=[indicators_missing, participants_missing, element_repeated]),
    row("DEFINED", said.OpenCampaign, {said.CampaignOpened: "COLLECTING"}, when=[dates_reversed]),
    row("COLLECTING", said.CloseCollection, {said.CampaignCollectionClosed: "AUDITED"}, when=[counts_differ]),
    row("AUDITED", said.PublishCampaign, {said.CampaignPublished: "PUBLISHED"}, when=[campaign_report_missing]),
))


class MonitoringCampaign(Aggregate, kw_only=True):
    """One campaign; a pilot (SH §8) is marked as one."""

    life_cycles = (CAMPAIGN,)
    participants: tuple[UUID, ...] = ()
    elements: tuple[str, ...] = ()
    pilot: bool = False
