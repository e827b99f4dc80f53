"""What every test may use: the shared fixtures, and the rule that nothing is skipped silently."""

pytest_plugins = ["tests.skips", "tests.postgres", "tests.rabbitmq", "tests.live.village"]
