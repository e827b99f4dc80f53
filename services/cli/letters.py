"""`dudao letters`: what a running deployment has parked, tried again in order or discarded by two persons."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

import typer

from services.chassis.application import ServiceApplication
from services.chassis.opening import opened
from services.chassis.parked import parked_letters
from services.chassis.parking import Parking
from services.chassis.settings import Settings
from services.cli.speaking import Json, Wrong, answering, say, tell
from services.cli.tables import table
from services.cli.wiring import SERVICES

app = typer.Typer(no_args_is_help=True, help="搁置的信件：列出、重试、作废。与各进程用同样的 DUDAO_* 设置。")
Service = Annotated[str, typer.Option("--service", help="收信的服务，如 rectification")]
Place = Annotated[str, typer.Argument(help="信件的位置，见 dudao letters list", show_default=False)]
Person = Annotated[UUID, typer.Option("--person", help="决定作废的人（personId）")]
Second = Annotated[UUID, typer.Option("--second", help="复核的另一人（personId）")]


@app.command("list")
def listed(service: Service, as_json: Json = False) -> None:
    """列出搁置的信件和原因。例：dudao letters list --service rectification"""
    with answering(), serving(service) as application:
        rows = [
            {"位置": place, "排队键": parked.key, "信件": parked.topic, "原因": parked.error}
            for place, parked in parked_letters(application.memos)
        ]
        tell(rows, as_json=as_json, lines=table)


@app.command()
def retry(service: Service) -> None:
    """程序或数据改好以后，按次序重试全部搁置的信件。例：dudao letters retry --service rectification"""
    with answering(), serving(service) as application:
        done = Parking(application).retry_all()
        left = len(parked_letters(application.memos))
        say(f"已办 {done} 封，仍搁置 {left} 封")
        if left:
            raise typer.Exit(1)


@app.command()
def discard(
    place: Place, service: Service, person: Person, second: Second,
    reason: Annotated[str, typer.Option("--reason", help="理由")],
) -> None:
    """作废一封搁置的信件：写明理由，由两人负责。例：dudao letters discard 位置 --service findings --reason …"""
    with answering(), serving(service) as application:
        Parking(application).discard(place, reason, person, second)
        say(f"已作废 {place}")


@contextmanager
def serving(service: str) -> Iterator[ServiceApplication]:
    """A service's application on the shared log; raises Wrong SERVICE_UNKNOWN, Refused for unsafe settings."""
    if service not in SERVICES:
        raise Wrong("SERVICE_UNKNOWN", f"没有名为“{service}”的服务；有 {'、'.join(SERVICES)}")
    application = opened(SERVICES[service], Settings.read(os.environ))
    try:
        yield application
    finally:
        application.close()
