"""Tests of rectification."""
