"""Tests of the `dudao` command."""
