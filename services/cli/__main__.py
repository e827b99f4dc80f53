"""Lets `python -m services.cli` be the `dudao` command."""

from services.cli.app import app

if __name__ == "__main__":
    app(prog_name="dudao")
