"""What is special about accountability: what each command is told, where a matter belongs, and who else may act."""

from uuid import UUID

import msgspec

from contracts.accountability import (
    accountability_case,
    appraisal_reference,
    case_transfer,
    circular,
    incentive,
    interview,
    linkage_case,
    media_exposure,
    private_school_measure,
    retaliation_report,
)
from contracts.accountability.circular_register import TakeCircularNumber
from contracts.values import Confidentiality, case_id
from services.accountability import addressees, belonging, gathering
from services.accountability.copies import COPIES
from services.accountability.domain.accountability_case import AccountabilityCase
from services.accountability.domain.appraisal_reference import AppraisalReference
from services.accountability.domain.case_transfer import CaseTransfer
from services.accountability.domain.circular import Circular
from services.accountability.domain.circular_register import CircularRegister
from services.accountability.domain.incentive import Incentive
from services.accountability.domain.interview import Interview
from services.accountability.domain.linkage_case import LinkageCase
from services.accountability.domain.media_exposure import MediaExposure
from services.accountability.domain.private_school_measure import PrivateSchoolMeasure
from services.accountability.domain.result_use import ResultUse
from services.accountability.domain.retaliation_report import RetaliationReport
from services.accountability.policies import POLICIES
from services.chassis.aggregates import Aggregate
from services.chassis.application import ServiceApplication
from services.chassis.facts import Origin
from services.chassis.numbering import Numbered
from services.chassis.scope import last_of
from services.chassis.work import Intent


def circular_number(_: str, year: int, number: int) -> str:
    """`督通〔2026〕1号`, one series per body and year."""
    return f"督通〔{year}〕{number}号"


class Accountability(ServiceApplication):
    """问责."""

    name = "accountability"
    aggregates = (
        Interview, Circular, AccountabilityCase, PrivateSchoolMeasure, CaseTransfer, MediaExposure, Incentive,
        AppraisalReference, RetaliationReport, LinkageCase, ResultUse, CircularRegister,
    )
    copies = COPIES
    policies = POLICIES
    numbered = {circular.IssueCircular: Numbered("circular", "circular_id", circular_number, TakeCircularNumber)}
    gatherers = {
        interview.ProposeInterview: gathering.kind_of_unit,
        interview.ApproveInterview: gathering.kind_of_unit,
        interview.NotifyInterview: gathering.heads,
        interview.FileRecord: addressees.filing_addressees,
        interview.CompleteFiling: addressees.filing_addressees,
        circular.IssueCircular: addressees.circular_recipients,
        circular.LiftCircular: gathering.open_items,
        accountability_case.ProposeCase: gathering.unit_of_subject,
        accountability_case.DecideCase: gathering.whether_private,
        accountability_case.EnforceCase: gathering.handed_over,
        accountability_case.LodgeAppeal: gathering.next_upper_body,
        private_school_measure.ProposeMeasure: gathering.the_decision,
        private_school_measure.TransferMeasure: gathering.answering_department,
        case_transfer.SendTransfer: gathering.kind_of_addressee,
        media_exposure.CorrectExposure: gathering.state_of_case,
        incentive.ProposeIncentive: gathering.obstacles,
        incentive.GrantIncentive: gathering.obstacles,
        incentive.RevokeIncentive: gathering.what_was_overturned,
        appraisal_reference.AmendReference: gathering.whether_corrected,
        retaliation_report.ReportRetaliation: gathering.sealing,
        retaliation_report.DecideRetaliation: gathering.case_known,
        linkage_case.OpenLinkage: gathering.case_known,
    }

    def origin(self, intent: Intent, stream: UUID) -> Origin:
        """A matter belongs to the cases of its sources and to the unit it is about; retaliation to no unit's case."""
        home, command = super().origin(intent, stream), intent.command
        if isinstance(command, retaliation_report.ReportRetaliation):
            return msgspec.structs.replace(
                home, unit_path=None, case_ids=(), confidentiality=Confidentiality.RESTRICTED)
        unit_path = belonging.unit_path(self, command, home.unit_path)
        caused = intent.cause.case_ids if intent.cause else ()
        own = (case_id(stream, last_of(unit_path)),) if unit_path else ()
        cases = belonging.cases(self, command) or caused or own
        return msgspec.structs.replace(home, unit_path=unit_path, case_ids=cases)

    def parties(self, aggregate: Aggregate) -> frozenset[str]:
        """Whoever was told, asked to decide or to carry out; of a file, the departments where it is kept."""
        return belonging.parties(self, aggregate)
