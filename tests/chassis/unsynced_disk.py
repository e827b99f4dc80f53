"""A disk that forgets (FUSE): what nobody synced lives in this process only, and a power cut is its end.

`python -m tests.chassis.unsynced_disk MOUNT PLATTER SEED`. The folder PLATTER holds what really is on the disk.
Words on stdin, each answered by one line: `arm KIND N`: the N-th write or sync from now on, and with an error every
one after it, meets KIND (EIO, ENOSPC or KILL, of who called); `heal`; `calls`: how many since `arm`; `cut N`: the
power goes after the N-th write to a journal from now on (0: at once); the answer is how many pages went with it.
"""

import errno
import os
import random
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import mfusepy

PAGE = 4096
SOME = 0.02
"""A kernel writes pages back when it likes, in no order: the share of them that reaches the platter unsynced."""
MAPPED = "-shm"
"""SQLite's shared memory: written by the kernel at any time, never needed after a cut."""
JOURNAL = "-wal"


class File:
    """One file: its size as programs see it, and the pages that are not on the platter."""

    def __init__(self, path: Path) -> None:
        self.path, self.size, self.pages = path, path.stat().st_size, dict[int, bytes]()
        self._end = self.size  # what lies behind it on the platter was cut off

    def page(self, number: int) -> bytes:
        """As programs see it."""
        if number in self.pages:
            return self.pages[number]
        with self.path.open("rb") as platter:
            platter.seek(number * PAGE)
            return platter.read(PAGE)[: max(0, self._end - number * PAGE)].ljust(PAGE, b"\0")

    def truncate(self, length: int) -> None:
        """Shorter or longer; what was behind the end reads as zeros if the file grows again."""
        last = self.page(length // PAGE)[: length % PAGE].ljust(PAGE, b"\0")
        self.pages = {number: page for number, page in self.pages.items() if number * PAGE < length}
        if length < self.size:
            self.pages[length // PAGE] = last
        self._end, self.size = min(self._end, length), length

    def put(self, number: int) -> None:
        """One page reaches the platter."""
        content = self.pages.pop(number)[: max(0, self.size - number * PAGE)]
        with self.path.open("r+b") as platter:
            platter.seek(number * PAGE)
            platter.write(content)
        self._end = max(self._end, number * PAGE + len(content))

    def sync(self) -> None:
        """All of it reaches the platter."""
        for number in [*self.pages]:
            self.put(number)
        os.truncate(self.path, self.size)
        self._end = self.size


class Faults:
    """Counts writes and syncs, and spoils the one that was asked for."""

    def __init__(self) -> None:
        self.kind, self.number, self.calls, self.cut_after = "", 0, 0, 0

    def arm(self, kind: str, number: str) -> None:
        self.kind, self.number, self.calls = kind, int(number), 0

    def met(self, path: str) -> None:
        """One more call; raises the error or kills the caller before anything is done."""
        if path.endswith(MAPPED):
            return
        self.calls += 1
        if self.kind == "KILL" and self.calls == self.number:
            os.kill(mfusepy.fuse_get_context()[2], signal.SIGKILL)
            raise mfusepy.FuseOSError(errno.EIO)
        if self.kind.startswith("E") and self.calls >= self.number:
            raise mfusepy.FuseOSError(getattr(errno, self.kind))


class Disk(mfusepy.Operations):  # type: ignore[misc]
    """One flat folder, which is all that a log needs."""

    use_ns = True

    def __init__(self, platter: Path, seed: int) -> None:
        self._platter, self._random, self.faults = platter, random.Random(seed), Faults()
        self._files: dict[str, File] = {}
        self.alone = threading.RLock()

    def _file(self, path: str) -> File:
        if path not in self._files:
            self._files[path] = File(self._platter / path[1:])
        return self._files[path]

    def unsynced(self) -> int:
        return sum(len(file.pages) for name, file in self._files.items() if not name.endswith(MAPPED))

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        try:
            found = (self._platter / path[1:]).lstat()
        except OSError as error:
            raise mfusepy.FuseOSError(error.errno) from None
        names = ("st_mode", "st_nlink", "st_uid", "st_gid", "st_size")
        size = {"st_size": self._file(path).size} if path != "/" else {}
        return {name: getattr(found, name) for name in names} | size

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", *(entry.name for entry in self._platter.iterdir())]

    def create(self, path: str, mode: int, fi: Any = None) -> int:
        (self._platter / path[1:]).touch(mode)
        return 0

    def open(self, path: str, flags: int) -> int:
        return 0

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        with self.alone:
            file, end = self._file(path), offset + size
            pages = b"".join(file.page(n) for n in range(offset // PAGE, -(-end // PAGE)))
            start = offset % PAGE
            return pages[start : start + min(size, max(0, file.size - offset))]

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        with self.alone:
            self.faults.met(path)
            file, end = self._file(path), offset + len(data)
            file.size = max(file.size, end)
            for number in range(offset // PAGE, -(-end // PAGE)):
                page, at = bytearray(file.page(number)), number * PAGE
                start, stop = max(offset, at), min(end, at + PAGE)
                page[start - at : stop - at] = data[start - offset : stop - offset]
                file.pages[number] = bytes(page)
                if self._random.random() < SOME:
                    file.put(number)
            self._count_down(path)
        return len(data)

    def _count_down(self, path: str) -> None:
        if self.faults.cut_after and path.endswith(JOURNAL):
            self.faults.cut_after -= 1
            if not self.faults.cut_after:
                self.cut()

    def cut(self) -> None:
        """The power goes."""
        print(self.unsynced(), flush=True)
        os._exit(0)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        with self.alone:
            self._file(path).truncate(length)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        with self.alone:
            self.faults.met(path)
            self._file(path).sync()
        return 0

    def unlink(self, path: str) -> int:
        with self.alone:
            self._files.pop(path, None)
            (self._platter / path[1:]).unlink()
        return 0


def obey(disk: Disk) -> None:
    """The words on stdin; their end is a power cut too."""
    for line in sys.stdin:
        word, *rest = line.split()
        with disk.alone:
            if word == "cut":
                disk.faults.cut_after = int(rest[0])
                if not disk.faults.cut_after:
                    disk.cut()
                continue
            if word in ("arm", "heal"):
                disk.faults.arm(*(rest or ("", "0")))
            print(disk.faults.calls, flush=True)
    os._exit(0)


def main(mount: str, platter: str, seed: str) -> None:
    """Serve until the power is cut."""
    disk = Disk(Path(platter), int(seed))
    threading.Thread(target=obey, args=(disk,), daemon=True).start()
    mfusepy.FUSE(disk, mount, foreground=True, nothreads=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
