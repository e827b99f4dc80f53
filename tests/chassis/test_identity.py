"""Tokens: signed by one key, for a few minutes, for us; whoever acts does so in a role the command allows."""

from datetime import timedelta

import pytest
from joserfc import jwt

from contracts.scheduling.inspection_activity import CancelActivity, StartActivity
from contracts.values import Role
from services.chassis.clock import HandClock
from services.chassis.identity import (
    ALGORITHM,
    LIFETIME,
    Identity,
    TokenReader,
    TokenSigner,
    acting,
    new_key,
    service_actor,
)
from services.chassis.life_cycle import Refused
from tests.kit.cases import uid
from tests.kit.county import START

KEY = new_key()
SECOND = timedelta(seconds=1)


def person(*roles: Role) -> Identity:
    return Identity(person_id=uid("li"), roles=frozenset(roles), scope="990000/", body_id=uid("office"))


LI = person(Role.OFFICE_STAFF, Role.TEAM_LEADER)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(START)


def test_what_was_signed_is_read_again(clock: HandClock) -> None:
    assert TokenReader(KEY, clock).read(TokenSigner(KEY, clock).sign(LI)) == LI


def test_a_token_expires_whether_it_was_read_before_or_not(clock: HandClock) -> None:
    reader, token = TokenReader(KEY, clock), TokenSigner(KEY, clock).sign(LI)
    clock.set(START + LIFETIME - SECOND)
    assert reader.read(token) == LI
    clock.set(START + LIFETIME)
    for one in (reader, TokenReader(KEY, clock)):
        with pytest.raises(Refused, match="TOKEN_EXPIRED"):
            one.read(token)


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_nonsense_is_invalid(token: str, clock: HandClock) -> None:
    with pytest.raises(Refused, match="TOKEN_INVALID"):
        TokenReader(KEY, clock).read(token)


def test_a_token_of_another_key_is_invalid(clock: HandClock) -> None:
    with pytest.raises(Refused, match="TOKEN_INVALID"):
        TokenReader(KEY, clock).read(TokenSigner(new_key(), clock).sign(LI))


def test_a_token_that_was_changed_is_invalid(clock: HandClock) -> None:
    head, body, signature = TokenSigner(KEY, clock).sign(LI).split(".")
    _, other, _ = TokenSigner(KEY, clock).sign(person(Role.SYSTEM_ADMINISTRATOR)).split(".")
    with pytest.raises(Refused, match="TOKEN_INVALID"):
        TokenReader(KEY, clock).read(f"{head}.{other}.{signature}")
    assert body != other


@pytest.mark.parametrize("claims", [
    {"aud": "somebody", "exp": 4102444800, "who": {}}, {"aud": "dudao", "exp": 4102444800},
    {"aud": "dudao", "exp": 4102444800, "who": {"personId": "nobody"}}, {"aud": "dudao", "who": {}},
])
def test_a_token_for_somebody_else_or_about_nobody_is_invalid(claims: dict[str, object], clock: HandClock) -> None:
    token = jwt.encode({"alg": ALGORITHM}, claims, KEY, algorithms=[ALGORITHM])
    with pytest.raises(Refused, match="TOKEN_INVALID"):
        TokenReader(KEY, clock).read(token)


def test_one_acts_in_the_first_of_the_roles_that_may() -> None:
    start = StartActivity(activity_id=uid("a"), location="校门口")
    cancel = CancelActivity(activity_id=uid("a"), reason="停办")
    assert acting(LI, start).role is Role.OFFICE_STAFF
    assert acting(person(Role.TEAM_LEADER, Role.INSPECTOR), start).role is Role.INSPECTOR
    with pytest.raises(Refused, match="ROLE_NOT_ALLOWED"):
        acting(person(Role.TEAM_LEADER), cancel)


def test_each_service_has_an_identity_of_its_own() -> None:
    findings, scheduling = (service_actor(Role.TIMER, name, None) for name in ("findings", "scheduling"))
    assert findings.person_id != scheduling.person_id and findings.role is Role.TIMER
