"""DoubleRandomDraw: every row accepted, quiet, refused elsewhere and guarded; nobody chooses, everybody can check."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from contracts.scheduling import double_random_draw as said
from contracts.values import Function, Tier
from services.chassis.life_cycle import Refused
from services.scheduling.copies import Badge, Inspector
from services.scheduling.domain.double_random_draw import DoubleRandomDraw
from services.scheduling.domain.drawing import commitment_of, drawn, rankings, seed_of
from tests.kit.cases import AT, Case, decide, folded, staff, suite, uid

DRAW, ACTIVITY, OFFICE = uid("stream"), uid("activity"), uid("office")
UNITS = tuple(sorted((uid(f"s{n}") for n in range(1, 7)), key=str))
PEOPLE = tuple(sorted((uid(f"i{n}") for n in range(1, 6)), key=str))
VALID = Badge(valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
Reason, Pool = said.ExclusionReason, said.Pool
GONE = said.Exclusion(id=PEOPLE[0], pool=Pool.INSPECTORS, reason=Reason.EXITED)
TIED = said.Exclusion(id=PEOPLE[1], pool=Pool.INSPECTORS, reason=Reason.RECUSED)
OTHER = {"by": staff("sun", "other")}


def inspector(key: Any, **changed: Any) -> Inspector:
    known = {"state": "ACTIVE", "functions": (Function.SCHOOL,), "badges": (VALID,), **changed}
    return Inspector(inspector_id=key, body_id=OFFICE, tier=Tier.COUNTY, **known)


def activity(state: str = "PLANNED", hidden: bool = False, body: Any = OFFICE) -> dict[str, Any]:
    return {"activity": SimpleNamespace(state=state, hidden=hidden, body_id=body)}


def looked_up(**changed: Any) -> dict[str, Any]:
    return {**activity(), "inspectors": {key: inspector(key) for key in PEOPLE}, "exclusions": (GONE,),
            "earlier": None, **changed}


def preparing(**changed: Any) -> said.PrepareDraw:
    return said.PrepareDraw(**{
        "draw_id": DRAW, "activity_id": ACTIVITY, "unit_pool": UNITS[::-1], "inspector_pool": PEOPLE,
        "unit_count": 2, "inspector_count": 2, "exclusions": (TIED,), **changed})


def stratum(name: str, members: Any, count: int) -> said.Stratum:
    return said.Stratum(name=name, pool=Pool.UNITS, members=members, count=count)


def dice(party: str = "人大代表", value: str = "4 6 1") -> said.SeedContribution:
    return said.SeedContribution(party=party, method=said.SeedMethod.DICE, value=value)


def share(party: str, value: str = "x1") -> said.SeedContribution:
    return said.SeedContribution(party=party, method=said.SeedMethod.SHARE, value=value)


def executing(*parts: said.SeedContribution) -> said.ExecuteDraw:
    return said.ExecuteDraw(draw_id=DRAW, contributions=parts)


PREPARED = said.DrawPrepared(
    draw_id=DRAW, activity_id=ACTIVITY, attempt=1, unit_pool=UNITS, inspector_pool=PEOPLE, unit_count=2,
    inspector_count=2, strata=(), weights={}, exclusions=tuple(sorted((GONE, TIED), key=lambda one: str(one.id))))
COMMITTED = said.DrawCommitted(draw_id=DRAW, commitment=commitment_of(PREPARED), algorithm_version="dudao-draw/1")
SEED = seed_of(COMMITTED.commitment, (dice(),))
DRAWN_UNITS, DRAWN_PEOPLE = (drawn(PREPARED, SEED, pool) for pool in Pool)
EXECUTED = said.DrawExecuted(
    draw_id=DRAW, contributions=(dice(),), seed=SEED, units=DRAWN_UNITS, inspectors=DRAWN_PEOPLE)
DONE = (PREPARED, COMMITTED, EXECUTED)
THIRD = rankings(PREPARED, SEED, Pool.INSPECTORS)[0].order[2]


def replacing(removed: Any, reason: str = "ILLNESS") -> said.SubstituteDraw:
    return said.SubstituteDraw(draw_id=DRAW, removed_id=removed, reason=said.SubstitutionReason(reason))


def replaced(removed: Any, new: Any, index: int) -> said.DrawSubstituted:
    return said.DrawSubstituted(
        draw_id=DRAW, removed_id=removed, new_id=new, index=index, reason=said.SubstitutionReason.ILLNESS)


def second(state: str) -> dict[str, Any]:
    return {"when": preparing(attempt=2), "looked_up": looked_up(earlier=SimpleNamespace(state=state))}


UNKNOWN = looked_up(inspectors={**looked_up()["inspectors"], uid("nobody"): None})
CASES = [
    Case(
        when=preparing(), looked_up=looked_up(), then=[PREPARED],
        refused={
            "NOT_OWN_ACTIVITY": OTHER,
            "ACTIVITY_NOT_PLANNED": {"looked_up": looked_up(**activity("TEAMED"))},
            "EARLIER_NOT_ABANDONED": second("DRAWN"),
            "NOTHING_TO_DRAW": {"when": preparing(unit_count=0, inspector_count=0)},
            "INSPECTOR_UNKNOWN": {"looked_up": UNKNOWN},
            "EXCLUSION_UNFOUNDED": {"when": preparing(exclusions=(
                said.Exclusion(id=PEOPLE[2], pool=Pool.INSPECTORS, reason=Reason.EXITED),))},
            "STRATA_NOT_FITTING": {"when": preparing(strata=(stratum("城区", UNITS[:5], 2),))},
            "WEIGHT_UNFIT": {"when": preparing(weights={UNITS[0]: 0})},
            "POOL_TOO_SMALL": {"when": preparing(inspector_count=4)},
        },
    ),
    Case(
        given=[PREPARED], looked_up=activity(), when=said.CommitDraw(draw_id=DRAW), then=[COMMITTED],
        refused={"NOT_OWN_ACTIVITY": OTHER},
    ),
    Case(
        given=[PREPARED, COMMITTED], looked_up=activity(), when=executing(dice()), then=[EXECUTED],
        policy={"draw.dice.minThrows": 3},
        refused={
            "NOT_OWN_ACTIVITY": OTHER,
            "CONTRIBUTION_MISSING": {"when": executing()},
            "SEED_OF_ONE_HAND": {"when": executing(share("督导办"))},
            "DICE_TOO_FEW": {"when": executing(dice(value="6"))},
        },
    ),
    Case(
        given=DONE, looked_up=activity(), when=replacing(DRAWN_PEOPLE[0]), then=[replaced(DRAWN_PEOPLE[0], THIRD, 3)],
        refused={
            "NOT_OWN_ACTIVITY": OTHER,
            "NOT_DRAWN": {"when": replacing(uid("nobody"))},
            "REASON_UNFIT": {"when": replacing(DRAWN_UNITS[0])},
            "NOBODY_LEFT": {"given": (*DONE, replaced(DRAWN_PEOPLE[0], THIRD, 3)), "when": replacing(DRAWN_PEOPLE[1])},
        },
    ),
    Case(
        given=DONE, looked_up=activity(), when=said.RevealDraw(draw_id=DRAW),
        then=[said.DrawRevealed(draw_id=DRAW, revealed_at=AT)],
        refused={"STILL_SEALED": {"looked_up": activity(hidden=True)}},
    ),
    Case(
        given=[PREPARED, COMMITTED], looked_up=activity(), when=said.AbandonDraw(draw_id=DRAW, reason="名录有误"),
        then=[said.DrawAbandoned(draw_id=DRAW, reason="名录有误")],
        refused={
            "NOT_OWN_ACTIVITY": OTHER,
            "REASON_MISSING": {"when": said.AbandonDraw(draw_id=DRAW, reason=" ")},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(DoubleRandomDraw, CASES)


def refusal(case: Case) -> str:
    with pytest.raises(Refused) as refused:
        decide(DoubleRandomDraw, case)
    return refused.value.code


@pytest.mark.parametrize("given", [[PREPARED], DONE, [PREPARED, said.DrawAbandoned(draw_id=DRAW, reason="名录有误")]])
def test_there_is_no_seed_before_the_commitment_and_no_second_spin(given: Any) -> None:
    again = executing(dice(value="1 1 1"))
    assert refusal(Case(given=given, when=again, looked_up=activity(), then=[])) == "STATE_NOT_ALLOWED"


@pytest.mark.parametrize("state", ["PREPARED", "COMMITTED", "DRAWN", "REVEALED"])
def test_a_second_attempt_needs_the_first_one_abandoned(state: str) -> None:
    assert refusal(Case(then=[], **second(state))) == "EARLIER_NOT_ABANDONED"
    assert refusal(Case(when=preparing(attempt=2), looked_up=looked_up(), then=[])) == "EARLIER_NOT_ABANDONED"
    (prepared,) = decide(DoubleRandomDraw, Case(then=[], **second("ABANDONED")))
    assert prepared.attempt == 2


@pytest.mark.parametrize(("reason", "known", "refused"), [
    ("EXITED", {"state": "EXITED"}, False), ("EXITED", {}, True), ("NO_CREDENTIAL", {"badges": ()}, False),
    ("NO_CREDENTIAL", {}, True), ("UNIT_CLOSED", {}, True), ("FORCE_MAJEURE", {}, False),
])
def test_a_substitution_must_be_true_as_far_as_the_register_knows(reason: str, known: Any, refused: bool) -> None:
    looked = {**activity(), "inspector": inspector(DRAWN_PEOPLE[0], **known)}
    case = Case(given=DONE, looked_up=looked, when=replacing(DRAWN_PEOPLE[0], reason), then=[])
    assert refusal(case) == "REASON_UNFIT" if refused else decide(DoubleRandomDraw, case)


def test_a_substitute_comes_from_the_same_stratum_and_can_be_replaced_in_turn() -> None:
    strata = (stratum("城区", UNITS[:3], 1), stratum("乡镇", UNITS[3:], 1))
    (prepared,) = decide(DoubleRandomDraw, Case(when=preparing(strata=strata), looked_up=looked_up(), then=[]))
    committed = msgspec.structs.replace(COMMITTED, commitment=commitment_of(prepared))
    given = [prepared, committed]
    given += decide(DoubleRandomDraw, Case(given=given, looked_up=activity(), when=executing(dice()), then=[]))
    first = given[-1].units[0]
    for index in (2, 3):
        out = folded(DoubleRandomDraw, Case(given=given, when=preparing(), then=[])).units[0]
        (event,) = decide(DoubleRandomDraw, Case(
            given=given, looked_up=activity(), when=replacing(out, "UNIT_CLOSED"), then=[]))
        assert event.index == index and event.new_id in UNITS[:3]
        given.append(event)
    assert first not in folded(DoubleRandomDraw, Case(given=given, when=preparing(), then=[])).units


def test_shares_of_two_parties_make_a_seed_as_well() -> None:
    for parts, code in (((share("督导办"), share("学校代表")), None), ((share("a"), share("a ")), "SEED_OF_ONE_HAND")):
        case = Case(given=[PREPARED, COMMITTED], looked_up=activity(), when=executing(*parts), then=[])
        assert (refusal(case) if code else None) == code
