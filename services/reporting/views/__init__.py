"""Every view by name. To add one: write its module, and add its line here."""

from collections.abc import Mapping

from services.reporting.views import c1_ledger_board, s1_problem_list
from services.reporting.views.view import View

VIEWS: Mapping[str, View] = {
    view.name: view
    for view in (
        s1_problem_list.VIEW,
        c1_ledger_board.VIEW,
    )
}
