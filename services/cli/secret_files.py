"""`dudao secrets mint`: the passwords and keys of a deployment, each in a file, minted once and never shown."""

import secrets
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import msgspec
import typer

from services.chassis.identity import new_key
from services.cli.speaking import Wrong, answering, say

app = typer.Typer(no_args_is_help=True, help="部署所用的口令与密钥。")
OWNER, WRITER, USER = "dudao_owner", "dudao_writer", "dudao"
FOLDER_MODE, FILE_MODE = 0o700, 0o444  # containers read a file under accounts of their own; others cannot reach it


class Hosts(msgspec.Struct, frozen=True):
    """Where the servers are, as the processes see them."""

    postgres: str = "postgres:5432"
    rabbitmq: str = "rabbitmq:5672"
    mongo: str = "mongo:27017"


@app.command()
def mint(
    folder: Annotated[Path, typer.Argument(help="放口令文件的文件夹，如 deploy/secrets")],
    postgres: Annotated[str, typer.Option(help="PostgreSQL 的主机:端口")] = Hosts().postgres,
    rabbitmq: Annotated[str, typer.Option(help="RabbitMQ 的主机:端口")] = Hosts().rabbitmq,
    mongo: Annotated[str, typer.Option(help="MongoDB 的主机:端口，多个以逗号分隔")] = Hosts().mongo,
) -> None:
    """生成全部口令与密钥，每个一个文件；已有的文件夹不动。例：dudao secrets mint deploy/secrets"""
    with answering():
        if folder.exists() and any(folder.iterdir()):
            raise Wrong("SECRETS_EXIST", f"“{folder}”里已有文件；换口令须先停机，见 deploy/README.md")
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(FOLDER_MODE)
        for name, content in minted(Hosts(postgres, rabbitmq, mongo)).items():
            (folder / name).write_text(content, encoding="utf-8")
            (folder / name).chmod(FILE_MODE)
        say(f"已生成 {folder}；请另存一份，丢了就打不开密封的内容与登录")


def minted(hosts: Hosts) -> Mapping[str, str]:
    """File name → content; every password is 192 random bits."""
    owner, writer, rabbit, mongo = (secrets.token_urlsafe(24) for _ in range(4))
    key = new_key()
    return {
        "postgres_owner_password": owner, "postgres_writer_password": writer, "mongo_password": mongo,
        "migration_url": f"postgresql://{OWNER}:{owner}@{hosts.postgres}/dudao",
        "log_url": f"postgresql://{WRITER}:{writer}@{hosts.postgres}/dudao",
        "amqp_url": f"amqp://{USER}:{rabbit}@{hosts.rabbitmq}/{quote('dudao', safe='')}",
        "rabbitmq_user.conf": f"default_user = {USER}\ndefault_pass = {rabbit}\n",
        "casebook_url": _mongo(mongo, hosts, "casebook"), "pages_url": _mongo(mongo, hosts, "pages"),
        "mongo_keyfile": b64encode(secrets.token_bytes(96)).decode(),
        "gateway_key.json": msgspec.json.encode(key.as_dict(private=True)).decode(),
        "gateway_key.public.json": msgspec.json.encode(key.as_dict(private=False)).decode(),
    }


def _mongo(password: str, hosts: Hosts, database: str) -> str:
    return f"mongodb://{USER}:{password}@{hosts.mongo}/{database}?replicaSet=dudao&authSource=admin"
