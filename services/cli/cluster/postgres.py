"""The cluster's PostgreSQL: laid out once, kept between starts."""

import signal
from pathlib import Path

from services.cli.throwaway_postgres import START_SECONDS, PostgresServer


class KeptPostgres(PostgresServer):
    """A server whose folder and password are given and stay."""

    def __init__(self, binaries: Path, folder: Path, password: str) -> None:
        self.binaries, self.folder, self.password = binaries, folder, password
        self.port, self.process = 0, None
        folder.mkdir(parents=True, exist_ok=True)

    def open(self) -> None:
        """Lay it out at the first start, then start it."""
        if not (self.folder / "data" / "PG_VERSION").exists():
            self.create()
        self.start()

    def close(self) -> None:
        """Fast shutdown; the data stays."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(START_SECONDS)
