"""A letter that waits, by the name that people call it: listener:sender/position, as `dudao letters list` prints it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from contracts.letter import Letter
from services.chassis.life_cycle import Refused
from services.chassis.memos import Memos
from services.chassis.parked import Parked, parked_at, parked_letters, place_at
from services.cli.letters.post import Post
from services.cli.speaking import Wrong

Folder = Annotated[Path, typer.Option("--data", envvar="DUDAO_DATA", help="内嵌部署的文件夹，或在运行的集群的文件夹")]
Url = Annotated[str | None, typer.Option("--url", help="日志数据库的 postgresql://…；给出时不看文件夹里的日志")]
Which = Annotated[str, typer.Argument(help="收件服务:发件服务/位次，如 rectification:findings/812", show_default=False)]


class Waiting(NamedTuple):
    """A parked letter: who could not obey it, where it lies in that service's memos, and what it is."""

    service: str
    place: str
    parked: Parked

    @property
    def letter(self) -> Letter:
        """As it came."""
        return self.parked.letter(self.place)

    @property
    def named(self) -> dict[str, Any]:
        """As commands name it."""
        return {"listener": self.service, "sender": self.letter.sender, "position": self.letter.position}


def all_waiting(memos: Mapping[str, Memos]) -> list[Waiting]:
    """Everything parked, by service, then line, each line in its order."""
    rows = [Waiting(name, place, parked) for name, kept in memos.items() for place, parked in parked_letters(kept)]
    return sorted(rows, key=lambda one: (list(memos).index(one.service), one.parked.key, one.parked.number))


def found(memos: Mapping[str, Memos], which: str) -> Waiting:
    """The parked letter of this name; raises Wrong ARGUMENT_INVALID or Refused LETTER_NOT_PARKED."""
    service, _, sent = which.partition(":")
    sender, _, position = sent.partition("/")
    if service not in memos or not sender or not position.isdigit():
        raise Wrong("ARGUMENT_INVALID", f"“{which}”应写成 收件服务:发件服务/位次，如 rectification:findings/812")
    place = place_at(sender, int(position))
    parked = parked_at(memos[service], place)
    if parked is None:
        raise Refused("LETTER_NOT_PARKED", f"没有搁置的信件“{which}”")
    return Waiting(service, place, parked)


def memos_of(post: Post) -> dict[str, Memos]:
    """The memos of each service."""
    return {name: service.memos for name, service in post.services.items()}
