"""One log per service: the library's factory, whichever recorder it is asked for."""

from typing import Any

from eventsourcing.persistence import InfrastructureFactory


class OneLog(InfrastructureFactory[Any]):
    """An adapter sets `log`, its process recorder, and makes the recorder of snapshots."""

    log: Any

    def __init__(self) -> None:
        super().__init__({})

    def application_recorder(self) -> Any:
        """The one log."""
        return self.log

    def tracking_recorder(self, tracking_recorder_class: Any = None) -> Any:
        """The one log."""
        return self.log

    def process_recorder(self) -> Any:
        """The one log."""
        return self.log

    def is_snapshotting_enabled(self) -> bool:
        """Always: snapshots are taken where an aggregate's class asks for them."""
        return True
