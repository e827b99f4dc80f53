"""Shows what the views of draws, burden and bodies count, and that nothing under seal reaches the unit."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.findings.inspection_report import ReportApproved, ReportPublicationWithheld, ReportRetracted
from contracts.record import encode
from contracts.scheduling.annual_plan import PlanDrafted, PlanFiledUpward
from contracts.scheduling.burden_ledger import (
    BurdenKind,
    BurdenOverrideApproved,
    BurdenPeriodOpened,
    BurdenReleased,
    OverrideGround,
)
from contracts.scheduling.double_random_draw import (
    DrawCommitted,
    DrawExecuted,
    DrawSubstituted,
    SeedContribution,
    SeedMethod,
    SubstitutionReason,
)
from contracts.scheduling.inspection_activity import ReportOverdueRaised
from contracts.values import Confidentiality
from contracts.verify_draw import digest, rankings
from services.chassis.as_of import Happened
from services.chassis.pages import Scope
from services.reporting.views import REPORTS
from services.reporting.views.folding import Post
from tests.letters import START, id_of, unit_path
from tests.reporting.desk import NOW, Desk, cells
from tests.reporting.tale import COUNTY, NEIGHBOUR

SEALED: dict[str, Any] = {"confidentiality": Confidentiality.SEALED_UNTIL}
HERE = Scope((COUNTY,))
SCHOOL = Scope((unit_path("s1", COUNTY),))


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.country()
    desk.school("s1")
    return desk


def burden(desk: Desk, body: str, scope: Scope = HERE) -> tuple[Any, ...]:
    rows = [row for row in desk.rows("C8", scope).values() if row["body"] == str(id_of(body))]
    return cells(rows[0], "activities", "days", "all_days", "overrides", "over") if rows else ()


def test_each_body_stands_beside_what_all_bodies_ask_of_a_school(desk: Desk) -> None:
    desk.says(BurdenPeriodOpened(
        unit_id=id_of("s1"), period="2026S1", budget={BurdenKind.SPECIAL: 4},
    ), "burden-s1", "s1")
    for activity, body in [("a1", "county"), ("a2", "province"), ("a3", "county")]:
        desk.reserved("s1", activity, body)
        desk.consumed("s1", activity)
    assert burden(desk, "county") == (2, 4, 6, 0, {"SPECIAL": 2})
    assert burden(desk, "province") == (1, 2, 6, 0, {"SPECIAL": 2})


def test_an_override_is_counted_apart_and_exceeds_no_cap_and_a_release_leaves_no_day(desk: Desk) -> None:
    told: dict[str, Any] = {"unit_id": id_of("s1"), "period": "2026S1"}
    desk.says(BurdenPeriodOpened(budget={BurdenKind.SPECIAL: 2}, **told), "burden-s1", "s1")
    desk.reserved("s1", "a1", "county")
    desk.says(BurdenOverrideApproved(
        activity_id=id_of("a1"), ground=OverrideGround.EMERGENCY, approver_id=id_of("wang"), reason="突发", **told,
    ), "burden-s1", "s1", reason="突发")
    desk.consumed("s1", "a1", days=9)
    assert burden(desk, "county") == (1, 9, 9, 1, {})
    desk.says(BurdenReleased(activity_id=id_of("a1"), days=9, **told), "burden-s1", "s1")
    assert burden(desk, "county") == ()


def test_a_sealed_reservation_leaves_no_trace_for_anybody_until_the_activity_has_started(desk: Desk) -> None:
    desk.reserved("s1", "open", "county")
    desk.publish()
    before, number = desk.ask.view("C8", SCHOOL), desk.casebook.last_number()
    desk.reserved("s1", "flying", "province", **SEALED)
    desk.publish()
    after = desk.ask.view("C8", SCHOOL)
    assert list(after.lines) == list(before.lines)
    for at in (number + 1, NOW, Happened(NOW)):
        assert list(desk.ask.view("C8", SCHOOL, at=at).lines) == list(before.lines)
    key = before.lines[0].key
    assert [filed.number for filed in desk.ask.behind("C8", SCHOOL, key)] == [before.lines[0].number]
    desk.consumed("s1", "flying", "province")
    assert burden(desk, "province", SCHOOL) == (1, 2, 2, 0, {})


def test_a_draw_for_a_sealed_activity_is_seen_by_its_body_and_never_by_the_unit_in_its_pool(desk: Desk) -> None:
    desk.prepared("draw", unit="s1", **SEALED)
    office = Scope((f"{COUNTY}{id_of(f'office-{COUNTY}')}",))
    for view in ("C9", "P9", "T4"):
        assert len(desk.rows(view, office)) == 1
        assert desk.rows(view, SCHOOL) == {} and desk.rows(view, Scope(party=str(id_of("s1")))) == {}


def test_no_view_that_hears_sealed_letters_gives_a_row_to_a_unit(desk: Desk) -> None:
    """The broken control: C8 would, if it heard them."""
    letter = desk.reserved("s1", "flying", "province", **SEALED)
    desk.publish()
    period = REPORTS["C8"].of[0]
    heard = [Post([view]).sort(desk.casebook.read(0)) for view in (period, period._replace(sealed=True))]
    assert [[filed.letter for filed in heap if filed.letter.name == letter.name] for (heap,) in heard] == [[], [letter]]


def test_a_draw_shows_pools_exclusions_and_commitment_and_an_invented_result_is_not_reproducible(desk: Desk) -> None:
    desk.prepared("draw")
    assert cells(desk.row("C9", "draw"), "unit_pool", "inspector_pool", "exclusions", "sound") == (
        3, 3, {"NO_CREDENTIAL": 1}, None,
    )
    desk.committed("draw")
    desk.executed("draw")
    assert cells(desk.row("C9", "draw"), "state", "commitment", "sound", "reproducible") == (
        "DRAWN", "c0ffee", True, False,
    )


def really_drawn(desk: Desk) -> DrawExecuted:
    """The draw that follows from the registers, by the algorithm as anyone may write it."""
    prepared: Any = desk.prepared("real").event
    commitment = digest({"algorithm": "dudao-draw/1", **json.loads(encode(prepared))})
    desk.says(DrawCommitted(draw_id=id_of("real"), commitment=commitment, algorithm_version="dudao-draw/1"), "real")
    dice = (SeedContribution(party="观察员", method=SeedMethod.DICE, value="41625"),)
    seed = digest({"commitment": commitment, "contributions": json.loads(encode(dice))})
    chosen = [[UUID(one) for order, count in rankings(json.loads(encode(prepared)), seed, pool, word)
               for one in order[:count]] for pool, word in (("UNITS", "unit"), ("INSPECTORS", "inspector"))]
    return DrawExecuted(draw_id=id_of("real"), seed=seed, contributions=dice, units=tuple(chosen[0]),
                        inspectors=tuple(chosen[1]))


def test_a_real_draw_is_reproducible_in_both_views_until_somebody_is_put_in_by_hand(desk: Desk) -> None:
    desk.says(really_drawn(desk), "real")
    assert [desk.row(view, "real")["reproducible"] for view in ("C9", "P9")] == [True, True]
    desk.says(DrawSubstituted(
        draw_id=id_of("real"), removed_id=really_drawn(Desk()).units[0], reason=SubstitutionReason.UNIT_CLOSED,
        new_id=id_of("friend"), index=2), "real")
    assert desk.row("C9", "real")["reproducible"] is False


def test_a_draw_without_commitment_or_beside_its_pool_is_not_sound(desk: Desk) -> None:
    for draw in ("late", "beside", "excluded", "few"):
        desk.prepared(draw)
        if draw != "late":
            desk.committed(draw)
    desk.executed("late")
    desk.executed("beside", units=("s9",))
    desk.executed("excluded", inspectors=("li", "he"))
    desk.executed("few", inspectors=("li",))
    assert {row["sound"] for row in desk.rows("C9").values()} == {False}


def substituted(desk: Desk, new: str, index: int = 3) -> None:
    desk.says(DrawSubstituted(
        draw_id=id_of("draw"), removed_id=id_of("s1"), reason=SubstitutionReason.UNIT_CLOSED, new_id=id_of(new),
        index=index,
    ), "draw")


def test_a_substitute_comes_from_the_pool_and_is_told_as_an_exact_share(desk: Desk) -> None:
    desk.prepared("draw")
    desk.committed("draw")
    desk.executed("draw")
    substituted(desk, "s2")
    found = desk.row("P9", "draw")
    assert cells(found, "sound", "substitution_rate", "substitution_reasons") == (True, "1/3", ["UNIT_CLOSED"])
    substituted(desk, "s3")
    assert desk.row("P9", "draw")["sound"] is False


def test_an_abandoned_attempt_stays_beside_the_one_that_was_executed(desk: Desk) -> None:
    desk.prepared("first")
    desk.abandoned("first")
    desk.prepared("second", attempt=2)
    desk.committed("second")
    desk.executed("second")
    assert cells(desk.row("P9", "second"), "attempts", "abandoned", "spun_twice") == (2, 1, False)
    assert desk.row("P9", "first")["state"] == "ABANDONED"
    assert "DrawAbandoned" in desk.letters_behind("P9", str(id_of("second")))
    desk.prepared("third", attempt=3)
    desk.executed("third")
    assert desk.row("P9", "first")["spun_twice"] is True


def plan(desk: Desk, name: str, filed: timedelta | None) -> None:
    office = id_of(f"office-{COUNTY}")
    due = START + timedelta(days=1)
    desk.says(PlanDrafted(plan_id=id_of(name), body_id=office, year=2026, filing_due_at=due), name)
    if filed is not None:
        desk.says(PlanFiledUpward(
            plan_id=id_of(name), to_body_id=id_of("up"), filed_at=START + filed, document_hash="h",
        ), name)


def test_a_body_that_filed_late_is_late_in_the_register_of_filings(desk: Desk) -> None:
    for name, filed in [("p1", timedelta(0)), ("p2", timedelta(days=3)), ("p3", None)]:
        plan(desk, name, filed)
    found = desk.row("P7", f"office-{COUNTY}")
    assert cells(found, "plans", "plans_late", "filed", "punctuality") == (3, 1, 2, "1/3")


def test_a_body_is_judged_by_its_plans_reports_look_backs_and_draws(desk: Desk) -> None:
    for name, filed in [("p1", timedelta(0)), ("p2", timedelta(days=3)), ("p3", None)]:
        plan(desk, name, filed)
    for name in ("r1", "r2", "r3"):
        desk.says(ReportApproved(report_id=id_of(name), approver_id=id_of("wang"), version=1, document_hash="h"), name)
    desk.says(ReportPublicationWithheld(
        report_id=id_of("r1"), reason="涉未成年人", authority="委员会", review_at=NOW,
    ), "r1", reason="涉未成年人")
    desk.says(ReportRetracted(report_id=id_of("r3"), reason="有误"), "r3", reason="有误")
    desk.looked("look", "s1", "i1")
    desk.prepared("draw")
    desk.executed("draw")
    desk.says(ReportOverdueRaised(activity_id=id_of("a1"), due_at=NOW), "a1")
    found = desk.row("T4", f"office-{COUNTY}")
    assert found["reports_overdue"] == 1
    assert cells(found, "punctuality", "publication_rate", "withheld", "look_backs_done", "draws_proved", "tier") == (
        "1/3", "1/2", 1, "0", "0", "county",
    )
    assert desk.rows("T4", Scope((NEIGHBOUR,))) == {}
