"""Findings (问题发现与反馈): what was found, substantiated, fed back, defended and confirmed."""
