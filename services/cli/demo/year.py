"""One year of the county, from the first engagement to the last day."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random

from services.chassis.policy_values import CHINA
from services.cli.demo.county import SCHOOLS, world
from services.cli.demo.fates import AUTUMN, SPRING, shares
from services.cli.demo.inspecting import Inspecting
from services.cli.demo.looking_back import LookingBack
from services.cli.demo.ordering import Ordering
from services.cli.demo.rectifying import Rectifying
from services.cli.demo.stage import Stage
from services.cli.deployment import found
from services.cli.founding import administrator
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names
from services.cli.scenario.world import WorldWriter
from services.cli.wiring import Embedded

FIRST_DAY = datetime(2026, 2, 24, 9, tzinfo=CHINA)
LAST_DAY = datetime(2026, 11, 20, 17, 30, tzinfo=CHINA)
SPRING_TOUR, AUTUMN_TOUR, LOOK_BACK = date(2026, 3, 9), date(2026, 9, 7), date(2026, 9, 14)
EIGHT = 8
"""Schools visited in spring; the others in autumn."""


def play_year(deployment: Embedded, names: Names, chronicle: Chronicle, seed: int, say: Callable[[str], None]) -> None:
    """Send it all through the town; the same seed sends the same commands."""
    settle(deployment, names)
    rng = Random(seed)  # noqa: S311 - a story, not a secret
    stage = Stage(deployment.town, names, chronicle, rng)
    rectifying, inspecting = Rectifying(stage, rng), Inspecting(stage)
    Ordering(rectifying)
    inspecting.begin()
    schools = rng.sample(SCHOOLS, len(SCHOOLS))
    inspecting.tour(schools[:EIGHT], shares(sum(SPRING.values()), EIGHT, 2, rng), SPRING_TOUR)
    autumn = schools[EIGHT:]
    inspecting.tour(autumn, shares(sum(AUTUMN.values()), len(autumn), 2, rng), AUTUMN_TOUR)
    stage.at(stage.hour_of(LOOK_BACK), LookingBack(rectifying).begin)
    say("春季、秋季各一轮督导，挂账、督办、销号、“回头看”……")
    stage.run(LAST_DAY)


def settle(deployment: Embedded, names: Names) -> None:
    """Publish the reviewed policies, register the county."""
    found(deployment.town, names)
    for number, errand in enumerate(WorldWriter(names, world()).registrations()):
        command_id = names.minted("world", number)
        deployment.town.submit(administrator(errand.sender), errand.command, command_id=command_id)
