"""Reasons to refuse that concern who opens a case, on what ground, and until when it can be fought (domain 3.5.3)."""

from typing import Any

from contracts.accountability.accountability_case import CaseGround, CaseTier, RemedyOutcome
from services.accountability.domain.guards import empty, not_listed
from services.chassis.facts import Facts, body
from services.chassis.life_cycle import refuses

LISTS = {CaseTier.A: "accountability.grounds.tierA", CaseTier.B: "accountability.grounds.tierB"}


def listed(facts: Facts, tier: CaseTier) -> list[str]:
    """The grounds of a tier at this place."""
    return list(facts.policy.get(LISTS[tier]) or ())


@refuses("以下情形不在当地规定的问责情形之内")
def ground_not_in_list(_: Any, command: Any, facts: Facts) -> list[str]:
    """Two tiers in Hunan, one list in Beijing and Weihai; without any, POLICY_UNSET (domain 3.5.10)."""
    facts.policy.require(LISTS[CaseTier.A])
    return not_listed(command.ground_codes, [*listed(facts, CaseTier.A), *listed(facts, CaseTier.B)])


@refuses("以下情形不属于所写的问责档次")
def tier_not_for_ground(_: Any, command: Any, facts: Facts) -> list[str]:
    """A ground has its tier."""
    return not_listed(command.ground_codes, listed(facts, command.tier))


@refuses("拒不执行整改决定的，须附证明材料")
def proof_missing(_: Any, command: Any, __: Facts) -> bool:
    """Weak rectification is no refusal: a refusal is proven (domain 3.0, P4)."""
    return CaseGround.REFUSED_DECISION in command.ground_codes and not command.evidence_hashes


@refuses("只能以本机关名义立案")
def not_own_authority(_: Any, command: Any, facts: Facts) -> bool:
    """Nobody opens a case in another authority's name."""
    return command.authority_body_id != body(facts)


@refuses("须组成调查组")
def team_missing(_: Any, command: Any, __: Facts) -> bool:
    """A team investigates, not nobody."""
    return not command.team_ids


@refuses("须写明认定的事实")
def facts_missing(_: Any, command: Any, __: Facts) -> bool:
    """What is established is written."""
    return empty(command.facts)


@refuses("须记录陈述申辩，或者写明已放弃")
def defence_missing(_: Any, command: Any, __: Facts) -> bool:
    """Heard, or waived."""
    return empty(command.defence_hash) and not command.waived


@refuses("只能由立案的机关决定")
def not_deciding_authority(case: Any, _: Any, facts: Facts) -> bool:
    """Whoever opened the case decides it and answers for it."""
    return case.authority_body_id != body(facts)


@refuses("问责结果须向社会公布，不能只限内部")
def not_to_society(_: Any, command: Any, facts: Facts) -> bool:
    """To society, promptly (HN §16, BJ §二(三)¶7, WH §18)."""
    rule = facts.policy.get("accountability.publication") or {}
    return rule.get("to") == "SOCIETY" and command.scope.value == "INTERNAL"


@refuses("申请复核的期限已过")
def review_window_over(case: Any, _: Any, facts: Facts) -> bool:
    """Thirty days (2021 measures); where no level sets a window, there is none to miss."""
    return case.review_due_at is not None and facts.at >= case.review_due_at


@refuses("每一决定只能申请复核一次")
def review_used(case: Any, _: Any, __: Facts) -> bool:
    """Once."""
    return bool(case.review_requested)


@refuses("没有待决的复核申请")
def no_review(case: Any, _: Any, __: Facts) -> bool:
    """Nothing to decide."""
    return not case.review_requested or case.review_outcome is not None


@refuses("提出申诉的期限已过")
def appeal_window_over(case: Any, _: Any, facts: Facts) -> bool:
    """Fifteen days after the review, or directly after the decision within its own window (2021 measures)."""
    due = case.appeal_due_at or case.review_due_at
    return due is not None and facts.at >= due


@refuses("复核尚未作出结论")
def review_pending(case: Any, _: Any, __: Facts) -> bool:
    """One remedy at a time."""
    return bool(case.review_requested and case.review_outcome is None)


@refuses("每一决定只能申诉一次")
def appeal_used(case: Any, _: Any, __: Facts) -> bool:
    """Once."""
    return case.to_body_id is not None


@refuses("申诉须向上一级教育督导机构提出")
def not_next_upper_body(_: Any, command: Any, facts: Facts) -> bool:
    """To the next upper office."""
    upper = facts.get("upper_body_id")
    return upper is None or command.to_body_id not in (None, upper)


@refuses("只能由受理申诉的机构作出结论")
def not_appeal_body(case: Any, _: Any, facts: Facts) -> bool:
    """The body appealed to."""
    return case.to_body_id is not None and body(facts) != case.to_body_id


@refuses("没有待决的申诉")
def no_appeal(case: Any, _: Any, __: Facts) -> bool:
    """Nothing to decide."""
    return case.to_body_id is None or case.appeal_outcome is not None


@refuses("决定未被变更或撤销，不须纠正")
def not_overturned(case: Any, _: Any, __: Facts) -> bool:
    """Only what was found wrong is put right."""
    return not overturned(case)


@refuses("问责决定尚未执行")
def not_enforced(case: Any, _: Any, __: Facts) -> bool:
    """Published is not yet done."""
    return case.state != "CORRECTED" and not case.enforced


@refuses("复核、申诉、纠正的期限未满或尚无结论")
def window_open(case: Any, _: Any, facts: Facts) -> bool:
    """Archived when nothing can change it any more."""
    return pending(case) or any(due is not None and due > facts.at for due in windows(case))


def overturned(case: Any) -> bool:
    """Whether the last word on the decision was another one."""
    last = case.appeal_outcome or case.review_outcome
    return last in {RemedyOutcome.CHANGED, RemedyOutcome.OVERTURNED}


def pending(case: Any) -> bool:
    """Whether a remedy has no answer yet, or its answer was not carried out."""
    reviewing = case.review_requested and case.review_outcome is None
    appealing = case.to_body_id is not None and case.appeal_outcome is None
    return bool(reviewing or appealing or (overturned(case) and case.state != "CORRECTED"))


def windows(case: Any) -> list[Any]:
    """Until when a remedy can still be asked for."""
    asked = case.to_body_id is not None
    return [None if case.review_requested else case.review_due_at, None if asked else case.appeal_due_at]
