"""The rules of scheduling, one file per aggregate; the table in each file is the law."""
