"""Tests of the `./dudao` launcher."""
