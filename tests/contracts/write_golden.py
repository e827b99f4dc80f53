"""Writes the golden files that are missing and never touches one that exists."""

from tests.contracts.golden_files import write_missing

if __name__ == "__main__":
    for path in write_missing():
        print(path.name)
