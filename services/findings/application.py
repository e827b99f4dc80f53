"""What is special about findings: what each command is told, what is numbered, and to whom a new stream belongs."""

from uuid import UUID

import msgspec

from contracts.findings import (
    annual_bulletin,
    duty_evaluation,
    feedback,
    finding,
    indicator_set,
    inspection_opinion,
    inspection_report,
    internal_supervision_report,
    monitoring_data_set,
    public_lead,
    self_assessment,
    third_party_evaluation,
)
from contracts.findings.opinion_register import TakeOpinionNumber
from contracts.findings.public_lead import ReceiveLead
from contracts.record import Command
from contracts.values import Confidentiality, Role, Tier, case_id
from services.chassis.application import ServiceApplication
from services.chassis.facts import Origin
from services.chassis.numbering import Numbered
from services.chassis.scope import unit_named
from services.chassis.work import Intent
from services.findings import gathering, measuring
from services.findings.copies import COPIES, Activity
from services.findings.domain.annual_bulletin import AnnualBulletin
from services.findings.domain.duty_evaluation import DutyEvaluation
from services.findings.domain.evidence_item import EvidenceItem
from services.findings.domain.feedback import Feedback
from services.findings.domain.finding import Finding
from services.findings.domain.indicator_set import IndicatorSet
from services.findings.domain.inspection_opinion import InspectionOpinion
from services.findings.domain.inspection_report import InspectionReport
from services.findings.domain.internal_problem import InternalProblem
from services.findings.domain.internal_supervision_report import InternalSupervisionReport
from services.findings.domain.monitoring_data_set import MonitoringDataSet
from services.findings.domain.opinion_register import OpinionRegister
from services.findings.domain.public_lead import PublicLead
from services.findings.domain.satisfaction_survey import SatisfactionSurvey
from services.findings.domain.self_assessment import SelfAssessment
from services.findings.domain.third_party_evaluation import ThirdPartyEvaluation
from services.findings.policies import POLICIES


def opinion_number(_: str, year: int, number: int) -> str:
    """`督意〔2026〕1号`, one series per body and year."""
    return f"督意〔{year}〕{number}号"


class Findings(ServiceApplication):
    """问题."""

    name = "findings"
    aggregates = (
        Finding, Feedback, InspectionOpinion, InspectionReport, EvidenceItem, PublicLead, SelfAssessment,
        AnnualBulletin, DutyEvaluation, IndicatorSet, SatisfactionSurvey, InternalSupervisionReport,
        InternalProblem, ThirdPartyEvaluation, MonitoringDataSet, OpinionRegister,
    )
    copies = COPIES
    policies = POLICIES
    numbered = {
        inspection_opinion.IssueOpinion: Numbered("opinion", "opinion_id", opinion_number, TakeOpinionNumber),
    }
    gatherers = {
        finding.RecordFinding: gathering.both,
        finding.SubstantiateFinding: gathering.both,
        finding.ReferUrgently: gathering.whose_it_is,
        finding.IncludeInFeedback: gathering.the_feedback,
        finding.DecideDefence: gathering.whose_it_is,
        finding.ConfirmFinding: gathering.whose_it_is,
        finding.HandToLedger: gathering.whose_it_is,
        finding.WithdrawFinding: gathering.whose_it_is,
        feedback.PrepareFeedback: gathering.the_activity,
        feedback.DeliverFeedback: gathering.all_substantiated,
        inspection_opinion.DraftOpinion: gathering.the_findings,
        inspection_opinion.IssueOpinion: gathering.the_findings,
        inspection_opinion.ServeOpinion: gathering.both,
        inspection_opinion.AmendOpinion: gathering.both,
        inspection_report.DraftReport: gathering.the_activity,
        inspection_report.ApproveReport: gathering.the_reported,
        inspection_report.SubmitToGovernment: gathering.the_reported,
        inspection_report.FileReportUpward: gathering.the_reported,
        inspection_report.PublishReport: gathering.the_publication,
        inspection_report.WithholdPublication: gathering.the_reported,
        inspection_report.CorrectReport: gathering.the_reported,
        inspection_report.RetractReport: gathering.the_reported,
        public_lead.ReceiveLead: gathering.the_sealed_words,
        public_lead.TriageLead: gathering.the_other_lead,
        public_lead.VerifyLead: gathering.the_other_lead,
        public_lead.ForwardLead: gathering.whose_it_is,
        public_lead.AnswerLead: gathering.whose_it_is,
        self_assessment.PrefillSelfAssessment: measuring.the_collected,
        self_assessment.SubmitSelfAssessment: measuring.the_scored,
        self_assessment.ApproveByGovernment: measuring.the_government,
        self_assessment.AuditSelfAssessment: gathering.standing,
        self_assessment.ReturnSelfAssessment: gathering.standing,
        self_assessment.AcceptSelfAssessment: gathering.standing,
        self_assessment.SubmitUpward: gathering.standing,
        annual_bulletin.PublishBulletin: measuring.the_accepted,
        **dict.fromkeys((
            duty_evaluation.OpenEvaluation, duty_evaluation.GradeEvaluation, duty_evaluation.AnnounceEvaluation,
            duty_evaluation.AdjustEvaluation,
        ), gathering.standing),
        **dict.fromkeys((
            duty_evaluation.RecordFirstStage, duty_evaluation.SampleForConfirmation, duty_evaluation.ConfirmResult,
            duty_evaluation.OverturnResult,
        ), measuring.the_stage),
        indicator_set.PublishIndicatorSet: measuring.the_versions,
        indicator_set.MapIndicators: measuring.the_versions,
        indicator_set.SupersedeIndicatorSet: measuring.the_versions,
        internal_supervision_report.DraftInternalReport: measuring.the_school,
        internal_supervision_report.ReviewInternalReport: measuring.the_school,
        third_party_evaluation.Commission: measuring.the_commissioner,
        monitoring_data_set.ReuseElement: measuring.the_campaign,
        monitoring_data_set.ValidateElement: gathering.whose_it_is,
        monitoring_data_set.RejectElement: gathering.whose_it_is,
    }

    def origin(self, intent: Intent, stream: UUID) -> Origin:
        """What a unit writes itself is its own; a lead is never in the scope of the school it is about."""
        if intent.actor.role is Role.UNIT_USER and intent.actor.unit_id is not None:
            return self._own(intent, stream)
        home = super().origin(intent, stream)
        if isinstance(intent.command, ReceiveLead):
            return msgspec.structs.replace(home, unit_path=None, confidentiality=Confidentiality.RESTRICTED)
        return home

    def cases(self, command: Command, stream: UUID) -> tuple[UUID, ...]:
        """Of what belongs to a whole activity: one case for each of its units."""
        activity_id = getattr(command, "activity_id", None)
        activity = self.kept.find(Activity, activity_id) if activity_id else None
        if activity is None or unit_named(command) is not None:
            return super().cases(command, stream)
        return tuple(case_id(activity_id, unit) for unit in activity.targets)

    def _own(self, intent: Intent, stream: UUID) -> Origin:
        unit = self.reference.unit(intent.actor.unit_id)
        path = self.reference.unit_path(unit.unit_id)
        return Origin(
            jurisdiction=unit.place, tier=Tier.SCHOOL, owner_body=None, owner_path=path, unit_path=path,
            case_ids=self.cases(intent.command, stream) or (case_id(stream, unit.unit_id),),
        )
