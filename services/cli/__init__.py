"""The `dudao` command: what people and machines type, one module per group of verbs."""
