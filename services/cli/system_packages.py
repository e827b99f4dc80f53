"""The system software the tests and the demo start themselves: where it is, how to get it."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SystemPackage:
    """One piece of system software; to add one, add a row to SYSTEM_PACKAGES."""

    name: str
    binaries: tuple[str, ...]  # all in one folder; the first one answers --version
    minimum: int  # major version
    apt: str
    folders: tuple[str, ...] = ()  # globs searched before PATH, newest first
    needed_by: str = ""
    version_in_folder: str = ""  # pattern; for programs that leave a daemon behind when asked for --version


POSTGRESQL = SystemPackage(
    name="PostgreSQL",
    binaries=("postgres", "initdb"),
    minimum=13,
    apt="postgresql",
    folders=("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin"),
    needed_by="tests that use postgres_url",
)

RABBITMQ = SystemPackage(
    name="RabbitMQ",
    binaries=("rabbitmqctl", "rabbitmq-server"),
    minimum=3,
    apt="rabbitmq-server",
    folders=("/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin", "/opt/rabbitmq_server-*/sbin"),
    needed_by="tests that use amqp_url",
    version_in_folder=r"rabbitmq_server-(\d+)\.",
)

STRACE = SystemPackage(
    name="strace",
    binaries=("strace",),
    minimum=4,
    apt="strace",
    needed_by="tests that watch what is synced to the disk",
)

FUSE = SystemPackage(
    name="FUSE",
    binaries=("fusermount3",),
    minimum=3,
    apt="fuse3",
    needed_by="tests that cut the power of a disk",
)

IPROUTE = SystemPackage(
    name="iproute2",
    binaries=("ss", "ip"),
    minimum=2,
    apt="iproute2",
    needed_by="tests that cut the network between brokers",
)

PROMETHEUS = SystemPackage(
    name="Prometheus",
    binaries=("prometheus", "promtool"),
    minimum=2,
    apt="prometheus",
    needed_by="tests of the alert rules and of what is measured",
)

NODE_EXPORTER = SystemPackage(
    name="Prometheus node exporter",
    binaries=("prometheus-node-exporter",),
    minimum=1,
    apt="prometheus-node-exporter",
    needed_by="tests of what is measured",
)

ALERTMANAGER = SystemPackage(
    name="Alertmanager",
    binaries=("amtool",),
    minimum=0,
    apt="prometheus-alertmanager",
    needed_by="tests of who is told of an alert",
)

SYSTEM_PACKAGES = (
    POSTGRESQL, RABBITMQ, STRACE, FUSE, IPROUTE, PROMETHEUS, NODE_EXPORTER, ALERTMANAGER,
)


def find(package: SystemPackage) -> Path | None:
    """The folder that holds all binaries of the package in a good version, or None."""
    for folder in candidates(package):
        if all((folder / name).exists() for name in package.binaries):
            version = version_of(package, folder)
            if version is not None and version >= package.minimum:
                return folder
    return None


def candidates(package: SystemPackage) -> Iterable[Path]:
    """The package's own folders, highest version first, then where PATH leads (links followed)."""
    for pattern in package.folders:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=numbers_in, reverse=True)
    on_path = shutil.which(package.binaries[0])
    if on_path:
        yield Path(on_path).parent
        yield Path(on_path).resolve().parent


def numbers_in(path: Path) -> list[int]:
    """Sort key: 9.6 before 13 before 17."""
    return [int(number) for number in re.findall(r"\d+", str(path))]


def version_of(package: SystemPackage, folder: Path) -> int | None:
    """The major version, from the folder's real name where that says it, else from the program."""
    if not package.version_in_folder:
        return major_version(folder / package.binaries[0])
    found = re.search(package.version_in_folder, str(folder.resolve()))
    return int(found.group(1)) if found else None


def major_version(binary: Path) -> int | None:
    """The first number a program says about itself, or None if it does not run."""
    try:
        told = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    number = re.search(r"\d+", told.stdout)
    return int(number.group()) if number else None


def ensure(
    packages: Iterable[SystemPackage], *, may_install: bool, say: Callable[[str], None]
) -> list[SystemPackage]:
    """Install what is missing if allowed and able; say what is still missing and return it."""
    missing = [package for package in packages if find(package) is None]
    if missing and may_install and can_install():
        say("安装 / installing: " + " ".join(package.apt for package in missing))
        apt_install([package.apt for package in missing], say)
        missing = [package for package in missing if find(package) is None]
    for package in missing:
        say(how_to_get(package))
    return missing


def can_install() -> bool:
    """Only root on a machine with apt can; nobody is ever asked for a password."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(names: list[str], say: Callable[[str], None]) -> None:
    """Install quietly; a failure is told, and the check that follows finds the package missing."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", *names]):
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            say(f"{' '.join(command)} ({done.returncode}): {done.stderr.strip()[-500:]}")


def how_to_get(package: SystemPackage) -> str:
    """What to type, and what fails until then."""
    return (
        f"缺少 {package.name} ≥ {package.minimum}：请执行 sudo apt-get install -y {package.apt}；"
        f"在此之前相关测试会失败 / missing {package.name} ≥ {package.minimum}: "
        f"sudo apt-get install -y {package.apt}; until then these fail: {package.needed_by}"
    )
