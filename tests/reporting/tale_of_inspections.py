"""The part of the tale that inspections make: activities open and under seal, what is owed, indicators and scores."""

from datetime import date, datetime, timedelta
from typing import Any

from contracts.findings import duty_evaluation, indicator_set
from contracts.letter import Letter
from contracts.record import Event
from contracts.registry.policy_document import Modality
from contracts.scheduling import coverage_obligation as owed
from contracts.scheduling import inspection_activity as activity
from contracts.values import Confidentiality, Function, Tier, Window
from tests.letters import START, id_of
from tests.reporting.tale import COUNTY, Tale, ids

WEEK = Window(from_=date(2026, 3, 9), to=date(2026, 3, 13))
SEALED: dict[str, Any] = {"confidentiality": Confidentiality.SEALED_UNTIL}


def axes(visibility: str = "OVERT", **other: Any) -> activity.Axes:
    return activity.Axes(
        function=Function.SCHOOL, target=activity.Target.SCHOOL, visibility=activity.Visibility(visibility), **other)


class InspectionTale(Tale):
    """Activities stand on streams of their own; one that is not overt is told under seal until it begins."""

    def __init__(self) -> None:
        super().__init__()
        self.of: dict[str, dict[str, Any]] = {}

    def planned(self, name: str, *schools: str, visibility: str = "OVERT", place: str = COUNTY, **other: Any) -> Letter:
        self.of[name] = ({} if visibility == "OVERT" else SEALED) | {"place": place}
        return self.of_activity(
            name, activity.ActivityPlanned, plan_id=id_of("y2026"), body_id=id_of(f"office-{place}"), window=WEEK,
            axes=axes(visibility, **other), targets=ids(schools))

    def of_activity(self, name: str, event: type[Event], /, **fields: Any) -> Letter:
        said = {"reason": fields["reason"]} if "reason" in fields else {}
        return self.says(event(activity_id=id_of(name), **fields), name, **said, **self.of.get(name, {}))

    def teamed(self, name: str, *inspectors: str) -> Letter:
        members = tuple(
            activity.TeamMember(inspector_id=id_of(one), home_body_id=id_of("office"), tier=Tier.COUNTY)
            for one in inspectors)
        return self.of_activity(name, activity.TeamFormed, leader_id=members[0].inspector_id, members=members)

    def noticed(self, name: str, unit: str) -> Letter:
        return self.of_activity(
            name, activity.NoticeServed, unit_id=id_of(unit), kind=activity.NoticeKind.WRITTEN, served_at=START)

    def begun(self, name: str, at: datetime = START) -> Letter:
        self.of.get(name, {}).pop("confidentiality", None)
        return self.of_activity(name, activity.ActivityStarted, started_at=at, location="校门口")

    def finished(self, name: str, *seen: str) -> None:
        self.of_activity(name, activity.FieldworkFinished, days=2, units_seen=ids(seen))
        self.of_activity(name, activity.ActivityClosed, report_id=id_of(f"report-{name}"))

    # --- what is owed -----------------------------------------------------------------------------

    def owed(self, name: str, unit: str, kind: str = "COMPREHENSIVE_SCHOOL") -> Letter:
        return self.says(owed.ObligationOpened(
            obligation_id=id_of(name), kind=owed.ObligationKind[kind], unit_id=id_of(unit), anchor_ref="2026",
            anchor=owed.ObligationAnchor.CALENDAR_YEAR, window_from=date(2026, 1, 1), window_to=date(2026, 12, 31),
            modality=Modality.MUST,
        ), name)

    def not_done(self, name: str) -> Letter:
        return self.says(owed.ObligationLapsed(obligation_id=id_of(name), at=START + timedelta(days=300)), name)

    def done(self, name: str) -> Letter:
        event = owed.ObligationSatisfied(obligation_id=id_of(name), activity_id=id_of("a1"), at=START)
        return self.says(event, name)

    def waived(self, name: str, reason: str) -> Letter:
        event = owed.ObligationWaived(obligation_id=id_of(name), reason=reason, approver_id=id_of("li"))
        return self.says(event, name, reason=reason)

    # --- indicators -------------------------------------------------------------------------------

    def version(self, version: str, *codes: str, unit_type: str = "PRIMARY_SECONDARY") -> Letter:
        name = f"set-{unit_type}-{version}"
        return self.says(indicator_set.IndicatorSetPublished(
            set_id=id_of(name), version=version, unit_type=indicator_set.IndicatorUnitType[unit_type],
            items=tuple(indicator_set.Indicator(code=code, text=f"指标{code}") for code in codes),
            valid_from=date(2026, 1, 1),
        ), name)

    def mapped(self, before: str, after: str, old: str, new: str) -> Letter:
        name = f"set-PRIMARY_SECONDARY-{after}"
        line = indicator_set.IndicatorMapping(from_code=old, to_code=new, note="分值不可比")
        return self.says(indicator_set.IndicatorCrosswalkDefined(
            set_id=id_of(name), from_version=before, to_version=after, map=(line,)), name)

    def scored(self, unit: str, version: str, at: datetime | None = None, **scores: str) -> None:
        name = f"evaluation-{unit}-{version}-{at}"
        self.says(duty_evaluation.EvaluationOpened(
            evaluation_id=id_of(name), target_id=id_of(unit), indicator_version=version), name, unit)
        self.says(duty_evaluation.FirstStageResultRecorded(
            evaluation_id=id_of(name), by_body_id=id_of("office"), scores=scores,
            result=duty_evaluation.EvaluationGrade.GOOD,
        ), name, unit, happened=at)
