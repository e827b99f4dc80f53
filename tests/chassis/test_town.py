"""The town: pages follow at the end of a gathering; letters are carried all the same."""

from services.chassis.clock import HandClock
from services.cli.demo.year import FIRST_DAY, settle
from services.cli.scenario.names import Names
from services.cli.wiring import embedded


def test_pages_follow_once_when_the_gathering_ends() -> None:
    deployment = embedded(None, HandClock(FIRST_DAY))
    reads: list[int] = []
    deployment.town._read = lambda: reads.append(1)
    with deployment.town.gathering():
        settle(deployment, Names("gathering"))
        assert not reads
        told = deployment.town.services["registry"].recorder.max_notification_id()
        assert deployment.library.audit.heard("registry") == told
    assert reads == [1]
    deployment.town.settle()
    assert reads == [1, 1]
