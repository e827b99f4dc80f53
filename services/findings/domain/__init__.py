"""The rules of findings, one file per aggregate; the table in each file is the law."""
