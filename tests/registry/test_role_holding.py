"""RoleHolding: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from typing import Any

from contracts.registry import role_holding as said
from contracts.values import Role
from services.registry.domain.role_holding import RoleHolding
from tests.kit.cases import Case, decide, folded, staff, suite, uid

HOLDING, PERSON, OFFICE = uid("stream"), uid("wang"), uid("office")
GUARD = staff("guard", role=Role.SECURITY_ADMINISTRATOR)


def held(role: Role = Role.INSPECTOR, at: str = "office") -> dict[str, Any]:
    return {"holding_id": HOLDING, "person_id": PERSON, "role": role, "body_id": uid(at)}


GRANTED, ADMINISTERS = said.RoleGranted(**held()), said.RoleGranted(**held(Role.AUDIT_ADMINISTRATOR))

CASES = [
    Case(
        by=GUARD, when=said.GrantRole(**held()), then=[GRANTED],
        refused={
            "GRANTED_TO_ONESELF": {"by": staff("wang")},
            "SERVICE_IDENTITY": {"when": said.GrantRole(**held(Role.POLICY))},
            "ADMINISTRATORS_NOT_APART": {
                "given": [ADMINISTERS], "when": said.GrantRole(**held(Role.SYSTEM_ADMINISTRATOR))},
        },
    ),
    Case(
        by=GUARD, given=[GRANTED], when=said.RevokeRole(**held()), then=[said.RoleRevoked(**held())],
        refused={
            "GRANTED_TO_ONESELF": {"by": staff("wang")},
            "NOT_HELD": {"when": said.RevokeRole(**held(at="city"))},
        },
    ),
]

# There is no other state to refuse from.
(test_the_right_events_follow, test_said_again_it_is_quiet, _,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(RoleHolding, CASES)


def test_the_same_role_at_another_body_is_another_grant_and_twice_is_quiet() -> None:
    city = said.RoleGranted(**held(at="city"))
    again = Case(by=GUARD, given=[GRANTED, city], when=said.GrantRole(**held()), then=[])
    assert decide(RoleHolding, again) == ()
    assert len(folded(RoleHolding, again).held) == 2
