"""RegionRevision (区划版本): one dated edition of the region codes; another content is another edition."""

from typing import Any

from contracts.registry import region_revision as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row


@refuses("须写明版本")
def revision_missing(_: Any, command: Any, __: Facts) -> bool:
    """An edition is asked for by its name."""
    return not command.revision.strip()


@refuses("区划版本须含行政区")
def revision_empty(_: Any, command: Any, __: Facts) -> bool:
    """An edition without a place would close every other one."""
    return bool(command.count < 1)


REVISION = LifeCycle("revision", "区划版本", "PUBLISHED", (
    row(NEW, said.PublishRegionRevision, {said.RegionRevisionPublished: "PUBLISHED"},
        when=[revision_missing, revision_empty]),
))


class RegionRevision(Aggregate, kw_only=True):
    """One edition."""

    life_cycles = (REVISION,)
    digest: str = ""
