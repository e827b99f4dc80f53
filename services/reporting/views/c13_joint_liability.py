"""C13 连带责任: one row per competent department: which department let its schools fail?"""

from collections.abc import Iterable
from typing import Any

from contracts.letter import Letter
from contracts.rectification import joint_liability as said
from services.reporting.views import c1_ledger_board as c1
from services.reporting.views.country import Country, parent_of
from services.reporting.views.figures import Figures
from services.reporting.views.registers.place import BODIES, PLACES
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum
from services.reporting.views.telling import Happenings, moves, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View


class Duty(Page, kw_only=True, gc=False):
    """What one department owes for one item, and what it did."""

    item: str
    department: str
    state: str = "DUTY"
    guidance: int = 0
    urgings: int = 0
    weak: int = 0
    established: bool = False


def keys(letter: Letter) -> Iterable[str]:
    """The item and the department."""
    event: Any = letter.event
    return (f"{event.item_id}/{event.department_id}",)


def _guide(page: Duty, event: said.GuidanceRecorded, _: Letter) -> None:
    if event.kind is said.GuidanceKind.URGING:
        page.urgings += 1
    else:
        page.guidance += 1


def _weak(page: Duty, _: said.WeakRectificationFound, __: Letter) -> None:
    page.state, page.weak = "UNDER_REVIEW", page.weak + 1


def _established(page: Duty, _: said.JointLiabilityEstablished, __: Letter) -> None:
    page.state, page.established = "ESTABLISHED", True


HAPPENINGS: Happenings = {
    said.DutyNotified: moves("DUTY"),
    said.GuidanceRecorded: _guide,
    said.WeakRectificationFound: _weak,
    said.JointLiabilityEstablished: _established,
    said.JointLiabilityDeclined: moves("DUTY"),
}


def _duty(letter: Letter, _: str) -> Duty:
    event: Any = letter.event
    return Duty(item=str(event.item_id), department=str(event.department_id), **owned(letter))


DUTIES = View(
    name="duties", title="主管部门责任登记", fold_version=1, page=Duty, listens=names_of(HAPPENINGS), keys=keys,
    fold=told_by(HAPPENINGS, _duty), show=plainly,
)


Answering = tuple[Piece, tuple[int, int]]
"""A unit's figures, and how many of its items are open and overdue at one department."""


def rows(sources: Sources) -> Iterable[Sum]:
    """The department that answered when the problem was found, else the one that answers for the unit now."""
    country = Country(sources)
    boards, duties = dict[str, list[Answering]](), dict[str, list[Piece]]()
    for piece in sources.each(c1.VIEW, Figures):
        for department, counts in piece.page.answering(country.day).items():
            boards.setdefault(department, []).append((piece, counts))
    for piece in sources.each(DUTIES):
        duties.setdefault(piece.page.department, []).append(piece)
    for department in sorted(boards.keys() | duties.keys()):
        yield _row(country, department, boards.get(department, []), duties.get(department, []))


def _row(country: Country, department: str, boards: list[Answering], duties: list[Piece]) -> Sum:
    held, behind = [piece.page for piece in duties], [*(piece for piece, _ in boards), *duties]
    body = country.bodies.get(department)
    place = country.body_path(department) or parent_of(behind[0].page.owner_path)
    return Sum(department, {
        "department": department, "name": body.page.name if body else "", "units": len(boards),
        "open": sum(open_ for _, (open_, _) in boards), "overdue": sum(overdue for _, (_, overdue) in boards),
        "duties": len(held), "guidance": sum(duty.guidance for duty in held),
        "urgings": sum(duty.urgings for duty in held), "weak": sum(duty.weak for duty in held),
        "under_review": sum(duty.state == "UNDER_REVIEW" for duty in held),
        "liable": sum(duty.established for duty in held),
    }, behind, f"{place}{department}", delegates=(department,))


VIEW = RollUp(name="C13", title="连带责任", of=(c1.VIEW, DUTIES, PLACES, BODIES), rows=rows)
