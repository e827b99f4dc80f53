"""Disks that forget, as tests mount them; mounting needs /dev/fuse and root or fusermount3."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.cli.system_packages import FUSE, find, how_to_get
from services.cli.testing import ROOT

MOUNT_SECONDS = 20


class UnsyncedDisk:
    """One mounted disk; `platter` is what a machine finds after the power comes back."""

    def __init__(self, folder: Path, seed: int) -> None:
        assert find(FUSE), how_to_get(FUSE)
        self.mount, self.platter = folder / "mount", folder / "platter"
        for path in (self.mount, self.platter):
            path.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "tests.chassis.unsynced_disk", str(self.mount), str(self.platter), str(seed)]
        self._served = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        )
        self._wait_for_the_mount()

    def _wait_for_the_mount(self) -> None:
        deadline = time.monotonic() + MOUNT_SECONDS
        while not os.path.ismount(self.mount):
            if self._served.poll() is not None or time.monotonic() > deadline:
                self._served.kill()
                raise RuntimeError(f"no FUSE mount: {self._served.communicate()[1].decode()[-1000:]}")
            time.sleep(0.01)

    def say(self, words: str) -> int:
        """One of the disk's words; its answer."""
        assert self._served.stdin is not None and self._served.stdout is not None
        self._served.stdin.write(f"{words}\n".encode())
        return int(self._served.stdout.readline())

    def cut(self, writes: int = 0) -> int:
        """The power goes, after so many more writes to a journal; returns how many pages were not synced."""
        lost = self.say(f"cut {writes}")
        self._served.wait()
        return lost

    def close(self) -> None:
        """Unmounted, whoever still has a file open."""
        self._served.kill()
        self._served.communicate()
        unmount = ["fusermount3", "-uz"] if shutil.which("fusermount3") else ["umount", "-l"]
        subprocess.run([*unmount, str(self.mount)], check=False, capture_output=True)


@contextmanager
def unsynced_disk(folder: Path, seed: int = 1) -> Iterator[UnsyncedDisk]:
    """A disk for the length of a block."""
    disk = UnsyncedDisk(folder, seed)
    try:
        yield disk
    finally:
        disk.close()
