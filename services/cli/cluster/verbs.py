"""`dudao cluster up|status|down`: the deployment on one machine, by hand."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated
from urllib.error import URLError
from urllib.request import urlopen

import msgspec
import typer

from services.cli.cluster.plan import ROOT, Running, Worker
from services.cli.system_packages import POSTGRESQL, RABBITMQ, ensure

UP_SECONDS, DOWN_SECONDS = 180, 120
CHECK_FAILED, NOT_FOUND, NOT_INSTALLED = 1, 3, 6
cluster = typer.Typer(help="在本机起停整套服务：PostgreSQL、RabbitMQ 与每个服务的每个进程。", no_args_is_help=True)
Folder = Annotated[Path, typer.Option("--data", help="存放数据、口令与日志的文件夹")]
Install = Annotated[bool, typer.Option("--yes", help="缺系统软件时直接安装（需 root）")]
DEFAULT = Path("dudao-cluster")


@cluster.command()
def up(data: Folder = DEFAULT, yes: Install = False) -> None:
    """启动，并等到每个进程都就绪。"""
    folder = data.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if running_in(folder) is not None:
        say("已在运行 / already running")
    else:
        if ensure((POSTGRESQL, RABBITMQ), may_install=yes, say=say):
            raise typer.Exit(NOT_INSTALLED)
        command = [sys.executable, "-m", "services.cli.cluster.supervisor", str(folder)]
        with (folder / "supervisor.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        wait_until_up(folder, process)
    raise typer.Exit(show(folder))


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
    os.kill(running.supervisor, signal.SIGTERM)
    deadline = time.monotonic() + DOWN_SECONDS
    while is_alive(running.supervisor):
        if time.monotonic() > deadline:
            say("仍未停止 / still stopping")
            raise typer.Exit(CHECK_FAILED)
        time.sleep(0.2)
    say("已停止 / stopped")


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


def readiness(worker: Worker) -> str:
    """What a process says about itself: ready, not ready, or silent."""
    try:
        with urlopen(f"http://127.0.0.1:{worker.health_port}/readyz", timeout=5):
            return "ready"
    except URLError as error:
        return "not ready" if hasattr(error, "code") else "silent"
    except OSError:
        return "silent"


def say(line: str) -> None:
    """To the person at the terminal."""
    typer.echo(line, err=True)
