"""The index of clauses holds every clause that the clause matrix names, and no clause that is not there."""

import json
from pathlib import Path

import pytest

from services.registry.domain.policy_rules import clause_known
from services.registry.policy_documents import reviewed_clauses

MATRIX: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "fixtures" / "matrix_clauses.json").read_text("utf-8"))
CLAUSES = reviewed_clauses()
USED = [(document, clause) for document, clauses in MATRIX.items() for clause in clauses]


def test_the_matrix_has_257_rows_over_five_texts():
    assert (len(USED), len(MATRIX)) == (257, 5)


@pytest.mark.parametrize(("document", "clause"), USED)
def test_a_clause_of_the_matrix_is_in_the_index(document, clause):
    assert clause_known(CLAUSES, document, clause)


def test_the_index_has_as_many_clauses_as_the_texts():
    counted = {document[:3]: len(index) for document, index in CLAUSES.items() if document != "background"}
    assert counted == {"000": 14, "001": 25, "002": 29 + 1, "003": 20 + 1, "004": 19 + 2}


@pytest.mark.parametrize(("document", "clause"), [
    ("001_9ea54edbd19269ec.txt", "§26"), ("001_9ea54edbd19269ec.txt", "§二(四)¶1"), ("002_c9dd5b83e8f0b4d3.txt", "§17"),
    ("002_c9dd5b83e8f0b4d3.txt", "§二(三)¶9"), ("003_f1d6459ee8c04e6f.txt", "§10, §21"), ("unknown.txt", "§1"),
    ("001_9ea54edbd19269ec.txt", ""), ("001_9ea54edbd19269ec.txt", "17")])
def test_a_wrong_clause_is_found(document, clause):
    assert not clause_known(CLAUSES, document, clause)
