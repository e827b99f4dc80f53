"""Counts of now by place, kept from letter to letter: only places whose pages moved on are counted again."""
