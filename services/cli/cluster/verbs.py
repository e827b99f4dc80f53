"""`dudao cluster up|status|down`: the deployment on one machine, by hand."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from services.cli.cluster.equipment import needed
from services.cli.cluster.plan import ROOT, Running
from services.cli.cluster.probing import readiness
from services.cli.system_packages import ensure

UP_SECONDS, DOWN_SECONDS = 180, 120
CHECK_FAILED, NOT_FOUND, NOT_INSTALLED = 1, 3, 6
cluster = typer.Typer(help="在本机起停整套服务：PostgreSQL、RabbitMQ 与每个服务的每个进程。", no_args_is_help=True)
Folder = Annotated[Path, typer.Option("--data", help="存放数据、口令与日志的文件夹")]
Rehearsal = Annotated[bool, typer.Option("--rehearsal", help="只供演练：时钟可拨动，每演一场换一套空的存储")]
Install = Annotated[bool, typer.Option("--yes", help="缺系统软件时直接安装（需 root）")]
DEFAULT = Path("dudao-cluster")


@cluster.command()
def up(data: Folder = DEFAULT, yes: Install = False, rehearsal: Rehearsal = False) -> None:
    """启动，并等到每个进程都就绪。DUDAO_PG_URI、DUDAO_AMQP_URI、DUDAO_MONGO_URI 指明的服务器不另起。"""
    folder = data.resolve()
    if running_in(folder) is not None:
        say("已在运行 / already running")
    else:
        start(folder, may_install=yes, rehearsal=rehearsal)
    raise typer.Exit(show(folder))


def start(folder: Path, *, may_install: bool, rehearsal: bool) -> None:
    """Start a cluster and wait for it; leaves the program when system software is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    if ensure(needed(os.environ), may_install=may_install, say=say):
        raise typer.Exit(NOT_INSTALLED)
    command = [sys.executable, "-m", "services.cli.cluster.supervisor", str(folder)]
    with (folder / "supervisor.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, *(["rehearsal"] if rehearsal else [])],
            cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
        )
    wait_until_up(folder, process)


@cluster.command()
def status(data: Folder = DEFAULT) -> None:
    """每个进程是否就绪；有一个未就绪则退出码为 1。"""
    raise typer.Exit(show(data.resolve()))


@cluster.command()
def down(data: Folder = DEFAULT) -> None:
    """停止：先让各进程做完手头的事，再停服务器；数据留着。"""
    running = running_in(data.resolve())
    if running is None:
        say("没有在运行 / not running")
        raise typer.Exit(NOT_FOUND)
    stop(running)
    say("已停止 / stopped")


def stop(running: Running) -> None:
    """Stop a cluster and wait for its end."""
    os.kill(running.supervisor, signal.SIGTERM)
    deadline = time.monotonic() + DOWN_SECONDS
    while is_alive(running.supervisor):
        if time.monotonic() > deadline:
            say("仍未停止 / still stopping")
            raise typer.Exit(CHECK_FAILED)
        time.sleep(0.2)


def wait_until_up(folder: Path, process: "subprocess.Popen[bytes]") -> None:
    """Until everything is ready, the supervisor has ended, or time is up; `show` tells which."""
    deadline = time.monotonic() + UP_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        running = running_in(folder)
        if running is not None and all(readiness(worker) == "ready" for worker in running.workers):
            return
        time.sleep(0.5)
    if process.poll() is not None:
        say((folder / "supervisor.log").read_text(errors="replace")[-2000:])


def show(folder: Path) -> int:
    """One line for each process; returns the exit code."""
    running = running_in(folder)
    if running is None:
        say("没有在运行 / not running")
        return NOT_FOUND
    found = {worker.name: readiness(worker) for worker in running.workers}
    for worker in running.workers:
        typer.echo(f"{worker.name:28} {found[worker.name]:10} http://127.0.0.1:{worker.health_port}/metrics")
    return 0 if set(found.values()) == {"ready"} else CHECK_FAILED


def running_in(folder: Path) -> Running | None:
    """The cluster that runs in a folder, or None."""
    file = folder / "cluster.json"
    if not file.exists():
        return None
    running = msgspec.json.decode(file.read_bytes(), type=Running)
    return running if is_alive(running.supervisor) else None


def is_alive(pid: int) -> bool:
    """Whether there is such a process, a zombie not counted."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def say(line: str) -> None:
    """To the person at the terminal."""
    typer.echo(line, err=True)
