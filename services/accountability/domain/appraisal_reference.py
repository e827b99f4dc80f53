"""AppraisalReference (考核任免奖惩参考): a file per subject; whoever read it is told when it changes (domain 3.5.8)."""

from typing import Any
from uuid import UUID

from contracts.accountability import appraisal_reference as said
from contracts.record import event_id
from services.accountability.domain.guards import empty
from services.chassis.aggregates import Aggregate, Entity, fill
from services.chassis.calendar import CHINA_TIME
from services.chassis.facts import Facts, body
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, refuses, row


@refuses("须写明查询用途")
def purpose_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody looks without saying why (domain 5, 61)."""
    return empty(command.purpose)


@refuses("只能查询到当前时间为止的结果")
def as_of_in_future(_: Any, command: Any, facts: Facts) -> bool:
    """Nobody knows what is still to come."""
    return command.as_of is not None and command.as_of > facts.at


@refuses("导出的对象不含本档案的单位或个人")
def subject_not_exported(file: Any, command: Any, _: Facts) -> bool:
    """An export is written down in the file of everybody it concerns."""
    return file.subject_id not in command.subjects


@refuses("只能列入本档案的单位或个人")
def another_subject(_: Any, command: Any, facts: Facts) -> bool:
    """One file, one subject."""
    return facts.whole.subject_id not in (None, command.subject_id)


@refuses("来源没有更正")
def source_not_corrected(_: Any, __: Any, facts: Facts) -> bool:
    """A reference changes when its source did."""
    return facts.get("source_corrected") is False


class Reference(Entity, kw_only=True):
    """One result in the file; `added_version` is where it stands in the stream."""

    source_id: UUID | None = None
    kind: said.ReferenceKind | None = None
    added_version: int = 0


FILE = LifeCycle("file", "考核参考档案", "ACTIVE", (
    row("ACTIVE", said.QueryReference, {said.ReferenceQueried: SAME}, when=[purpose_missing, as_of_in_future]),
    row("ACTIVE", said.ExportResults, {said.ReferenceExported: SAME}, when=[subject_not_exported]),
), apart=(said.ReferenceExported,))

REFERENCE = LifeCycle(
    "reference", "考核参考", "ACTIVE AMENDED",
    (
        row(NEW, said.AddReference, {said.ReferenceAdded: "ACTIVE"}, when=[another_subject]),
        row("ACTIVE", said.AmendReference, {said.ReferenceAmended: "AMENDED"},
            when=[reason_missing, source_not_corrected]),
    ),
    entities=("references", "reference_id", Reference),
)


class AppraisalReference(Aggregate, kw_only=True):
    """The file of one unit or person; `readers` are those who queried it or got an export, in order."""

    life_cycles = (FILE, REFERENCE)
    subject_id: UUID | None = None
    references: dict[str, Reference] = {}
    readers: list[UUID] = []
    exports: int = 0

    def add_reference(self, _: Reference, command: Any, facts: Facts) -> said.ReferenceAdded:
        """From today on, unless another day is named."""
        today = facts.at.astimezone(CHINA_TIME).date()
        return fill(said.ReferenceAdded, command, facts, valid_from=command.valid_from or today)

    def query_reference(self, _: Any, command: Any, facts: Facts) -> said.ReferenceQueried:
        """Who looked, why, and as of when."""
        return fill(said.ReferenceQueried, command, facts, subject_id=self.subject_id,
                    authority_id=body(facts), as_of=command.as_of or facts.at)

    def export_results(self, _: Any, command: Any, facts: Facts) -> said.ReferenceExported:
        """Each export is a version."""
        return fill(said.ReferenceExported, command, facts, version=self.exports + 1)

    def amend_reference(self, reference: Reference, command: Any, facts: Facts) -> said.ReferenceAmended:
        """Tells everybody who has read it."""
        return fill(said.ReferenceAmended, command, facts, receivers_notified=tuple(self.readers),
                    corrects_event_id=event_id(self.stream, reference.added_version))

    def on_reference_added(self, reference: Reference, event: said.ReferenceAdded) -> None:
        """The first one opens the file."""
        self.state, self.subject_id = "ACTIVE", event.subject_id
        reference.added_version = self.version + 1

    def on_reference_queried(self, _: Any, event: said.ReferenceQueried) -> None:
        """To be told of changes."""
        self._read_by(event.authority_id)

    def on_reference_exported(self, _: Any, event: said.ReferenceExported) -> None:
        """To be told of changes."""
        self.exports = event.version
        self._read_by(event.receiver_id)

    def _read_by(self, authority: UUID) -> None:
        if authority not in self.readers:
            self.readers.append(authority)
