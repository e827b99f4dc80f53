"""The launcher: builds its environment once, runs anywhere, says what to do when it cannot."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.launcher.sandbox import ROOT, Sandbox


@pytest.fixture
def bare(tmp_path: Path) -> Sandbox:
    """A machine without Python."""
    return Sandbox(tmp_path)


@pytest.fixture
def sandbox(bare: Sandbox) -> Sandbox:
    """A machine with Python 3.12."""
    bare.has_python()
    return bare


def wait_for_an_install(sandbox: Sandbox) -> None:
    deadline = time.monotonic() + 20
    while not sandbox.installs and time.monotonic() < deadline:
        time.sleep(0.02)
    assert sandbox.installs == 1


def test_the_launcher_is_executable_posix_shell() -> None:
    assert os.access(ROOT / "dudao", os.X_OK)
    subprocess.run(["sh", "-n", ROOT / "dudao"], check=True)


def test_a_first_start_builds_and_runs_with_the_words_given(sandbox: Sandbox) -> None:
    code, out, err = sandbox.run("case", "show", "a b")
    assert (code, sandbox.installs) == (0, 1)
    assert "['case', 'show', 'a b']" in out
    assert "首次启动" in err
    assert "First start" in err


def test_the_exit_code_of_the_command_is_the_launchers(sandbox: Sandbox) -> None:
    assert sandbox.run("seven")[0] == 7


def test_a_second_start_builds_nothing_and_says_nothing(sandbox: Sandbox) -> None:
    sandbox.run()
    assert sandbox.run()[2] == ""
    assert sandbox.installs == 1


def test_a_changed_lock_rebuilds(sandbox: Sandbox) -> None:
    sandbox.run()
    (sandbox.house / "requirements.lock").write_text("two\n")
    sandbox.run()
    sandbox.run()
    assert sandbox.installs == 2


def test_a_second_first_start_waits_for_the_first(sandbox: Sandbox) -> None:
    first = sandbox.start("first", PIP_SECONDS="1")
    wait_for_an_install(sandbox)
    code, out, err = sandbox.run("second")
    assert (code, sandbox.installs) == (0, 1)
    assert "second" in out
    assert "等待" in err
    assert first.communicate(timeout=30)[0].startswith("['first']")


def test_without_the_lock_both_first_starts_would_build(sandbox: Sandbox) -> None:
    """The control: the test above would see a launcher that does not wait."""
    launcher = sandbox.house / "dudao"
    launcher.write_text(launcher.read_text().replace("\n    take_lock\n", "\n"))
    first = sandbox.start(PIP_SECONDS="1")
    wait_for_an_install(sandbox)
    sandbox.run()
    first.communicate(timeout=30)
    assert sandbox.installs == 2


def test_a_killed_first_start_leaves_no_lock_and_does_not_count(sandbox: Sandbox) -> None:
    first = sandbox.start(PIP_SECONDS="30")
    wait_for_an_install(sandbox)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    assert sandbox.run()[0] == 0
    assert sandbox.installs == 2


def test_it_runs_through_a_symlink_from_a_folder_with_another_services(sandbox: Sandbox) -> None:
    elsewhere = sandbox.folder / "elsewhere"
    (elsewhere / "services/cli").mkdir(parents=True)
    (elsewhere / "services/cli/__main__.py").write_text("print('the wrong house')")
    (elsewhere / "link").symlink_to("../house/dudao")
    (elsewhere / "link to link").symlink_to(elsewhere / "link")
    code, out, _ = sandbox.run(command=elsewhere / "link to link", cwd=elsewhere)
    assert (code, out.split()) == (0, ["[]", str(elsewhere)])


def test_without_python_it_says_what_to_install(bare: Sandbox) -> None:
    code, _, err = bare.run()
    assert code == 3
    assert "找不到 Python" in err
    assert "No Python 3.11" in err


def test_a_python_of_a_wrong_version_is_no_python(sandbox: Sandbox) -> None:
    (sandbox.folder / "old-python").touch()
    assert sandbox.run()[0] == 3


def test_without_a_venv_module_it_names_the_package_and_installs_nothing(sandbox: Sandbox) -> None:
    (sandbox.folder / "no-ensurepip").touch()
    sandbox.program("apt-get", "#!/bin/sh\necho must not run\nexit 1\n")
    code, out, err = sandbox.run("test", "--yes")
    assert code == 3
    assert "apt-get install python3." in err
    assert "-venv" in err
    assert "must not run" not in out + err


@pytest.mark.parametrize("allowed", [("--yes", ""), ("", "true")])
def test_root_installs_the_venv_module_when_told_to(
    sandbox: Sandbox, allowed: tuple[str, str]
) -> None:
    (sandbox.folder / "no-ensurepip").touch()
    sandbox.program("id", "#!/bin/sh\necho 0\n")
    sandbox.program("apt-get", f'#!/bin/sh\nrm -f "{sandbox.folder}/no-ensurepip"\n')
    assert sandbox.run("test", CI="")[0] == 3
    word, ci = allowed
    assert sandbox.run("test", *word.split(), CI=ci)[0] == 0


def test_without_a_network_it_says_so_and_the_next_start_tries_again(sandbox: Sandbox) -> None:
    code, _, err = sandbox.run(PIP_CODE="1", PIP_SAYS="Temporary failure in name resolution")
    assert code == 6
    assert "Temporary failure" in err
    assert "没有网络" in err
    assert "PIP_INDEX_URL" in err
    assert sandbox.run()[0] == 0


def test_a_package_with_a_wrong_hash_is_told_apart_from_a_missing_network(sandbox: Sandbox) -> None:
    said = "THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE"
    code, _, err = sandbox.run(PIP_CODE="1", PIP_SAYS=said)
    assert code == 1
    assert "哈希不符" in err
