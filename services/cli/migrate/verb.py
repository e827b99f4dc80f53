"""`dudao migrate`: from the files of an embedded deployment to servers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from eventsourcing.persistence import PersistenceError
from psycopg import Error as PostgresError
from pymongo.errors import PyMongoError

from services.cli.migrate.comparing import Counted
from services.cli.migrate.moving import Moved, move
from services.cli.migrate.source import owned_source
from services.cli.migrate.targets import read_targets
from services.cli.speaking import Json, Wrong, answering, say, tell
from services.cli.tables import table

From = Annotated[Path, typer.Option("--from", help="内嵌部署的文件夹；只读，不改动", show_default=False)]
To = Annotated[
    list[str], typer.Option("--to", help="去处，可多次：postgresql://…（日志）、mongodb://…（案卷）、文件夹（其余）")
]
Rehearsal = Annotated[bool, typer.Option("--rehearsal", help="试演：案卷可迁到不是副本集的 MongoDB")]
COLUMNS = {
    "服务": "service", "记录": "records", "流": "streams", "首位": "first", "末位": "last", "哈希链": "chain",
    "备忘": "memos", "回执": "receipts", "待到期": "due", "搁置": "parked", "收件": "heard", "快照": "snapshots",
    "末条哈希": "tail",
}


def migrate(from_: From, to: To, rehearsal: Rehearsal = False, as_json: Json = False) -> None:
    """把内嵌部署迁到服务器，逐条核对。例：dudao migrate --from .dudao --to postgresql://… --to 文件夹"""
    with answering():
        with owned_source(from_) as source:
            targets = read_targets(to, source.logs)._replace(rehearsal=rehearsal)
            if targets.folder.resolve() == from_.resolve():
                raise Wrong("TARGET_INVALID", "去处不能是源文件夹")
            try:
                moved = move(source, from_, targets, say)
            except (PostgresError, PersistenceError, PyMongoError) as error:
                raise Wrong("TARGET_UNREACHABLE", f"连不上或写不进目标数据库：{error}") from None
        tell(_found(moved), as_json=as_json, lines=_lines)
        say("已迁完并核对一致；源文件夹未改动，今后不要再向它写入。页面由案卷总账重新生成。")


def _found(moved: Moved) -> dict[str, Any]:
    return {
        "services": [msgspec.to_builtins(counted) for counted in moved.services],
        "letters": moved.letters, "keys": moved.keys, "files": moved.files,
    }


def _lines(found: dict[str, Any]) -> Iterator[str]:
    rows = [_row(msgspec.convert(one, Counted)) for one in found["services"]]
    yield from table(rows)
    yield f"案卷总账 {found['letters']} 号；封存密钥 {found['keys']} 把；其他文件 {found['files']} 个"


def _row(counted: Counted) -> dict[str, Any]:
    row = {name: getattr(counted, field) for name, field in COLUMNS.items()}
    return row | {"哈希链": "完整" if counted.chain else "断裂", "末条哈希": (counted.tail or "-")[:12]}
