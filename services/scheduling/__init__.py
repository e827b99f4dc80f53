"""Scheduling (督导安排): annual plans and activities – who goes where, when, with which notice, in which mode."""
