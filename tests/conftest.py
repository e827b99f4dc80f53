"""What every test may use: the shared fixtures; nothing is skipped silently, and no generated example is timed."""

import hypothesis

# No timed assertion belongs in a test: on a busy machine one example may take any time.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

pytest_plugins = [
    "tests.skips", "tests.spreading", "tests.attacks", "tests.postgres", "tests.rabbitmq", "tests.mongo",
    "tests.live.village", "tests.live.brokers", "tests.live.rehearsal",
]
