"""These stories take a town each: all but the list of rows are left out of the quick suite."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what plays a story in this folder."""
    for item in items:
        if item.path.parent.name == "easily_missed" and item.path.name.startswith("test_row_"):
            item.add_marker(pytest.mark.slow)
