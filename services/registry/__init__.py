"""The registry: reference data that every service reads, with streams of its own."""
