"""A casebook of any length for the benches: one small county's year, copied side by side."""

from itertools import islice
from typing import Any

from services.chassis.casebook import Casebook
from services.chassis.clock import HandClock
from services.cli.demo.copying import Template, copies, posted
from services.cli.demo.scales import SIZES, Scale, Size, Temper
from services.cli.demo.year import FIRST_DAY, play_year
from services.cli.deployment import SPACE
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names
from services.cli.wiring import embedded

COUNTY: Size = SIZES[Scale.COUNTY]._replace(schools=33, inspectors=6, tempers=(Temper("平稳", 60),))
BATCH = 20_000


def template() -> Template:
    """The year of the county, played once."""
    chronicle = Chronicle()
    deployment = embedded(None, HandClock(FIRST_DAY), hearers=(chronicle,))
    play_year(deployment, Names(SPACE), chronicle, 1, lambda _: None, COUNTY)
    deployment.close()
    return Template(chronicle.letters, {letter.sender for letter in chronicle.letters})


def fill(casebook: Casebook, county: Template, letters: int) -> int:
    """File about so many letters, whole counties only; returns how many."""
    source, ends = copies(county, max(1, letters // len(county.parts))), dict[str, Any]()
    while batch := list(islice(source, BATCH)):
        casebook.file(posted(batch, ends))
    return casebook.last_number()
