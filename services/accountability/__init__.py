"""Accountability (问责): interviews, circulars, cases and what follows from them, incentives, references."""
