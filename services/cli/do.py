"""`dudao do`: sends one command to a deployment, as somebody, and says what followed."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any
from uuid import UUID

import typer

from services.audit.casebook import sentence
from services.cli.deployment import HERE, Folder, Opened, identity, owned
from services.cli.moments import instant
from services.cli.scenario.writing import command
from services.cli.scenario.yaml_tree import read as read_yaml
from services.cli.speaking import Json, Wrong, answering, tell

Command = Annotated[str, typer.Argument(help="服务.命令，如 rectification.RegisterItem", show_default=False)]
Fields = Annotated[list[str] | None, typer.Argument(help="字段=值；列表写 [甲, 乙]", show_default=False)]
As = Annotated[str, typer.Option("--as", help="由谁发出：人员，或 system、security、audit、policy 管理员")]
AtBody = Annotated[str | None, typer.Option("--at-body", help="以其在哪个机构的身份")]
Id = Annotated[UUID | None, typer.Option("--id", help="命令编号；同一编号重发不会重复执行")]
OccurredAt = Annotated[str | None, typer.Option("--occurred-at", help="发生时间（带时区），默认现在")]
Reason = Annotated[str | None, typer.Option("--reason", help="理由，记入案卷")]


def do(
    name: Command, fields: Fields = None, *, person: As, data: Folder = HERE, at_body: AtBody = None,
    id_: Id = None, occurred_at: OccurredAt = None, reason: Reason = None, as_json: Json = False,
) -> None:
    """发出一条命令。例：dudao do registry.RegisterBody body=edu kind=DEPARTMENT … --as system"""
    with answering():
        said = {"command_id": id_, "occurred_at": instant(occurred_at), "reason": reason}
        with owned(data) as opened:
            found = _sent(opened, name, words(fields or []), (person, at_body), said)
        tell(found, as_json=as_json, lines=_lines)


def words(fields: list[str]) -> dict[str, Any]:
    """Field and value of each `field=value`; raises Wrong ARGUMENT_INVALID."""
    said = {}
    for field in fields:
        name, equals, value = field.partition("=")
        if not equals:
            raise Wrong("ARGUMENT_INVALID", f"“{field}”应写成 字段=值")
        said[name] = read_yaml(value)[0] if value[:1] in ("[", "{") else value
    return said


def _sent(
    opened: Opened, name: str, said: Mapping[str, Any], who: tuple[str, str | None], rest: Mapping[str, Any]
) -> dict[str, Any]:
    town, casebook = opened.deployment.town, opened.deployment.library.audit.casebook
    before = casebook.last_number()
    made = command(opened.names, name, said)
    receipt = town.submit(identity(town, opened.names, *who), made, **rest)
    followed = [
        {"number": filed.number, "event": filed.letter.name, "sentence": sentence(filed.letter)}
        for filed in casebook.read(before)
    ]
    return {"receipt": receipt, "events": followed}


def _lines(found: dict[str, Any]) -> Iterator[str]:
    receipt = found["receipt"]
    yield f"已受理：{receipt.service} {receipt.position}" if found["events"] else "已受理，没有新的事件"
    for event in found["events"]:
        yield f"{event['number']} {event['event']}  {event['sentence']}"
