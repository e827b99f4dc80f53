"""How tests are spread over the workers: each by itself, but those of whole clusters one after another on one worker.

Two clusters at once are some sixty processes; they would only wait for each other.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

CLUSTERS = (
    "tests/live/", "tests/deploy/test_live_metrics.py::",
    "tests/cli/test_bench_live.py::", "tests/cli/test_cluster.py::",
)


class OneClusterAtATime(LoadScopeScheduling):  # type: ignore[misc]  # xdist tells no types
    """Tests with the same scope share a worker; the largest scope begins first.

    xdist's own groups are written where this version of pytest does not look for them.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "clusters" if nodeid.startswith(CLUSTERS) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneClusterAtATime:
    """Whatever way of spreading was asked for."""
    return OneClusterAtATime(config, log)
