"""SatisfactionSurvey (公众满意度调查): no response is a record; figures of few are not published (domain 3.3.8)."""

from datetime import date
from typing import Any

from contracts.findings import satisfaction_survey as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, row
from services.findings.domain.survey_guards import (
    cell_too_small,
    cell_twice,
    days_reversed,
    design_incomplete,
    more_responses_than_asked,
    more_responses_than_received,
    results_missing,
    score_unreadable,
)

SURVEY = LifeCycle("survey", "满意度调查", "DESIGNED OPEN CLOSED PUBLISHED", (
    row(NEW, said.DesignSurvey, {said.SurveyDesigned: "DESIGNED"}, when=[design_incomplete]),
    row("DESIGNED", said.OpenSurvey, {said.SurveyOpened: "OPEN"}, when=[days_reversed]),
    row("OPEN", said.CloseSurvey, {said.SurveyClosed: "CLOSED"}, when=[more_responses_than_asked]),
    row("CLOSED", said.PublishSurvey, {said.SurveyPublished: "PUBLISHED"},
        when=[results_missing, cell_twice, cell_too_small, more_responses_than_received, score_unreadable]),
))


class SatisfactionSurvey(Aggregate, kw_only=True):
    """One survey of a series."""

    life_cycles = (SURVEY,)
    series: str = ""
    questionnaire_version: str = ""
    from_: date | None = None
    to: date | None = None
    responses: int = 0

    def publish_survey(self, _: Any, command: Any, facts: Facts) -> said.SurveyPublished:
        """With the minimum that was applied."""
        return fill(said.SurveyPublished, command, facts, min_cell=int(facts.policy.require("survey.minCell")))
