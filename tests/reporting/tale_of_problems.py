"""The part of the tale that problems make: lists, plans, orders, look-backs, duties, reproaches, cases."""

from datetime import timedelta
from typing import Any

from contracts.accountability import accountability_case, circular, interview, private_school_measure
from contracts.letter import Letter
from contracts.personnel import conduct_case
from contracts.record import Event
from contracts.rectification import joint_liability, look_back, problem_ledger, rectification_plan, supervision_order
from contracts.values import CalendarKind, MeasureModality, PublicationChannel, Severity
from tests.letters import START, id_of
from tests.reporting.tale import COUNTY, LATER, ids
from tests.reporting.tale_of_inspections import InspectionTale

PARTS = circular.CircularContents(results="结果", attitude="态度", rectification="整改")


class ProblemTale(InspectionTale):
    """Items stand on the list of their unit."""

    def __init__(self) -> None:
        super().__init__()
        self.units: dict[str, str] = {}

    def item(self, item: str, unit: str = "s1", department: str | None = None, **said: Any) -> Letter:
        self.units[item] = unit
        return self.says(problem_ledger.ItemRegistered(
            item_id=id_of(item), ledger_id=id_of(f"list-{unit}"), issuing_body_id=id_of("office"), text=f"问题{item}",
            source=problem_ledger.ItemSource.CONFIRMED_FINDING, severity=Severity.GENERAL,
            competent_department_id=id_of(department) if department else None,
        ), f"list-{unit}", unit, **said)

    def of_item(self, item: str, kind: type[Event], **fields: Any) -> Letter:
        unit = self.units[item]
        said = {"reason": fields["reason"]} if "reason" in fields else {}
        return self.says(kind(item_id=id_of(item), **fields), f"list-{unit}", unit, **said)

    def reported(self, item: str, *measures: str) -> Letter:
        return self.of_item(
            item, problem_ledger.CompletionReported, measures_done=measures, evidence_hashes=("h",),
            reported_by=id_of("zhao"),
        )

    def lapsed(self, item: str) -> Letter:
        return self.of_item(item, problem_ledger.ItemDeadlineLapsed, due_at=START)

    def written_off(self, item: str) -> Letter:
        return self.of_item(item, problem_ledger.ItemWrittenOff, by_body_id=id_of("office"))

    def reopened(self, item: str, look: str = "look", cause: str = "FALSE_RECTIFICATION") -> Letter:
        return self.of_item(
            item, problem_ledger.ItemReopened, look_back_id=id_of(look), due_at=LATER,
            cause=problem_ledger.ReopenCause[cause],
        )

    def plan(self, unit: str, items: tuple[str, ...], *, measures: tuple[str, ...] = ("补齐", "培训")) -> None:
        self.says(rectification_plan.PlanRequested(
            plan_id=id_of(f"plan-{unit}"), unit_id=id_of(unit), item_ids=ids(items), due_at=LATER,
        ), f"plan-{unit}", unit)
        if measures:
            self.says(rectification_plan.PlanSubmitted(
                plan_id=id_of(f"plan-{unit}"),
                items=tuple(rectification_plan.PlannedItem(
                    item_id=id_of(item), measures=measures, person_id=id_of("zhao"), due_at=LATER,
                ) for item in items),
                extension_answers=(rectification_plan.ExtensionAnswer(
                    group="食堂", method="全校排查", found_items=("小卖部",),
                ),),
            ), f"plan-{unit}", unit)

    def sent_back(self, unit: str) -> Letter:
        return self.says(rectification_plan.PlanSentBack(
            plan_id=id_of(f"plan-{unit}"), reason_codes=(rectification_plan.RevisionReason.EXTENSION_MISSING,),
        ), f"plan-{unit}", unit)

    def order(self, order: str, unit: str, *items: str) -> None:
        self.says(supervision_order.OrderDrafted(
            order_id=id_of(order), item_ids=ids(items), ground=supervision_order.OrderGround.NOT_TIMELY,
            unit_id=id_of(unit), issuing_body_id=id_of("office"),
        ), order, unit)

    def issued(self, order: str, unit: str, *items: str) -> Letter:
        return self.says(supervision_order.SupervisionOrderIssued(
            order_id=id_of(order), number="示教督〔2026〕3号", unit_id=id_of(unit), item_ids=ids(items),
            due_at=LATER, calendar=CalendarKind.WORKING_DAYS, legal_basis=("办法第20条",),
        ), order, unit)

    def of_order(self, order: str, unit: str, kind: type[Event], **fields: Any) -> Letter:
        return self.says(kind(order_id=id_of(order), **fields), order, unit)

    def looked(self, look: str, unit: str | None, *items: str) -> None:
        self.says(look_back.LookBackScheduled(
            look_back_id=id_of(look), item_ids=ids(items), kind=look_back.LookBackKind.LOOK_BACK,
            selection=look_back.Selection.RANDOM, draw_id=id_of("draw"), unit_id=id_of(unit) if unit else None,
        ), look, unit)

    def performed(self, look: str, unit: str | None = "s1") -> Letter:
        return self.says(look_back.LookBackPerformed(
            look_back_id=id_of(look), checker_id=id_of("wu"), methods=(look_back.LookBackMethod.ON_SITE,),
            evidence_hashes=("h",), at=START,
        ), look, unit)

    def false(self, look: str, item: str, unit: str = "s1", verifier: str = "wang") -> None:
        self.says(look_back.FalseRectificationAlleged(
            look_back_id=id_of(look), item_id=id_of(item), unit_id=id_of(unit), contradictions=("照片是旧的",),
        ), look, unit)
        self.says(look_back.FalseRectificationEstablished(
            look_back_id=id_of(look), item_id=id_of(item), unit_id=id_of(unit), evidence_hashes=("a", "b"),
            original_verifier_id=id_of(verifier), heard_at=START,
        ), look, unit)

    def rebounded(self, look: str, item: str, unit: str | None = "s1") -> Letter:
        event = look_back.LookBackRebounded(look_back_id=id_of(look), item_id=id_of(item), description="又有了")
        return self.says(event, look, unit)

    def conduct(self, inspector: str) -> Letter:
        return self.says(conduct_case.ConductReported(
            conduct_case_id=id_of(f"conduct-{inspector}"), inspector_id=id_of(inspector),
            grounds=(conduct_case.ConductGround.FALSE_VERIFICATION,),
        ), f"conduct-{inspector}")

    def urged(self, item: str, department: str, kind: str = "URGING") -> Letter:
        return self.says(joint_liability.GuidanceRecorded(
            item_id=id_of(item), department_id=id_of(department), kind=joint_liability.GuidanceKind[kind],
            at=START, evidence_hash="h",
        ), f"duty-{item}", self.units[item])

    def liable(self, item: str, department: str) -> None:
        told = {"item_id": id_of(item), "department_id": id_of(department)}
        unit = self.units[item]
        weak = joint_liability.WeakRectificationFound(cause=joint_liability.WeaknessCause.ITEM_OVERDUE, **told)
        self.says(weak, f"duty-{item}", unit)
        event = joint_liability.JointLiabilityEstablished(reasons="未督促", heard_at=START, **told)
        self.says(event, f"duty-{item}", unit)

    def interview(self, name: str, unit: str, place: str = COUNTY) -> None:
        self.says(interview.InterviewProposed(
            interview_id=id_of(name), unit_id=id_of(unit), person_ids=ids(["head"]), severity=Severity.SEVERE,
            ground_codes=(interview.InterviewGround.SAFETY_PROBLEMS,),
        ), name, unit, place=place)

    def filed(self, name: str, unit: str, to: str, *, receipt: bool) -> Letter:
        return self.says(interview.InterviewRecordFiled(
            interview_id=id_of(name), addressee_body_id=id_of(to), addressee_kind=interview.AddresseeKind.PARTY,
            filed_at=START, receipt_at=START + timedelta(days=1) if receipt else None,
        ), name, unit)

    def circular(self, name: str, unit: str, *recipients: str) -> None:
        self.says(circular.CircularDrafted(
            circular_id=id_of(name), unit_id=id_of(unit), ground_codes=(circular.CircularGround.SHIRKING,),
        ), name, unit)
        self.says(circular.CircularIssued(
            circular_id=id_of(name), unit_id=id_of(unit), contents=PARTS, suggestions=(), recipients=ids(recipients),
        ), name, unit)

    def received(self, name: str, unit: str, by: str) -> Letter:
        return self.says(circular.CircularReceiptRecorded(
            circular_id=id_of(name), recipient_body_id=id_of(by), receipt_at=START,
        ), name, unit)

    def case(self, name: str, unit: str) -> None:
        self.says(accountability_case.CaseProposed(
            accountability_case_id=id_of(name), source_ids=(), tier=accountability_case.CaseTier.B,
            subject=accountability_case.CaseSubject(kind=accountability_case.SubjectKind.UNIT, id=id_of(unit)),
            ground_codes=(accountability_case.CaseGround.REFUSED_DECISION,),
        ), name, unit)

    def decided(self, name: str, unit: str) -> None:
        self.says(accountability_case.CaseDecided(
            accountability_case_id=id_of(name), legal_basis=("§16",), serious_consequences=False,
            measures=(accountability_case.CaseMeasure(
                subject_id=id_of(unit), kind=accountability_case.MeasureKind.REVOKE_LICENCE, executor=id_of("edu"),
                modality=MeasureModality.MUST,
            ),),
        ), name, unit)
        self.says(private_school_measure.MeasureProposed(
            measure_id=id_of(f"measure-{name}"), accountability_case_id=id_of(name), unit_id=id_of(unit),
            kind=private_school_measure.PrivateMeasureKind.REVOKE_LICENCE, modality=MeasureModality.MUST,
        ), f"measure-{name}", unit)

    def published(self, name: str, unit: str) -> Letter:
        return self.says(accountability_case.CasePublished(
            accountability_case_id=id_of(name), scope=accountability_case.PublicityScope.LOCAL,
            channels=(PublicationChannel.PORTAL,), redactions=(), published_at=START,
        ), name, unit)
