"""What every test may use: the shared fixtures; nothing is skipped silently, and no generated example is timed."""

import hypothesis
import pytest

# No timed assertion belongs in a test: on a busy machine one example may take any time.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

pytest_plugins = [
    "tests.skips", "tests.attacks", "tests.postgres", "tests.rabbitmq", "tests.mongo",
    "tests.live.village", "tests.live.brokers", "tests.live.rehearsal",
]

LIVE = "tests/live/"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of running processes share one broker, so they stay on one worker."""
    for item in items:
        if item.nodeid.startswith(LIVE):
            item.add_marker(pytest.mark.xdist_group("broker"))
