"""The rules of accountability, one file per aggregate; the table in each file is the law."""
