"""The cluster's PostgreSQL: laid out once, kept between starts."""

from pathlib import Path

from services.cli.throwaway_postgres import PostgresServer


class KeptPostgres(PostgresServer):
    """A server whose folder and password are given and stay."""

    def __init__(self, binaries: Path, folder: Path, password: str) -> None:
        self.binaries, self.folder, self.password = binaries, folder, password
        self.port, self.process = 0, None
        folder.mkdir(parents=True, exist_ok=True)

    def start(self, **settings: str) -> None:
        """Lay it out at the first start, then start it."""
        if not (self.folder / "data" / "PG_VERSION").exists():
            self.create()
        super().start(**settings)
