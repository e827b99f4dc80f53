"""PolicyDocument (政策文件): the values a document of a place sets; every edition is one event."""

from typing import Any

from contracts.registry import policy_document as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, Refused, row

DOCUMENT = LifeCycle("document", "政策文件", "PUBLISHED", (
    row(f"{NEW}, PUBLISHED", said.PublishPolicy, {said.PolicyPublished: "PUBLISHED"}),
))


class PolicyDocument(Aggregate, kw_only=True):
    """One document of one place, edition by edition; old editions stay law for their own time."""

    life_cycles = (DOCUMENT,)

    def publish_policy(self, _: Any, command: Any, facts: Facts) -> said.PolicyPublished:
        """Refused with the first violation found by the rules of publication."""
        for violation in facts["violations"]:
            raise Refused(violation.code, violation.sentence)
        return fill(said.PolicyPublished, command, facts, version=self.version + 1)
