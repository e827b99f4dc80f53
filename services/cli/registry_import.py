"""What `dudao registry import` does once a deployment is open, and how it tells of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from contracts.record import Command
from contracts.registry.region_revision import PublishRegionRevision
from contracts.values import natural_id
from services.chassis.life_cycle import Refused
from services.chassis.reference import Reference
from services.chassis.town import REGISTRY
from services.cli.deployment import Opened
from services.cli.founding import administrator
from services.cli.tables import table
from services.registry import forms
from services.registry.application import Registry
from services.registry.importing import FAILED, Submit, ignored, import_rows
from services.registry.region_changes import Change, changes
from services.registry.regions import Edition
from services.registry.sheets import Sheet

Found = dict[str, Any]
ID_OF = {"schools": forms.school_id, "bodies": forms.body_id}


def rows(opened: Opened, what: str, sheet: Sheet, since: date) -> Found:
    """Import schools or bodies; each one's code becomes its short name."""
    registry = _registry(opened)
    form = forms.schools(registry, since) if what == "schools" else forms.bodies(registry)
    outcomes = import_rows(sheet, form, _submit(opened))
    for one in outcomes:
        if one.result != FAILED:
            opened.names.bind(one.key, ID_OF[what](one.key))
    failed = [{"行": one.number, **one.cells, "原因": one.reason} for one in outcomes if one.result == FAILED]
    return {"counts": Counter(one.result for one in outcomes), "failed": failed, "ignored": ignored(sheet, form)}


def regions(opened: Opened, taken: Edition, revision: str, since: date) -> Found:
    """Import an edition; it is published when everything in it stands, and not before."""
    submit, counts, failed = _submit(opened), Counter[str](), []
    for one in changes(taken, _registry(opened).reference.places(), since):
        reason = _refusal(submit, one)
        counts[one.what if reason is None else FAILED] += 1
        if reason is not None:
            failed.append({"代码": one.code, "原": one.old, "现": one.new, "原因": reason})
    if not failed:
        submit(PublishRegionRevision(
            revision_id=natural_id("RegionRevision", revision), revision=revision, valid_from=since,
            source=taken.source, digest=taken.digest, count=len(taken.regions)))
    return {"counts": counts, "failed": failed, "ignored": [], "published": not failed}


def _refusal(submit: Submit, one: Change) -> str | None:
    if one.command is None:
        return one.what
    try:
        submit(one.command)
    except Refused as error:
        return error.sentence
    return None


def standing(reference: Reference) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many bodies and how many units stand at each place."""
    return Counter(body.place for body in reference.bodies()), Counter(unit.place for unit in reference.units_below(""))


def lines(found: Found) -> Iterator[str]:
    """For people: the failed rows as they stand in the file, with the reason; then the counts."""
    yield from table(found["failed"])
    counts = "，".join(f"{result} {number}" for result, number in found["counts"].items()) or "没有变化"
    yield f"{'试运行：' if found['dryRun'] else ''}{counts}"
    if found["ignored"]:
        yield f"未读取的列：{'、'.join(found['ignored'])}"
    if found.get("published") is False:
        yield "区划版本未公布：改正后再导入一次即可，已记录的不会重复"


def _registry(opened: Opened) -> Registry:
    service = opened.deployment.town.services[REGISTRY]
    if not isinstance(service, Registry):
        raise TypeError(service)
    return service


def _submit(opened: Opened) -> Submit:
    def submit(command: Command) -> None:
        opened.deployment.town.submit(administrator("system"), command)

    return submit
