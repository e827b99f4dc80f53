"""Scenarios: stories with checks, written in public names, played on the town."""
