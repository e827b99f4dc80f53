"""Every view by name. To add one: write its module, and add its line here."""

from collections.abc import Mapping

from services.reporting.views import (
    c1_ledger_board,
    c2_listing_coverage,
    c3_area_staffing,
    c4_full_time_share,
    c5_training_hours,
    c7_coverage,
    c8_burden,
    c9_draws,
    c10_orders,
    c11_look_backs,
    c12_interviews,
    c13_joint_liability,
    c16_upward_filing,
    c17_zone_brief,
    p1_ledger,
    p4_staffing,
    p5_listing,
    p7_filings,
    p9_draw_audit,
    p10_false_rectification,
    p11_accountability,
    p14_indicator_results,
    s1_problem_list,
    s2_plan,
    s3_inspections,
    t1_counties,
    t4_bodies,
)
from services.reporting.views.rolling import RollUp
from services.reporting.views.view import View

REPORTS: Mapping[str, View | RollUp] = {
    report.name: report
    for report in (
        s1_problem_list.VIEW,
        s2_plan.VIEW,
        s3_inspections.VIEW,
        c1_ledger_board.VIEW,
        c2_listing_coverage.VIEW,
        c3_area_staffing.VIEW,
        c4_full_time_share.VIEW,
        c5_training_hours.VIEW,
        c7_coverage.VIEW,
        c8_burden.VIEW,
        c9_draws.VIEW,
        c10_orders.VIEW,
        c11_look_backs.VIEW,
        c12_interviews.VIEW,
        c13_joint_liability.VIEW,
        c16_upward_filing.VIEW,
        c17_zone_brief.VIEW,
        t1_counties.VIEW,
        t4_bodies.VIEW,
        p1_ledger.VIEW,
        p4_staffing.VIEW,
        p5_listing.VIEW,
        p7_filings.VIEW,
        p9_draw_audit.VIEW,
        p10_false_rectification.VIEW,
        p11_accountability.VIEW,
        p14_indicator_results.VIEW,
    )
}
"""What can be asked for."""

VIEWS: Mapping[str, View] = {
    view.name: view
    for report in REPORTS.values()
    for view in (report.of if isinstance(report, RollUp) else (report,))
}
"""What pages are folded for: the views that have pages of their own, and those that roll-ups are made from."""
