"""S2 我的整改方案: one row per item and measure: am I on plan, and where did I look for similar problems?"""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from contracts.letter import Letter
from contracts.rectification import rectification_plan as said
from services.reporting.views import s1_problem_list as s1
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum
from services.reporting.views.telling import Happenings, keyed_by, moves, names_of, plainly, told_by
from services.reporting.views.view import Page, View


class Planned(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """What the plan says of one item."""

    measures: tuple[str, ...] = ()
    person: str | None = None
    due_at: datetime | None = None


class Plan(Page, kw_only=True, gc=False):
    """One plan as last submitted; `answers` are the extension answers (举一反三), `found` what they found."""

    plan: str
    unit: str = ""
    state: str = "REQUESTED"
    due_at: datetime | None = None
    report_due_at: datetime | None = None
    items: dict[str, Planned] = {}
    answers: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    sent_back: tuple[str, ...] = ()
    overdue: bool = False


def _request(page: Plan, event: said.PlanRequested, _: Letter) -> None:
    page.unit, page.due_at = str(event.unit_id), event.due_at
    page.items = {str(item): Planned() for item in event.item_ids}


def _submit(page: Plan, event: said.PlanSubmitted, _: Letter) -> None:
    page.state, page.overdue, page.sent_back = "SUBMITTED", False, ()
    for item in event.items:
        person = str(item.person_id) if item.person_id else None
        page.items[str(item.item_id)] = Planned(measures=item.measures, person=person, due_at=item.due_at)
    page.answers = tuple((answer.group, answer.method, answer.found_items) for answer in event.extension_answers)


def _send_back(page: Plan, event: said.PlanSentBack, _: Letter) -> None:
    page.state, page.sent_back = "RETURNED", tuple(code.value for code in event.reason_codes)


def _overdue(page: Plan, _: said.PlanOverdueRaised, __: Letter) -> None:
    page.overdue = True


def _report(page: Plan, _: said.RectificationReported, __: Letter) -> None:
    page.state, page.overdue = "REPORTED", False


HAPPENINGS: Happenings = {
    said.PlanRequested: _request,
    said.PlanSubmitted: _submit,
    said.PlanSentBack: _send_back,
    said.PlanAccepted: moves("EXECUTING", report_due_at="report_due_at"),
    said.RectificationReported: _report,
    said.RectificationPublished: moves("PUBLISHED"),
    said.RectificationPlanClosed: moves("CLOSED"),
    said.PlanOverdueRaised: _overdue,
}


def _plan(letter: Letter, key: str) -> Plan:
    head = letter.head
    return Plan(plan=key, owner_path=head.owner_path, unit_path=head.unit_path)


PLANS = View(
    name="plans", title="整改方案登记", fold_version=1, page=Plan, listens=names_of(HAPPENINGS),
    keys=keyed_by("plan_id"), fold=told_by(HAPPENINGS, _plan), show=plainly,
)


def rows(sources: Sources) -> Iterable[Sum]:
    """An item without a measure has a row too: it is not planned yet."""
    plans = sources.within(PLANS)
    items = sources.some(s1.VIEW, {item for piece in plans for item in piece.page.items})
    for piece in plans:
        for item, planned in piece.page.items.items():
            yield from _rows(piece, item, planned, items.get(item))


def _rows(piece: Piece, item: str, planned: Planned, listed: Piece | None) -> Iterator[Sum]:
    plan: Plan = piece.page
    entry: s1.Entry | None = listed.page if listed else None
    due_at = planned.due_at or (entry.item.due_at if entry else None)
    told = {
        "plan": plan.plan, "unit": plan.unit, "plan_state": plan.state, "plan_overdue": plan.overdue,
        "sent_back": plan.sent_back, "item": item, "state": entry.item.state if entry else None,
        "next_date": plan.due_at if plan.state in ("REQUESTED", "RETURNED") else due_at,
        "person": planned.person, "report_due_at": plan.report_due_at, "extension_answers": len(plan.answers),
        "similar_found": sum(len(found) for _, _, found in plan.answers),
        "methods": [how for _, how, _ in plan.answers],
    }
    for place, measure in enumerate(planned.measures or (None,)):
        done = entry is not None and measure in entry.done
        yield Sum(
            f"{plan.plan}/{item}/{place}", {**told, "measure": measure, "done": done},
            [piece, *([listed] if listed else [])], plan.owner_path, plan.unit_path, plan.delegates,
        )


VIEW = RollUp(name="S2", title="我的整改方案", of=(PLANS, s1.VIEW), rows=rows)
