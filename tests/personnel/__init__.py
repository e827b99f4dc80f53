"""Tests of personnel."""
