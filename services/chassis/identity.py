"""Who sends a command: short-lived tokens signed by the gateway, read by every service."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from contracts.record import Command, encode
from contracts.submission import Submission
from contracts.values import DUDAO, Actor, Role
from contracts.wire import name_of
from services.chassis.clock import Clock
from services.chassis.life_cycle import Refused

ALGORITHM = "Ed25519"
AUDIENCE = "dudao"
LIFETIME = timedelta(minutes=5)


class Identity(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A person as the gateway vouches for them; `scope` is the path below which they may act."""

    person_id: UUID
    roles: frozenset[Role]
    scope: str
    body_id: UUID | None = None
    unit_id: UUID | None = None
    acts_for: UUID | None = None


class TokenSigner:
    """The gateway's side: holds the private key."""

    def __init__(self, key: OKPKey, clock: Clock, lifetime: timedelta = LIFETIME) -> None:
        self._key, self._clock, self._lifetime = key, clock, lifetime

    def sign(self, identity: Identity) -> str:
        """A token that says who this is, for `lifetime`."""
        now = self._clock()
        claims = {
            "aud": AUDIENCE, "iat": int(now.timestamp()),
            "exp": int((now + self._lifetime).timestamp()),
            "who": msgspec.to_builtins(identity),
        }
        return jwt.encode({"alg": ALGORITHM}, claims, self._key, algorithms=[ALGORITHM])

    def signed(self, identity: Identity, command: Command, command_id: UUID | None = None, **said: Any) -> Submission:
        """A command as this person hands it in at a door."""
        return Submission(
            command_id=command_id or uuid4(), name=name_of(type(command)), body=msgspec.Raw(encode(command)),
            token=self.sign(identity), **said,
        )


class TokenReader:
    """The services' side: holds the public key; a token once verified is remembered until it expires."""

    def __init__(self, key: OKPKey, clock: Clock) -> None:
        self._key, self._clock = key, clock
        self._known: dict[str, tuple[datetime, Identity]] = {}

    def read(self, token: str) -> Identity:
        """Who sent it; raises Refused TOKEN_INVALID or TOKEN_EXPIRED."""
        expires, identity = self._known.get(token) or self._verified(token)
        if expires <= self._clock():
            self._known.pop(token, None)
            raise Refused("TOKEN_EXPIRED", "登录凭据已过期，请重新登录")
        return identity

    def _verified(self, token: str) -> tuple[datetime, Identity]:
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
            if claims["aud"] != AUDIENCE:
                raise ValueError("a token for somebody else")
            identity = msgspec.convert(claims["who"], Identity)
            expires = datetime.fromtimestamp(claims["exp"], self._clock().tzinfo)
        except (JoseError, KeyError, TypeError, ValueError, msgspec.ValidationError):
            raise Refused("TOKEN_INVALID", "登录凭据无效") from None
        if len(self._known) > 10_000:
            self._known.clear()
        self._known[token] = (expires, identity)
        return expires, identity


def new_key() -> OKPKey:
    """A fresh signing key."""
    return OKPKey.generate_key("Ed25519")


def acting(identity: Identity, command: Command) -> Actor:
    """The actor in the first of their roles that may send this command; raises Refused ROLE_NOT_ALLOWED."""
    allowed = _in_order(identity.roles & type(command).roles)
    if not allowed:
        raise Refused("ROLE_NOT_ALLOWED", "您的角色无权执行此操作")
    return Actor(
        person_id=identity.person_id, role=allowed[0], body_id=identity.body_id,
        unit_id=identity.unit_id, acts_for=identity.acts_for,
    )


def service_actor(role: Role, service: str, acts_for: UUID | None) -> Actor:
    """The identity of a service's policies and timers."""
    return Actor(person_id=uuid5(DUDAO, f"service/{service}"), role=role, acts_for=acts_for)


def _in_order(roles: Iterable[Role]) -> list[Role]:
    order = list(Role)
    return sorted(roles, key=order.index)
