"""`dudao log`: the tables of the services' logs, made and upgraded by their owner before the services start."""

import os
from typing import Annotated

import psycopg
import typer

from contracts.correspondence import WRITERS
from services.chassis.log_postgres_grants import migrate_for
from services.chassis.log_postgres_schema import MIGRATIONS, refuse_unsafe, version_of
from services.chassis.secret_files import told
from services.cli.speaking import Json, Wrong, answering, tell
from services.cli.tables import table

app = typer.Typer(no_args_is_help=True, help="各服务日志的表：建立、升级、查看版本。")
Writer = Annotated[str, typer.Option("--writer", help="各服务所用的数据库账号：只许添加记录，不许改")]
URL = "DUDAO_LOG_URL"


@app.command()
def migrate(writer: Writer, as_json: Json = False) -> None:
    """建立或升级全部日志的表，并授权给各服务。例：dudao log migrate --writer dudao_writer"""
    with answering():
        url = url_told()
        try:
            for service in WRITERS:
                migrate_for(url, service, writer)
        except psycopg.OperationalError as error:
            raise Wrong("LOG_UNREACHABLE", f"连不上数据库：{error}") from None
    versions(as_json)


@app.command()
def versions(as_json: Json = False) -> None:
    """每个服务日志的表是第几版、本程序要第几版；会丢失已确认记录的数据库设置在此报错。"""
    with answering():
        try:
            with psycopg.connect(url_told()) as connection:
                refuse_unsafe(connection)
                rows = [
                    {"服务": service, "表的版本": version_of(connection, service), "本程序": len(MIGRATIONS)}
                    for service in WRITERS
                ]
        except psycopg.OperationalError as error:
            raise Wrong("LOG_UNREACHABLE", f"连不上数据库：{error}") from None
        tell(rows, as_json=as_json, lines=table)


def url_told() -> str:
    """Where the logs are; raises Wrong SETTING_MISSING."""
    url = told(os.environ).get(URL)
    if not url:
        raise Wrong("SETTING_MISSING", f"未设置 {URL} 或 {URL}_FILE")
    return url
