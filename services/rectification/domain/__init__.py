"""The rules of rectification, one file per aggregate; the table in each file is the law."""
