"""Commands in, missed letters out."""

from services.chassis.hosting import Doors
from services.findings.application import Findings


class FindingsDoors(Doors):
    """`execute` and `announcements`, as every service has them."""

    name = Findings.name
    application = Findings
