"""The audit killed by -9 around its commit, or two at once: each letter is filed once, in order. A control fails."""

import signal
from urllib.request import urlopen

import pytest

from services.chassis.casebook import each
from services.chassis.casebook_sqlite import SQLiteCasebook
from tests.attacks import Attack
from tests.live.village import Village, killed_in_rounds
from tests.rabbitmq import eventually

pytestmark = pytest.mark.timeout(300)


def filed(village: Village) -> list[int]:
    """The positions of the registry's letters in the order of the casebook, its numbers without a gap."""
    casebook = SQLiteCasebook(village.casebook)
    found = list(each(casebook))
    casebook.close()
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    return [one.letter.position for one in found if one.letter.sender == "registry"]


def until_filed(village: Village, seconds: float = 60) -> None:
    wanted = list(range(1, len(village.wanted) + 1))
    eventually(seconds, lambda: len(filed(village)) >= len(wanted), lambda: village.said("audit")[-3000:])
    assert filed(village) == wanted


AUDIT = "R5 审计在提交前后被杀"
POINTS = [
    pytest.param("before-commit", marks=pytest.mark.fire), pytest.param("after-commit", marks=pytest.mark.slow),
]


@pytest.mark.attack(AUDIT)
@pytest.mark.parametrize("point", POINTS)
def test_an_audit_killed_at_this_point_files_every_letter_once(attack: Attack, village: Village, point: str) -> None:
    for role in ("doors", "relay"):
        village.start(role)
    rounds = killed_in_rounds(village, "audit", f"audit-{point}", (1, 1, 1), lambda: village.register(20))
    assert rounds == 3
    village.start("audit")
    until_filed(village)
    found, wanted = filed(village), list(range(1, len(village.wanted) + 1))
    attack.saw(
        rounds=rounds, evidence=rounds, acknowledged=len(wanted), lost=len(set(wanted) - set(found)),
        doubled=len(found) - len(set(found)), out_of_order=int(found != sorted(found)),
    )


@pytest.mark.slow
@pytest.mark.control(AUDIT)
def test_an_audit_that_acknowledges_first_loses_and_is_caught(attack: Attack, village: Village) -> None:
    village.start("relay")
    rounds = killed_in_rounds(
        village, "audit", "naive-audit+audit-before-commit", (1, 1), lambda: village.register(20))
    assert rounds == 2
    village.start("audit", "naive-audit")
    village.register(5)
    eventually(60, lambda: filed(village)[-1:] == [len(village.wanted)], lambda: village.said("audit")[-3000:])
    lost = set(range(1, len(village.wanted) + 1)) - set(filed(village))
    attack.caught(int(bool(lost)), 1)


@pytest.mark.slow
def test_of_two_audits_one_stands_by_until_the_other_is_killed(village: Village) -> None:
    for role in ("doors", "relay"):
        village.start(role)
    first = village.start("audit")
    village.register(20)
    until_filed(village)
    second = village.start("audit")
    eventually(30, lambda: "health on port" in village.said("audit").partition("health on port")[2])
    village.register(20)
    until_filed(village)
    assert heard(village) == 0, "the second one hears nothing while the first one lives"
    first.send_signal(signal.SIGKILL)
    assert first.wait(10) == -signal.SIGKILL and second.poll() is None
    village.register(20)
    until_filed(village)
    assert heard(village) >= 20


def heard(village: Village) -> float:
    """How many letters the audit that was started last has taken in."""
    text = urlopen(f"http://127.0.0.1:{village.health['audit']}/metrics").read().decode()
    row = [line for line in text.splitlines() if line.startswith('dudao_letters_heard_total{sender="registry"')]
    return float(row[0].rpartition(" ")[2]) if row else 0.0
