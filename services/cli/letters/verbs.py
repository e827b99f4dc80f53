"""`dudao letters list|show|retry`, and with them `discard|confirm`; see `waiting` for how a letter is named."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from contracts.record import record_hash
from services.audit.casebook import sentence
from services.chassis.application import ServiceApplication
from services.chassis.parked import line_of
from services.chassis.parking import Parking
from services.cli.deployment import HERE
from services.cli.exit_codes import CHECK_FAILED
from services.cli.letters.discarding import confirm, discard, request_of
from services.cli.letters.post import Place, Post, to_read, to_work
from services.cli.letters.waiting import Folder, Url, Waiting, Which, all_waiting, found, memos_of
from services.cli.speaking import Json, answering, say, tell
from services.cli.tables import table

app = typer.Typer(no_args_is_help=True, help="处理搁置的信件：查看、按序重试、由一人请求另一人确认作废。")
app.command("discard")(discard)
app.command("confirm")(confirm)

Maybe = Annotated[str | None, typer.Argument(help="只重试这封信所在的一行；默认全部", show_default=False)]
Service = Annotated[str | None, typer.Option("--service", help="只看这个收件服务")]
Sender = Annotated[str | None, typer.Option("--sender", help="只看这个发件服务")]
Key = Annotated[str | None, typer.Option("--key", help="只看这个排队依据（通常是案卷编号）")]


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
        line, request = line_of(memos[one.service], one.parked.key), request_of(memos[one.service], one)
    letter = one.letter
    told = _row(one) | {
        "behind": len(line) - 1 - line.index(one.place), "sentence": sentence(letter), "stream": letter.head.stream,
        "version": letter.head.version, "occurredAt": letter.head.occurred_at, "recordedAt": letter.head.recorded_at,
        "caseIds": letter.head.case_ids, "hash": record_hash(letter.record, letter.head.algorithm),
        "discardRequest": request, "record": letter.record.decode().splitlines(),
    }
    tell(told, as_json=as_json, lines=_shown)


@app.command()
def retry(
    which: Maybe = None, service: Service = None, key: Key = None, data: Folder = HERE, url: Url = None,
    as_json: Json = False,
) -> None:
    """按次序重试；一行里有一封仍不成，其后的继续等。还有搁置的则退出码为 1。例：dudao letters retry"""
    with answering():
        with to_work(Place(data, url), keys_of=service) as post:
            before = all_waiting(memos_of(post))
            wanted = found(memos_of(post), which) if which else None
            chosen = [
                one for one in before if service in (None, one.service) and key in (None, one.parked.key)
                and (wanted is None or (one.service, one.parked.key) == (wanted.service, wanted.parked.key))
            ]
            obeyed = sum(Parking(hearing).retry(line) for hearing, line in _lines_of(post, chosen))
            left = all_waiting(memos_of(post))
        if not before:
            say("没有搁置的信件")
        tell({"obeyed": obeyed, "left": len(left)}, as_json=as_json, lines=_worked_off)
    raise typer.Exit(CHECK_FAILED if len(chosen) > obeyed else 0)


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
    if told["discardRequest"]:
        yield f"作废请求：{told['discardRequest']}"
    yield from told["record"]


def _worked_off(done: Mapping[str, int]) -> Iterator[str]:
    yield f"已处理 {done['obeyed']} 封，仍搁置 {done['left']} 封"
