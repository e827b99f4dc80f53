"""`dudao letters discard` and `confirm`: one person asks, another confirms, each under their own name."""

from pathlib import Path
from typing import Annotated, Any

import typer

from contracts.letter import Letter
from contracts.post.parked_letter import ConfirmDiscard, RequestDiscard
from contracts.record import Command, stream_of
from services.audit.casebook import sentence
from services.cli.deployment import HERE, acting
from services.cli.letters.post import Place, to_work
from services.cli.letters.waiting import Folder, Url, Waiting, Which, found, memos_of
from services.cli.speaking import answering, say

Reason = Annotated[str, typer.Option("--reason", help="理由，留存备查", show_default=False)]
As = Annotated[str, typer.Option("--as", help="由谁：人员，或 system、security 管理员", show_default=False)]
SigningKey = Annotated[Path | None, typer.Option("--signing-key", help="网关的签名密钥；默认用集群文件夹里的")]


def request_of(memos: Any, one: Waiting) -> str | None:
    """Who asked for the discard of a letter, when and why, in a sentence; None where nobody did."""
    stream = stream_of(ConfirmDiscard(**one.named))
    asked = next(iter(memos.select_events(stream, desc=True, limit=1)), None)
    return sentence(Letter(one.service, 0, 0, asked.topic, asked.state)) if asked else None


def discard(
    which: Which, reason: Reason, person: As, data: Folder = HERE, url: Url = None, key: SigningKey = None
) -> None:
    """请求作废一封信件，写明理由；由另一人用 confirm 确认后才作废。"""
    with answering():
        _send(RequestDiscard, which, person, Place(data, url, key), reason=reason)
        say(f"已请求作废，待另一人确认：dudao letters confirm {which} --as …")


def confirm(which: Which, person: As, data: Folder = HERE, url: Url = None, key: SigningKey = None) -> None:
    """由另一人（安全管理员）确认作废；其后的信件由 retry 处理。先用 show 看理由。"""
    with answering():
        _send(ConfirmDiscard, which, person, Place(data, url, key))
        say(f"已作废：{which}")


def _send(kind: type[Command], which: str, person: str, place: Place, **said: str) -> None:
    with to_work(place) as post:
        one = found(memos_of(post), which)
        post.submit(acting(post.directory, post.names, person), kind(**one.named, **said))
