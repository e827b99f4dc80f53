"""System software: found where it really is, installed only when allowed, named when missing."""

from dataclasses import replace
from pathlib import Path

import pytest

from services.cli import system_packages
from services.cli.system_packages import SystemPackage, ensure, find


def install(folder: Path, version: str, names: tuple[str, ...] = ("server", "tool")) -> Path:
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (Server) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def package(tmp_path: Path) -> SystemPackage:
    return SystemPackage(
        name="Server",
        binaries=("server", "tool"),
        minimum=13,
        apt="server-package",
        folders=(f"{tmp_path}/lib/*/bin",),
        needed_by="server tests",
    )


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A machine where we are root and apt only notes what it was asked for."""
    asked: list[list[str]] = []
    monkeypatch.setattr(system_packages, "can_install", lambda: True)
    monkeypatch.setattr(system_packages, "apt_install", lambda names, _say: asked.append(names))
    return asked


def test_the_newest_version_is_found_by_number_not_by_spelling(
    package: SystemPackage, tmp_path: Path
) -> None:
    install(tmp_path / "lib/9/bin", "9.6.1")
    newest = install(tmp_path / "lib/17/bin", "17.2")
    install(tmp_path / "lib/15/bin", "15.1")
    assert find(package) == newest


def test_a_version_below_the_minimum_is_not_found(package: SystemPackage, tmp_path: Path) -> None:
    install(tmp_path / "lib/12/bin", "12.9")
    assert find(package) is None


def test_a_folder_without_all_binaries_is_not_found(package: SystemPackage, tmp_path: Path) -> None:
    install(tmp_path / "lib/15/bin", "15.1", names=("server",))
    assert find(package) is None


def test_a_version_may_stand_in_the_folder_so_that_nothing_is_run(
    package: SystemPackage, tmp_path: Path
) -> None:
    silent = install(tmp_path / "lib/server-15.2/bin", "no number here")
    assert find(replace(package, version_in_folder=r"server-(\d+)")) == silent
    assert find(replace(package, version_in_folder=r"server-(\d+)", minimum=16)) is None


def test_a_link_on_the_path_leads_to_the_real_folder(
    package: SystemPackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = install(tmp_path / "opt/server-15", "15.1")
    (tmp_path / "on-path").mkdir()
    (tmp_path / "on-path/server").symlink_to(real / "server")
    monkeypatch.setenv("PATH", str(tmp_path / "on-path"), prepend=":")
    assert find(package) == real


def test_what_is_missing_is_named_and_not_installed_unasked(
    package: SystemPackage, apt: list[list[str]]
) -> None:
    said: list[str] = []
    assert ensure([package], may_install=False, say=said.append) == [package]
    assert apt == []
    assert "apt-get install -y server-package" in said[0]
    assert "server tests" in said[0]


def test_what_is_missing_is_installed_when_allowed(
    package: SystemPackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apt: list[list[str]]
) -> None:
    def apt_install(names: list[str], _say: object) -> None:
        apt.append(names)
        install(tmp_path / "lib/15/bin", "15.1")

    monkeypatch.setattr(system_packages, "apt_install", apt_install)
    assert ensure([package], may_install=True, say=lambda _: None) == []
    assert apt == [["server-package"]]


def test_an_installation_that_brought_nothing_is_still_missing(
    package: SystemPackage, apt: list[list[str]]
) -> None:
    assert ensure([package], may_install=True, say=lambda _: None) == [package]
    assert apt == [["server-package"]]


def test_what_is_there_is_left_alone(
    package: SystemPackage, tmp_path: Path, apt: list[list[str]]
) -> None:
    install(tmp_path / "lib/15/bin", "15.1")
    assert ensure([package], may_install=True, say=lambda _: None) == []
    assert apt == []
