"""Circular (通报): results, work attitude and rectification, told to those above the unit (domain 3.5.2)."""

from typing import Any
from uuid import UUID

from contracts.accountability import circular as said
from contracts.values import DEPARTMENT
from services.accountability.domain.guards import empty, ground_missing, not_listed, not_own_body, receipt_in_future
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, body, now, person
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, refuses, row

PARTS = ("results", "attitude", "rectification")


@refuses("以下情形不在当地规定的通报情形之内")
def ground_not_in_list(_: Any, command: Any, facts: Facts) -> list[str]:
    """Four grounds in Hunan and Beijing, two in Weihai (domain 3.5.10)."""
    return not_listed(command.ground_codes, facts.policy.require("circular.grounds"))


@refuses("通报须写明督导结果、工作表现、整改情况，尚缺")
def content_missing(circular: Any, command: Any, _: Facts) -> list[str]:
    """Three parts (HN §15)."""
    contents = command.contents or circular.contents
    return [part for part in PARTS if empty(getattr(contents, part, None))]


@refuses("以下机关应当收到通报")
def recipient_missing(_: Any, command: Any, facts: Facts) -> list[UUID] | bool:
    """More may be told, none of the prescribed fewer; and somebody is."""
    named = frozenset(command.recipients)
    prescribed = facts["recipients"]
    return not (named or prescribed) or [one for one in prescribed if named and one not in named]


@refuses("建议须写明人员")
def person_missing(_: Any, command: Any, __: Facts) -> bool:
    """A suggestion is about somebody."""
    return any(not suggestion.person_ids for suggestion in command.suggestions)


@refuses("建议须向有权决定的机关提出，不得自行决定")
def suggested_to_itself(_: Any, command: Any, facts: Facts) -> bool:
    """A suggestion is never a decision of the one who makes it."""
    return any(one.to_authority_id in {body(facts), facts.origin.owner_body} for one in command.suggestions)


@refuses("该机关不是通报对象")
def not_a_recipient(circular: Any, command: Any, _: Facts) -> bool:
    """Whoever was not told cannot have received."""
    return command.recipient_body_id not in circular.recipients


@refuses("只能填报本机关的回执")
def not_own_receipt(_: Any, command: Any, facts: Facts) -> bool:
    """Each for itself; the body may record what it was told."""
    return facts.actor.role in DEPARTMENT and body(facts) != command.recipient_body_id


@refuses("没有向本机关提出这项建议")
def not_deciding_authority(circular: Any, command: Any, facts: Facts) -> bool:
    """Only the authority that decides answers."""
    return (command.kind, body(facts)) not in {(one.kind, one.to_authority_id) for one in circular.suggestions}


@refuses("以下问题尚未整改到位并经核实")
def item_not_verified(_: Any, __: Any, facts: Facts) -> list[UUID]:
    """Lifted when rectified and verified."""
    return sorted(facts["open_items"])


CIRCULAR = LifeCycle("circular", "通报", "DRAFT APPROVED ISSUED LIFTED", (
    row(NEW, said.DraftCircular, {said.CircularDrafted: "DRAFT"}, when=[ground_missing, ground_not_in_list]),
    row("DRAFT", said.ApproveCircular, {said.CircularApproved: "APPROVED"},
        who=[not_own_body], when=[content_missing], fills={"approver_id": person}),
    row("APPROVED", said.IssueCircular, {said.CircularIssued: "ISSUED"},
        who=[not_own_body], when=[recipient_missing, person_missing, suggested_to_itself]),
    row("ISSUED", said.RecordReceipt, {said.CircularReceiptRecorded: SAME},
        who=[not_own_receipt], when=[not_a_recipient, receipt_in_future]),
    row("ISSUED", said.AnswerSuggestion, {said.SuggestionAnswered: SAME},
        who=[not_deciding_authority], fills={"authority_id": body, "at": now}),
    row("ISSUED", said.LiftCircular, {said.CircularLifted: "LIFTED"},
        who=[not_own_body], when=[reason_missing, item_not_verified], fills={"at": now}),
))


class Circular(Aggregate, kw_only=True):
    """One circular about one unit."""

    life_cycles = (CIRCULAR,)
    circular_id: UUID | None = None
    unit_id: UUID | None = None
    source_ids: tuple[UUID, ...] = ()
    contents: said.CircularContents | None = None
    suggestions: tuple[said.Suggestion, ...] = ()
    recipients: tuple[UUID, ...] = ()

    def approve_circular(self, _: Any, command: Any, facts: Facts) -> said.CircularApproved:
        """What is approved is what will be issued."""
        contents = command.contents or self.contents
        return fill(said.CircularApproved, command, facts, approver_id=person(facts), contents=contents)

    def issue_circular(self, _: Any, command: Any, facts: Facts) -> said.CircularIssued:
        """To those named, else to those the unit's location prescribes."""
        recipients = command.recipients or tuple(facts["recipients"])
        return fill(said.CircularIssued, command, facts, unit_id=self.unit_id, contents=self.contents,
                    recipients=recipients)
