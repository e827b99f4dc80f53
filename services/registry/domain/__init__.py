"""The rules of registration, one file per aggregate."""
