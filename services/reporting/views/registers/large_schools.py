"""Schools that a body named as having many students: they weigh more in its staffing ratio, from a day on."""

from datetime import date

import msgspec

from contracts.letter import Letter
from contracts.personnel.large_school_list import LargeSchoolsDesignated
from services.chassis.reference_things import latest
from services.reporting.views.telling import Happenings, keyed_by, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View


class Designation(msgspec.Struct, kw_only=True, gc=False):
    """The schools named, from a day on."""

    valid_from: date
    schools: list[str] = []


class LargeSchools(Page, kw_only=True, gc=False):
    """The lists of one body."""

    body: str
    designations: list[Designation] = []

    def on(self, day: date) -> frozenset[str]:
        """Which schools are large on a day."""
        held: Designation | None = latest(self.designations, day)
        return frozenset(held.schools if held else ())


def _designate(page: LargeSchools, event: LargeSchoolsDesignated, _: Letter) -> None:
    page.designations.append(Designation(valid_from=event.valid_from, schools=[str(each) for each in event.schools]))


HAPPENINGS: Happenings = {LargeSchoolsDesignated: _designate}

LARGE_SCHOOLS = View(
    name="large-schools", title="学生数较多的学校名单", fold_version=1, page=LargeSchools, listens=names_of(HAPPENINGS),
    keys=keyed_by("body_id"), show=plainly,
    fold=told_by(HAPPENINGS, lambda letter, key: LargeSchools(body=key, **owned(letter))),
)
