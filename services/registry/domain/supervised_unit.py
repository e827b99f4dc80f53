"""SupervisedUnit (被督导单位): its place, its managers by date, its profile, what became of it."""

from typing import Any

from contracts.registry import supervised_unit as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, SAME, LifeCycle, refuses, row


@refuses("须写明名称")
def name_missing(_: Any, command: Any, __: Facts) -> bool:
    """A unit without a name cannot be told from another."""
    return not command.name.strip()


@refuses("承继单位不能是被撤并的单位自己")
def own_successor(unit: Any, command: Any, _: Facts) -> bool:
    """Nothing succeeds itself."""
    gone = getattr(command, "unit_ids", ()) or getattr(command, "successor_ids", ())
    return unit.stream in gone


@refuses("人数和校区数不得为负")
def negative_count(_: Any, command: Any, __: Facts) -> bool:
    """Students and campuses are counted."""
    return command.students < 0 or command.campuses < 0


@refuses("该单位并无在任校长")
def no_principal(unit: "SupervisedUnit", command: Any, _: Facts) -> bool:
    """Only a running term can end."""
    return unit.principal != str(command.person_id)


UNIT = LifeCycle("unit", "被督导单位", "REGISTERED CLOSED", (
    row(NEW, said.RegisterUnit, {said.SupervisedUnitRegistered: "REGISTERED"}, when=[name_missing]),
    row("REGISTERED", said.ChangeUnitManagement, {said.UnitManagementChanged: SAME}),
    row("REGISTERED", said.ChangeSchoolProfile, {said.SchoolProfileChanged: SAME}, when=[negative_count]),
    row("REGISTERED", said.MergeUnits, {said.UnitMerged: SAME}, when=[own_successor]),
    row("REGISTERED", said.SplitUnit, {said.UnitSplit: "CLOSED"}, when=[own_successor]),
    row("REGISTERED", said.RenameUnit, {said.UnitRenamed: SAME}, when=[name_missing]),
    row("REGISTERED", said.CloseUnit, {said.UnitClosed: "CLOSED"}, when=[own_successor]),
    row("REGISTERED", said.StartPrincipalTerm, {said.PrincipalTermStarted: SAME}),
    row("REGISTERED", said.AnnouncePrincipalTermEnding, {said.PrincipalTermEndingAnnounced: SAME},
        when=[no_principal]),
    row("REGISTERED", said.EndPrincipalTerm, {said.PrincipalTermEnded: SAME}, when=[no_principal]),
))


class SupervisedUnit(Aggregate, kw_only=True):
    """One unit: a school, an institution, a department, a township, a government."""

    life_cycles = (UNIT,)
    fold_version = 2
    name: str = ""
    located_in: str = ""
    principal: str = ""
    managed: said.UnitManagementChanged | None = None
    profile: said.SchoolProfileChanged | None = None

    def merge_units(self, _: Any, command: Any, __: Facts) -> said.UnitMerged:
        """The merged ones go, this one goes on."""
        return said.UnitMerged(
            unit_ids=command.unit_ids, successor_ids=(self.stream,), valid_from=command.valid_from,
        )

    def split_unit(self, _: Any, command: Any, __: Facts) -> said.UnitSplit:
        """This one goes, the successors go on."""
        return said.UnitSplit(
            unit_ids=(self.stream,), successor_ids=command.successor_ids, valid_from=command.valid_from,
        )

    def rename_unit(self, _: Any, command: Any, __: Facts) -> said.UnitRenamed:
        """The same unit under another name."""
        return said.UnitRenamed(unit_ids=(self.stream,), name=command.name, valid_from=command.valid_from)

    def close_unit(self, _: Any, command: Any, __: Facts) -> said.UnitClosed:
        """With whoever carries on."""
        return said.UnitClosed(
            unit_ids=(self.stream,), successor_ids=command.successor_ids, valid_from=command.valid_from,
        )

    def on_unit_management_changed(self, _: Any, event: said.UnitManagementChanged) -> None:
        """Who manages it, as last said."""
        self.managed = event

    def on_school_profile_changed(self, _: Any, event: said.SchoolProfileChanged) -> None:
        """What kind of school it is, as last said."""
        self.profile = event

    def on_principal_term_started(self, _: Any, event: said.PrincipalTermStarted) -> None:
        """Who leads the school now."""
        self.principal = str(event.person_id)

    def on_principal_term_ended(self, _: Any, __: said.PrincipalTermEnded) -> None:
        """Nobody does, until the next term starts."""
        self.principal = ""
