"""The tests; folders mirror the tree, `architecture` proves the rules of the house."""
