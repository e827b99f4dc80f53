"""`dudao letters list|show|retry|discard`: a letter is named listener:sender/position, as the list prints it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from contracts.letter import Letter
from contracts.record import record_hash
from services.audit.casebook import sentence
from services.chassis.application import ServiceApplication
from services.chassis.life_cycle import Refused
from services.chassis.memos import Memos
from services.chassis.parked import Parked, line_of, parked_at, parked_letters, place_of
from services.chassis.parking import Parking
from services.cli.deployment import HERE, acting
from services.cli.exit_codes import CHECK_FAILED
from services.cli.letters.post import Place, Post, to_read, to_work
from services.cli.speaking import Json, Wrong, answering, say, tell
from services.cli.tables import table

app = typer.Typer(no_args_is_help=True, help="处理搁置的信件：查看、按序重试、由两人作废。")

Folder = Annotated[Path, typer.Option("--data", envvar="DUDAO_DATA", help="内嵌部署的文件夹，或在运行的集群的文件夹")]
Url = Annotated[str | None, typer.Option("--url", help="日志数据库的 postgresql://…；给出时不看文件夹里的日志")]
Which = Annotated[str, typer.Argument(help="收件服务:发件服务/位次，如 rectification:findings/812", show_default=False)]
Maybe = Annotated[str | None, typer.Argument(help="只重试这封信所在的一行；默认全部", show_default=False)]
Service = Annotated[str | None, typer.Option("--service", help="只看这个收件服务")]
Sender = Annotated[str | None, typer.Option("--sender", help="只看这个发件服务")]
Key = Annotated[str | None, typer.Option("--key", help="只看这个排队依据（通常是案卷编号）")]
Reason = Annotated[str, typer.Option("--reason", help="理由，留存备查", show_default=False)]
As = Annotated[str, typer.Option("--as", help="由谁作废", show_default=False)]
Second = Annotated[str, typer.Option("--second", help="由哪一另外的人复核", show_default=False)]


class Waiting(NamedTuple):
    """A parked letter: who could not obey it, where it lies in that service's memos, and what it is."""

    service: str
    place: str
    parked: Parked

    @property
    def letter(self) -> Letter:
        """As it came."""
        return self.parked.letter(self.place)


@app.command("list")
def list_(
    service: Service = None, sender: Sender = None, key: Key = None, data: Folder = HERE, url: Url = None,
    as_json: Json = False,
) -> None:
    """列出搁置的信件，每行按次序。例：dudao letters list --service rectification"""
    with answering(), to_read(Place(data, url)) as memos:
        waiting = [
            one for one in all_waiting(memos)
            if service in (None, one.service) and sender in (None, one.letter.sender) and key in (None, one.parked.key)
        ]
    if not waiting:
        say("没有搁置的信件")
    tell([_row(one) for one in waiting], as_json=as_json, lines=lambda rows: table([_named(row) for row in rows]))


@app.command()
def show(which: Which, data: Folder = HERE, url: Url = None, as_json: Json = False) -> None:
    """看一封搁置的信件、它为何搁置、后面还有几封。例：dudao letters show rectification:findings/812"""
    with answering(), to_read(Place(data, url)) as memos:
        one = found(memos, which)
        line = line_of(memos[one.service], one.parked.key)
    letter = one.letter
    told = _row(one) | {
        "behind": len(line) - 1 - line.index(one.place), "sentence": sentence(letter), "stream": letter.head.stream,
        "version": letter.head.version, "occurredAt": letter.head.occurred_at, "recordedAt": letter.head.recorded_at,
        "caseIds": letter.head.case_ids, "hash": record_hash(letter.record, letter.head.algorithm),
        "record": letter.record.decode().splitlines(),
    }
    tell(told, as_json=as_json, lines=_shown)


@app.command()
def retry(which: Maybe = None, key: Key = None, data: Folder = HERE, url: Url = None, as_json: Json = False) -> None:
    """按次序重试；一行里有一封仍不成，其后的继续等。还有搁置的则退出码为 1。例：dudao letters retry"""
    with answering():
        with to_work(Place(data, url)) as post:
            before = all_waiting(_memos(post))
            wanted = found(_memos(post), which) if which else None
            chosen = [
                one for one in before if key in (None, one.parked.key)
                and (wanted is None or (one.service, one.parked.key) == (wanted.service, wanted.parked.key))
            ]
            obeyed = sum(Parking(service).retry(line) for service, line in _lines_of(post, chosen))
            left = all_waiting(_memos(post))
        if not before:
            say("没有搁置的信件")
        tell({"obeyed": obeyed, "left": len(left)}, as_json=as_json, lines=_worked_off)
    raise typer.Exit(CHECK_FAILED if len(chosen) > obeyed else 0)


@app.command()
def discard(
    which: Which, reason: Reason, person: As, second: Second, data: Folder = HERE, url: Url = None
) -> None:
    """作废一封信件：写明理由，并由另一人复核；其后的信件由 retry 处理。"""
    with answering(), to_work(Place(data, url)) as post:
        one = found(_memos(post), which)
        people = [acting(post.directory, post.names, name).person_id for name in (person, second)]
        Parking(post.services[one.service]).discard(one.place, reason, *people)
        say(f"已作废：{which}（{reason}）")


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
    place = place_of(Letter(sender, int(position), 0, "", b""))
    parked = parked_at(memos[service], place)
    if parked is None:
        raise Refused("LETTER_NOT_PARKED", f"没有搁置的信件“{which}”")
    return Waiting(service, place, parked)


def _memos(post: Post) -> dict[str, Memos]:
    return {name: service.memos for name, service in post.services.items()}


def _lines_of(post: Post, waiting: list[Waiting]) -> Iterator[tuple[ServiceApplication, str]]:
    for service, key in dict.fromkeys((one.service, one.parked.key) for one in waiting):
        yield post.services[service], key


COLUMNS = {"信件": "letter", "事件": "event", "排队依据": "key", "次序": "number", "原因": "error"}


def _row(one: Waiting) -> dict[str, Any]:
    letter = one.letter
    return {
        "letter": f"{one.service}:{letter.sender}/{letter.position}", "service": one.service, "sender": letter.sender,
        "position": letter.position, "event": letter.name, "key": one.parked.key, "number": one.parked.number,
        "error": one.parked.error,
    }


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[field] for name, field in COLUMNS.items()}


def _shown(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"{told['letter']}  {told['event']}"
    yield f"内容：{told['sentence']}"
    yield f"原因：{told['error']}"
    yield f"排队依据：{told['key']}，第 {told['number']} 封，其后还有 {told['behind']} 封"
    yield f"记录：流 {told['stream']} 第 {told['version']} 条，发生于 {told['occurredAt'].isoformat()}"
    yield f"哈希：{told['hash']}"
    yield from told["record"]


def _worked_off(done: Mapping[str, int]) -> Iterator[str]:
    yield f"已处理 {done['obeyed']} 封，仍搁置 {done['left']} 封"
