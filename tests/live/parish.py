"""Two applications that are easy to judge: a registry of places, and a mirror that registers a body for each."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
from joserfc.jwk import OKPKey

from contracts.correspondence import HEARS
from contracts.letter import Letter
from contracts.record import Command, encode
from contracts.registry.body import BodyKind, RegisterBody
from contracts.registry.jurisdiction import JurisdictionKind, RegisterJurisdiction
from contracts.submission import Submission
from contracts.values import Role, Tier, natural_id
from contracts.wire import name_of
from services.chassis.announcing import all_letters
from services.chassis.clock import system_clock
from services.chassis.directory import root
from services.chassis.identity import TokenReader, TokenSigner
from services.chassis.listening import Policy
from services.registry.application import Registry
from tests.kit.cases import uid

PLACE = "registry.JurisdictionRegistered"
NAMED_TO_FAIL = "不可照办"


def a_body_for_the_place(_: Any, letter: Letter) -> Iterable[Command]:
    """A fresh id each time, so that obeying twice leaves two bodies."""
    event: Any = letter.event
    if event.name == NAMED_TO_FAIL:
        raise ZeroDivisionError(event.code)
    yield RegisterBody(
        body_id=uuid4(), kind=BodyKind.OFFICE, tier=Tier.PROVINCE, placement=event.code, name=event.code
    )


class Mirror(Registry):
    """Hears the registry and registers one body for each place."""

    name = "mirror"
    policies = {PLACE: Policy(a_body_for_the_place, key=lambda letter: letter.event.code[:1])}


def declare_mirror() -> None:
    """The published table of listeners knows no mirror; tests add it, in each process."""
    HEARS["mirror"] = ("registry",)  # type: ignore[index]


def place(number: int, name: str = "示例") -> RegisterJurisdiction:
    """The n-th place."""
    code = f"{number:06d}"
    return RegisterJurisdiction(
        jurisdiction_id=natural_id("Jurisdiction", code), code=code, name=name, kind=JurisdictionKind.PROVINCE
    )


def submission(signer: TokenSigner, command: Command, command_id: UUID | None = None) -> Submission:
    """As the system administrator sends it."""
    return Submission(
        command_id=command_id or uuid4(), name=name_of(type(command)), body=msgspec.Raw(encode(command)),
        token=signer.sign(root(uid("root"), Role.SYSTEM_ADMINISTRATOR)),
    )


def signer_and_reader(key: OKPKey) -> tuple[TokenSigner, TokenReader]:
    """Both sides of one key."""
    return TokenSigner(key, system_clock), TokenReader(key, system_clock)


def write_public_key(key: OKPKey, path: Path) -> Path:
    """What the services are given."""
    path.write_text(msgspec.json.encode(key.as_dict(private=False)).decode(), encoding="ascii")
    return path


def places_in(log: Any) -> Iterator[str]:
    """Codes of the places registered, in the order of the log."""
    for letter in all_letters(log, "any"):
        if letter.name == PLACE:
            yield letter.event.code  # type: ignore[attr-defined]


def bodies_in(log: Any) -> Iterator[str]:
    """Codes of the places for which a body was registered, in the order of the log."""
    for letter in all_letters(log, "any"):
        if letter.name == "registry.BodyRegistered":
            yield letter.event.placement  # type: ignore[attr-defined]
