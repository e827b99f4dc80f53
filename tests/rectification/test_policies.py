"""What rectification does about letters, seen through a small county."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts.rectification import joint_liability, look_back, problem_ledger, rectification_plan, supervision_order
from contracts.rectification.number_register import NumberTaken
from contracts.registry import supervised_unit
from contracts.values import Role, natural_id
from services.chassis.identity import service_actor
from services.chassis.life_cycle import Refused
from services.chassis.scope import last_of
from services.chassis.work import Intent
from services.rectification.application import Rectification
from services.rectification.domain.joint_liability import JointLiability
from services.rectification.domain.problem_ledger import ProblemLedger
from tests.kit.cases import AT, uid
from tests.rectification.county import ADMIN, CITY, EDU, OFFICE, S1, S2, County, item_of, ledger_id, plan_id

ONE, TWO = item_of("one"), item_of("two")
LAPSE = timedelta(days=35)


@pytest.fixture
def county() -> County:
    return County()


def refusal(act: Callable[[], None]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def ledger(county: County) -> ProblemLedger:
    found = county.app.load(ProblemLedger, ledger_id())
    assert isinstance(found, ProblemLedger)
    return found


def state_of(county: County, name: str) -> str:
    return ledger(county).items[str(item_of(name))].state


# --- P1, P2, P14: findings ---------------------------------------------------------------------------


def test_a_confirmed_finding_is_listed_and_the_department_learns_of_its_duty(county: County) -> None:
    county.confirm("one", "two")
    assert county.names().count("LedgerOpened") == 1
    registered = county.told(problem_ledger.ItemRegistered)
    assert [item.item_id for item in registered] == [ONE, TWO]
    assert {(item.competent_department_id, item.managed_by_at_finding) for item in registered} == {(EDU, EDU)}
    assert [duty.item_id for duty in county.told(joint_liability.DutyNotified)] == [ONE, TWO]


def test_numbers_have_no_gap_and_stand_in_the_commit_that_uses_them(county: County) -> None:
    county.confirm("one", "two")
    numbers = [item.number for item in county.told(problem_ledger.ItemRegistered)]
    assert numbers == ["990101-2026-000001", "990101-2026-000002"]
    assert [taken.taken_for for taken in county.told(NumberTaken)] == [ONE, TWO]
    county.confirm("one")
    assert len(county.told(NumberTaken)) == 2


def test_the_plan_is_asked_for_when_the_last_finding_fed_back_is_settled(county: County) -> None:
    county.feed_back("one", "two", "three")
    county.confirm("one", "two")
    assert county.told(rectification_plan.PlanRequested) == []
    county.withdraw("three")
    (asked,) = county.told(rectification_plan.PlanRequested)
    assert (asked.plan_id, asked.item_ids, asked.due_at > county.clock()) == (plan_id(), (ONE, TWO), True)


def test_a_plan_is_not_asked_for_when_nothing_was_confirmed(county: County) -> None:
    county.feed_back("one")
    county.withdraw("one")
    assert county.names() == []


def test_the_item_of_a_withdrawn_finding_is_cancelled(county: County) -> None:
    county.confirm("one")
    county.withdraw("one")
    assert state_of(county, "one") == "CANCELLED"


def test_nobody_asks_for_a_plan_about_an_empty_list(county: County) -> None:
    ask = rectification_plan.RequestPlan(plan_id=plan_id(), unit_id=S1, ledger_id=ledger_id(), item_ids=())
    assert refusal(lambda: county.by(county.staff(), ask)) == "FEEDBACK_NOT_DELIVERED"


# --- P3 and the department ----------------------------------------------------------------------------


def test_an_overdue_item_drafts_an_order_and_leaves_its_department_in_peace_so_far(county: County) -> None:
    county.confirm("one")
    county.town.advance_to(county.clock() + LAPSE)
    (draft,) = county.told(supervision_order.OrderDrafted)
    assert (draft.item_ids, draft.ground, draft.issuing_body_id) == (
        (ONE,), supervision_order.OrderGround.NOT_TIMELY, OFFICE)
    assert county.told(joint_liability.WeakRectificationFound) == []


def test_a_zone_whose_chain_has_no_order_drafts_none_and_can_issue_none() -> None:
    zone = County("970000", "970101", rules={"SD": "970000", "SD-WH-EDZ": "970101"})
    zone.confirm("one")
    zone.town.advance_to(zone.clock() + LAPSE)
    assert "ItemDeadlineLapsed" in zone.names() and "OrderDrafted" not in zone.names()
    (weak,) = zone.told(joint_liability.WeakRectificationFound)
    assert weak.cause is joint_liability.WeaknessCause.ITEM_OVERDUE
    zone.by(zone.staff(), supervision_order.DraftOrder(
        order_id=uid("order"), unit_id=S1, issuing_body_id=OFFICE, item_ids=(ONE,),
        ground=supervision_order.OrderGround.NOT_TIMELY))
    issue = supervision_order.IssueOrder(order_id=uid("order"), legal_basis=("§15",))
    assert refusal(lambda: zone.by(zone.staff(), issue)) == "POLICY_UNSET"
    assert len(zone.told(NumberTaken)) == 1


def test_an_escalated_order_finds_the_department_weak(county: County) -> None:
    office, school = county.staff(), county.of_unit()
    county.confirm("one")
    county.by(county.staff("chen", EDU, Role.DEPARTMENT_USER), joint_liability.RecordGuidance(
        item_id=ONE, department_id=EDU, kind=joint_liability.GuidanceKind.URGING, at=county.clock(),
        evidence_hash="g1"))
    county.town.advance_to(county.clock() + LAPSE)
    (draft,) = county.told(supervision_order.OrderDrafted)
    county.by(office, supervision_order.IssueOrder(order_id=draft.order_id, legal_basis=("§11",)))
    county.by(school, supervision_order.AcknowledgeOrder(order_id=draft.order_id))
    assert state_of(county, "one") == "UNDER_ORDER"
    county.town.advance_to(county.clock() + LAPSE)
    county.by(office, supervision_order.EscalateOrder(
        order_id=draft.order_id, to=supervision_order.Escalation.CIRCULAR))
    assert county.names()[-2:] == ["OrderEscalated", "WeakRectificationFound"]
    (weak,) = county.told(joint_liability.WeakRectificationFound)
    assert weak.cause is joint_liability.WeaknessCause.ORDER_LAPSED
    county.by(office, joint_liability.DeclineJointLiability(item_id=ONE, department_id=EDU))


def test_a_rejected_completion_drafts_an_order_for_want_of_thoroughness(county: County) -> None:
    county.confirm("one")
    county.town.advance_to(county.clock() + LAPSE)
    county.by(county.of_unit(), problem_ledger.ReportCompletion(
        item_id=ONE, measures_done=("补齐",), evidence_hashes=("e1",)))
    county.by(county.staff("wang", role=Role.INSPECTOR), problem_ledger.RejectCompletion(item_id=ONE, reason="仍缺"))
    grounds = [draft.ground.value for draft in county.told(supervision_order.OrderDrafted)]
    assert grounds == ["NOT_TIMELY", "NOT_THOROUGH"]


def test_a_new_stream_about_an_item_belongs_to_its_case_and_unit(county: County) -> None:
    county.confirm("one")
    liability = county.app.load(JointLiability, natural_id("JointLiability", ONE, EDU))
    assert liability is not None and liability.origin is not None
    mine, list_of = liability.origin, ledger(county).origin
    assert list_of is not None and (mine.case_ids, mine.unit_path) == (list_of.case_ids, list_of.unit_path)


def test_a_member_unit_outside_the_county_may_answer_for_what_was_delegated_to_it(county: County) -> None:
    county.confirm("one")
    county.by(county.staff(), problem_ledger.DelegateItem(
        item_id=ONE, to_member_unit_id=EDU, due_at=county.clock() + LAPSE))
    county.town.advance_to(county.clock() + LAPSE)
    county.by(county.staff("chen", EDU, Role.DEPARTMENT_USER), problem_ledger.ReportCompletion(
        item_id=ONE, measures_done=("补齐",), evidence_hashes=("e1",)))
    assert state_of(county, "one") == "REPORTED"


# --- look-back, upper bodies ----------------------------------------------------------------------------


def written_off(county: County, by: str = "office") -> None:
    county.town.advance_to(county.clock() + LAPSE)
    county.by(county.of_unit(), problem_ledger.ReportCompletion(
        item_id=ONE, measures_done=("补齐",), evidence_hashes=("e1",)))
    county.by(county.staff("wang", role=Role.INSPECTOR), problem_ledger.VerifyItem(
        item_id=ONE, method="现场", evidence_hashes=("e2",)))
    county.by(county.staff("li", uid(by)), problem_ledger.WriteOffItem(item_id=ONE, publication_id=uid("page")))


def looked_at(county: County, decision: look_back.DecideRebounded) -> None:
    checker = county.staff("sun", role=Role.INSPECTOR)
    county.by(county.staff(), look_back.ScheduleLookBack(
        look_back_id=decision.look_back_id, item_ids=(decision.item_id,), selection=look_back.Selection.LISTED))
    county.by(checker, look_back.PerformLookBack(
        look_back_id=decision.look_back_id, methods=(look_back.LookBackMethod.ON_SITE,), evidence_hashes=("e4",)))
    county.by(checker, decision)


def test_a_rebounded_item_and_its_list_are_open_again(county: County) -> None:
    county.confirm("one")
    written_off(county)
    assert ledger(county).state == "CLOSED"
    looked_at(county, look_back.DecideRebounded(look_back_id=uid("look"), item_id=ONE, description="又缺三天"))
    assert (state_of(county, "one"), ledger(county).state) == ("REOPENED", "OPEN")


def test_whoever_verified_does_not_look_back(county: County) -> None:
    county.confirm("one")
    written_off(county)
    county.by(county.staff(), look_back.ScheduleLookBack(
        look_back_id=uid("look"), item_ids=(ONE,), selection=look_back.Selection.LISTED))
    perform = look_back.PerformLookBack(
        look_back_id=uid("look"), methods=(look_back.LookBackMethod.ON_SITE,), evidence_hashes=("e4",))
    wang = county.staff("wang", role=Role.INSPECTOR)
    assert refusal(lambda: county.by(wang, perform)) == "SAME_CHECKER"


def upper_item(county: County) -> None:
    key = (S1, None, CITY)
    county.by(county.staff("zhou", CITY), problem_ledger.RegisterItem(
        ledger_id=natural_id("ProblemLedger", *key), item_id=ONE, unit_id=S1, issuing_body_id=CITY,
        source=problem_ledger.ItemSource.UPPER_BODY_ITEM, text="大班额", severity=problem_ledger.Severity.GENERAL))


def test_a_lower_body_verifies_an_upper_item_but_does_not_write_it_off(county: County) -> None:
    upper_item(county)
    assert refusal(lambda: written_off(county)) == "NOT_ISSUING_BODY"
    county.by(county.staff("zhou", CITY), problem_ledger.WriteOffItem(item_id=ONE, publication_id=uid("page")))
    assert county.names()[-2:] == ["ItemWrittenOff", "LedgerClosed"]


def test_an_open_upper_item_may_be_looked_back_at_and_an_open_own_one_may_not(county: County) -> None:
    upper_item(county)
    county.confirm("two")
    looks = [look_back.ScheduleLookBack(
        look_back_id=uid(f"look {item}"), item_ids=(item,), selection=look_back.Selection.LISTED,
    ) for item in (ONE, TWO)]
    county.by(county.staff(), looks[0])
    assert refusal(lambda: county.by(county.staff(), looks[1])) == "ITEM_NOT_ELIGIBLE"


def test_a_beijing_department_does_not_look_back_outside_its_own_area() -> None:
    district = County("980000", "980101", rules={"BJ": "980000"})
    district.confirm("one")
    district.town.advance_to(district.clock() + LAPSE)
    written_off(district)
    district.found("980102", uid("neighbour"))
    look = look_back.ScheduleLookBack(
        look_back_id=uid("look"), item_ids=(ONE,), selection=look_back.Selection.LISTED)
    neighbour = district.staff("qin", uid("neighbour"))
    assert refusal(lambda: district.by(neighbour, look)) == "OUTSIDE_OWN_AREA"
    district.by(district.staff("zhou", CITY), look)


# --- P12: the unit goes -----------------------------------------------------------------------------------


def test_what_is_open_goes_to_the_successor_who_then_answers_for_it(county: County) -> None:
    county.confirm("one", "two")
    county.withdraw("two")
    county.by(ADMIN, supervised_unit.MergeUnits(unit_id=S2, unit_ids=(S1,), valid_from=date(2026, 3, 2)))
    (moved,) = county.told(problem_ledger.ItemRepointed)
    assert (moved.item_id, moved.from_unit_id, moved.to_unit_id, moved.reason) == (ONE, S1, S2, "单位合并")
    (registered,) = [letter.head.occurred_at for letter in county.town.announcements("rectification", 0)
                     if isinstance(letter.event, problem_ledger.ItemRegistered) and letter.event.item_id == ONE]
    assert moved.registered_at == registered
    county.town.advance_to(county.clock() + LAPSE)
    county.by(county.of_unit(S2, "qian"), problem_ledger.ReportCompletion(
        item_id=ONE, measures_done=("补齐",), evidence_hashes=("e1",)))


def test_every_item_says_from_which_unit_it_came(county: County) -> None:
    county.confirm("one", "two")
    county.by(ADMIN, supervised_unit.CloseUnit(unit_id=S1, successor_ids=(S2,), valid_from=date(2026, 3, 2)))
    assert [moved.from_unit_id for moved in county.told(problem_ledger.ItemRepointed)] == [S1, S1]


def test_of_a_list_that_was_split_every_item_is_its_own_units(county: County) -> None:
    county.confirm("one", "two")
    county.by(county.staff(), problem_ledger.RepointItem(item_id=ONE, to_unit_id=S2, reason="校区拆分"))
    for item_id, unit in ((TWO, S1), (ONE, S2)):
        county.by(county.staff(), problem_ledger.SuspendItem(
            item_id=item_id, reason="汛期", review_at=county.clock() + LAPSE))
        last = county.town.announcements("rectification", 0)[-1]
        assert (last.name, last_of(last.head.unit_path or "")) == ("rectification.ItemSuspended", unit)


def test_a_unit_that_closes_without_successor_keeps_its_items(county: County) -> None:
    county.confirm("one")
    county.by(ADMIN, supervised_unit.CloseUnit(unit_id=S1, valid_from=date(2026, 3, 2)))
    assert "ItemRepointed" not in county.names()


def test_a_successor_submits_the_plan_of_the_unit_it_carries_on(county: County) -> None:
    county.feed_back("one")
    county.confirm("one")
    county.by(ADMIN, supervised_unit.MergeUnits(unit_id=S2, unit_ids=(S1,), valid_from=date(2026, 3, 2)))
    county.by(county.of_unit(S2, "qian"), rectification_plan.SubmitPlan(
        plan_id=plan_id(), items=(rectification_plan.PlannedItem(item_id=ONE, measures=("补齐",)),)))
    assert county.names()[-1] == "PlanSubmitted"


def test_an_item_assigned_after_its_plan_was_accepted_is_linked_then(county: County) -> None:
    office = county.staff()
    county.feed_back("one")
    county.confirm("one")
    county.by(county.of_unit(), rectification_plan.SubmitPlan(
        plan_id=plan_id(), extension_answers=(rectification_plan.ExtensionAnswer(group="食品安全", method="排查"),),
        items=(rectification_plan.PlannedItem(
            item_id=ONE, measures=("补齐",), person_id=uid("zhao"), due_at=county.clock() + timedelta(days=3)),)))
    county.by(office, rectification_plan.AcceptPlan(plan_id=plan_id(), department_informed_at=county.clock()))
    assert state_of(county, "one") == "OPEN"
    county.by(office, problem_ledger.AssignItem(item_id=ONE, person_id=uid("zhao"), basis="§11"))
    assert state_of(county, "one") == "PLANNED"


# --- the floor beneath -----------------------------------------------------------------------------------


def register(name: str, unit: UUID) -> Intent:
    key = (unit, None, OFFICE)
    return Intent(
        at=AT, actor=service_actor(Role.POLICY, "rectification", OFFICE),
        command=problem_ledger.RegisterItem(
            ledger_id=natural_id("ProblemLedger", *key), item_id=item_of(name), unit_id=unit, issuing_body_id=OFFICE,
            source=problem_ledger.ItemSource.IMPLEMENTATION_INSPECTION, text="大班额",
            severity=problem_ledger.Severity.GENERAL),
    )


def test_a_number_that_another_process_takes_meanwhile_is_not_given_twice(county: County) -> None:
    other, append = Rectification(county.logs, county.tokens, county.clock), county.app.append
    other.reference.policies = county.app.reference.policies

    def overtaken(*work: Any) -> int:
        county.app.append = append  # type: ignore[method-assign]
        other.settle(register("two", S2), uid("command two"), b"two")
        return append(*work)

    county.app.append = overtaken  # type: ignore[method-assign]
    county.app.settle(register("one", S1), uid("command one"), b"one")
    county.town.settle()
    numbers = {item.item_id: item.number for item in county.told(problem_ledger.ItemRegistered)}
    assert numbers == {TWO: "990101-2026-000001", ONE: "990101-2026-000002"}


def test_a_refused_registration_takes_no_number(county: County) -> None:
    intent = register("one", S1)
    nothing = msgspec.structs.replace(intent.command, text=" ")
    assert refusal(lambda: county.app.settle(replace(intent, command=nothing), uid("c"), b"c")) == "TEXT_MISSING"
    assert county.told(NumberTaken) == []


def test_each_refused_wish_of_a_policy_leaves_its_own_outcome(county: County) -> None:
    county.confirm("one", "two")
    county.town.advance_to(county.clock() + LAPSE)
    county.by(county.staff(), supervision_order.DraftOrder(
        order_id=uid("order"), unit_id=S1, issuing_body_id=OFFICE, item_ids=(ONE, TWO),
        ground=supervision_order.OrderGround.NOT_TIMELY))
    for item in (ONE, TWO):
        county.by(county.of_unit(), problem_ledger.ReportCompletion(
            item_id=item, measures_done=("补齐",), evidence_hashes=("e1",)))
    county.by(county.staff(), supervision_order.IssueOrder(order_id=uid("order"), legal_basis=("§11",)))
    assert [outcome.partition(":")[0] for outcome in county.outcomes()] == ["STATE_NOT_ALLOWED"] * 2


def test_an_item_on_a_look_back_is_still_found_on_its_list(county: County) -> None:
    upper_item(county)
    county.by(county.staff(), look_back.ScheduleLookBack(
        look_back_id=uid("look"), item_ids=(ONE,), selection=look_back.Selection.LISTED))
    county.by(county.staff(), problem_ledger.AssignItem(item_id=ONE, person_id=uid("zhao"), basis="§12"))
    assert county.names()[-1] == "ItemAssigned"
