"""Rectification (整改): the problem list and its items, plans, orders, look-backs, joint liability."""
