"""Opening a deployment's folder: to write, as its one owner, or only to read beside the owner."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NamedTuple
from uuid import UUID

import msgspec
import typer

from services.chassis.clock import HandClock
from services.chassis.directory import Directory
from services.chassis.identity import Identity
from services.chassis.life_cycle import Refused
from services.chassis.town import Town
from services.cli.founding import ADMINISTRATORS, administrator
from services.cli.live.opening import reading
from services.cli.scenario.names import Names
from services.cli.scenario.policy import publication
from services.cli.speaking import Wrong
from services.cli.wiring import Embedded, Library, WallClock, embedded, library
from services.registry.policy_documents import reviewed_documents

Folder = Annotated[Path, typer.Option("--data", envvar="DUDAO_DATA", help="存放数据的文件夹")]
HERE = Path(".dudao")
NAMES, SPACE = "names.json", "deployment"


class Opened(NamedTuple):
    """A deployment in its owner's hands, and the short names in use there."""

    deployment: Embedded
    names: Names


class Reading(NamedTuple):
    """A deployment as a reader sees it."""

    library: Library
    names: Names


@contextmanager
def owned(data: Path, clock: HandClock | None = None) -> Iterator[Opened]:
    """Open to write; what fell due meanwhile has fired. Raises Refused LOG_OWNED."""
    clock = clock or WallClock()
    deployment = embedded(data, clock)
    try:
        names = names_in(data)
        found(deployment.town, names)
        deployment.town.advance_to(clock())
        yield Opened(deployment, names)
        keep_names(data, names)
    finally:
        deployment.close()


@contextmanager
def read(data: Path) -> Iterator[Reading]:
    """Open to read, also what a running cluster keeps on its servers; raises Wrong DATA_NOT_FOUND."""
    live = reading(data.resolve())
    if live is None and not (data / "casebook.sqlite").exists():
        raise Wrong("DATA_NOT_FOUND", f"文件夹“{data}”里没有数据；可先运行 dudao do 或 dudao demo --data {data}")
    opened = live or library(data, WallClock())
    try:
        yield Reading(opened, names_in(data))
    finally:
        opened.close()


def found(town: Town, names: Names) -> None:
    """A new deployment begins with the reviewed policy documents."""
    if town.services["registry"].recorder.max_notification_id():
        return
    for number, document in enumerate(reviewed_documents()):
        command_id = names.minted("policy", number)
        town.submit(administrator("policy"), publication(document), command_id=command_id)


def identity(town: Town, names: Names, person: str, at_body: str | None = None) -> Identity:
    """Whoever acts under this name; raises Unnamed, Refused PERSON_UNKNOWN."""
    return acting(town.directory, names, person, at_body)


def acting(directory: Directory, names: Names, person: str, at_body: str | None = None) -> Identity:
    """As `identity`, where the people are known without a town."""
    known = names.known(person)
    if known is None and person in ADMINISTRATORS:
        return administrator(person)
    if known is None:
        raise Refused("PERSON_UNKNOWN", f"没有名为“{person}”的人员")
    return directory.identity(known, names.existing(at_body, "机构") if at_body else None)


def names_in(data: Path) -> Names:
    """The short names kept in a folder."""
    path = data / NAMES
    bound = msgspec.json.decode(path.read_bytes(), type=dict[str, UUID]) if path.exists() else {}
    return Names(SPACE, bound)


def keep_names(data: Path, names: Names) -> None:
    """Write the short names down, whole or not at all, for the owner's eyes."""
    written = data / f"{NAMES}.new"
    handle = os.open(written, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(msgspec.json.encode(names.bound))
    written.replace(data / NAMES)
