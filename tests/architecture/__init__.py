"""Proof that the house keeps its own rules, and that each rule would be seen broken."""
