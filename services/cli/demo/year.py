"""One year of some counties, from the first engagement to the last day."""

from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random

from services.chassis.policy_values import CHINA
from services.cli.demo.county import County, grown, world
from services.cli.demo.fates import shares
from services.cli.demo.inspecting import Inspecting
from services.cli.demo.looking_back import LookingBack
from services.cli.demo.ordering import Ordering
from services.cli.demo.rectifying import Rectifying
from services.cli.demo.scales import LOOK_BACK, SIZES, Scale, Size, Temper, tours
from services.cli.demo.stage import Stage
from services.cli.demo.turning import Turning
from services.cli.deployment import found
from services.cli.founding import administrator
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names
from services.cli.scenario.world import WorldWriter
from services.cli.wiring import Embedded

FIRST_DAY = datetime(2026, 2, 24, 9, tzinfo=CHINA)
LAST_DAY = datetime(2026, 11, 20, 17, 30, tzinfo=CHINA)


def play_year(
    deployment: Embedded, names: Names, chronicle: Chronicle, seed: int, say: Callable[[str], None],
    size: Size = SIZES[Scale.TINY],
) -> None:
    """Send it all through the town; the same seed sends the same commands."""
    counties = counties_of(size)
    with deployment.town.gathering():
        settle(deployment, names, counties)
    rng = Random(seed)  # noqa: S311 - a story, not a secret
    stage = Stage(deployment.town, names, chronicle, rng)
    for county, temper in zip(counties, size.tempers, strict=True):
        begin(stage, county, size, temper)
    say("春季、秋季各一轮督导，挂账、督办、销号、“回头看”……")
    stage.run(LAST_DAY, say if size.schools else lambda _: None)


def counties_of(size: Size) -> list[County]:
    """The counties of a scale, as they are on the first day."""
    if not size.schools:
        return [County()]
    return [grown(number, size.schools, size.inspectors) for number, _ in enumerate(size.tempers, 1)]


def begin(stage: Stage, county: County, size: Size, temper: Temper) -> None:
    """What one county begins with; the rest follows when the stage runs."""
    rng = stage.rng
    stage.knows(county.people())
    planned = tours(size, temper)
    rectifying, inspecting = Rectifying(stage, county, planned, rng), Inspecting(stage, county)
    Ordering(rectifying)
    inspecting.begin()
    schools = rng.sample(county.schools, len(county.schools))
    for tour in planned:
        visited = schools[tour.schools]
        inspecting.tour(tour, visited, shares(sum(tour.deck.values()), len(visited), tour.least, rng))
    stage.at(stage.hour_of(LOOK_BACK), LookingBack(rectifying).begin)
    if size.schools:
        Turning(rectifying, size.events).begin(schools[-5:])


def settle(deployment: Embedded, names: Names, counties: Sequence[County] = ()) -> None:
    """Publish the reviewed policies, register the counties."""
    found(deployment.town, names)
    for number, errand in enumerate(WorldWriter(names, world(counties)).registrations()):
        command_id = names.minted("world", number)
        deployment.town.submit(administrator(errand.sender), errand.command, command_id=command_id)
