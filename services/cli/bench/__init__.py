"""`dudao bench`: the figures of speed, each beside the raw driver and the library in the same run."""
