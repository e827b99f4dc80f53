"""What is special about personnel: who appoints and issues, numbers without gaps, and what an exit takes with it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec

from contracts.letter import Letter
from contracts.personnel import credential, inspector
from contracts.record import Command
from services.chassis.application import ServiceApplication
from services.chassis.copies import kept
from services.chassis.facts import Facts
from services.chassis.listening import Policy
from services.chassis.memos import Memo
from services.chassis.policy_values import china_day
from services.personnel.domain.credential import Credential
from services.personnel.domain.inspector import Inspector

Given = dict[str, Any]


class Card(msgspec.Struct, kw_only=True):
    """A credential, listed under its inspector."""

    credential_id: UUID


class Register(msgspec.Struct, kw_only=True):
    """The last number that an issuer gave in a year."""

    last: int


def kind_of_authority(app: ServiceApplication, subject: Any, command: Any, __: Facts) -> Given:
    """What kind of body appoints or engages, and who stands above the one that decided an exit."""
    body_id = getattr(command, "appointing_body_id", None) or command.engaging_body_id
    decider = app.reference.body_if_known(subject.decided_by)
    return {
        "authority_kind": app.reference.body(body_id).kind,
        "upper_of_decider": decider.parent if decider else None,
    }


def standing(app: ServiceApplication, subject: Any, command: Any, __: Facts) -> Given:
    """The inspector whose card it is or is to be."""
    inspector_id = getattr(command, "inspector_id", None) or subject.inspector_id
    found = app.load(Inspector, inspector_id) if inspector_id else None
    return {"inspector_state": found.state if found else None}


def next_number(app: ServiceApplication, _: Any, command: Any, facts: Facts) -> Given:
    """The issuer's kind, and its next number of the year."""
    year = china_day(facts.at).year
    register = app.kept.find(Register, command.issuer_body_id, year)
    issuer = app.reference.body(command.issuer_body_id)
    return {"authority_kind": issuer.kind, "number": _written(year, register.last + 1 if register else 1)}


def known_decider(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """An exit is decided by a registered body."""
    return {"decider": app.reference.body(command.decided_by).body_id}


# --- small copies -----------------------------------------------------------------------------------


def listed(_: Any, event: credential.CredentialApplied) -> Iterator[Memo]:
    """Under its inspector."""
    yield kept(Card(credential_id=event.credential_id), event.inspector_id, event.credential_id)


def numbered(_: Any, event: credential.CredentialIssued) -> Iterator[Memo]:
    """A number is taken once: whoever comes second decides afresh, so the register has neither gap nor double."""
    year, last = map(int, event.number.removeprefix("督学证〔").removesuffix("号").split("〕"))
    yield kept(Register(last=last), event.issuer_body_id, year)
    yield Memo("number", f"{event.issuer_body_id}|{event.number}", b"", fresh=True)


def _written(year: int, number: int) -> str:
    return f"督学证〔{year}〕{number}号"


# --- what follows a letter --------------------------------------------------------------------------


def revoke_cards(app: ServiceApplication, letter: Letter) -> Iterator[Command]:
    """Whoever is gone shows no card (P7); those already void are refused and stay as they are."""
    event: Any = letter.event
    for card in app.kept.below(Card, event.inspector_id):
        yield credential.RevokeCredential(credential_id=card.credential_id)


class Personnel(ServiceApplication):
    """督学队伍."""

    name = "personnel"
    aggregates = (Inspector, Credential)
    gatherers = {
        inspector.AppointInspector: kind_of_authority,
        inspector.EngageInspector: kind_of_authority,
        inspector.RecordExit: known_decider,
        credential.ApplyForCredential: standing,
        credential.IssueCredential: next_number,
        credential.RevokeCredential: standing,
    }
    copies = {"personnel.CredentialApplied": listed, "personnel.CredentialIssued": numbered}
    policies = {"personnel.InspectorExited": Policy(revoke_cards)}
