"""The contents of inspection that the texts name; the list is open, so a code of one's own is allowed."""

GOVERNMENT = frozenset({
    "DECISIONS", "EDUCATION_PRIORITY", "SCHOOL_STANDARDS", "FUNDS", "QUOTAS_AND_PAY", "POVERTY_ALLEVIATION",
    "MAJOR_PROJECTS",
})
"""督政: decisions, priority, standards, funds, staff quotas and pay, poverty alleviation, projects (HN §5)."""
SCHOOL = frozenset({
    "MORAL_EDUCATION", "PARTY_LEADERSHIP", "PARTY_LEAGUE_PIONEERS", "IDEOLOGY", "TEACHING", "RESEARCH",
    "TEACHER_ETHICS", "FEES",
})
"""督学: moral education, Party, League and Pioneers, ideology, teaching, research, ethics, fees (HN §6)."""
FOREIGN = {
    "GOVERNMENT": SCHOOL, "DEPARTMENT": SCHOOL, "TOWNSHIP": SCHOOL,
    "SCHOOL": GOVERNMENT, "TRAINING_INSTITUTION": GOVERNMENT,
}
"""By kind of unit: what is never its content. Safety, lawful running and resources concern all."""


def known(code: str, unit_kind: str | None) -> bool:
    """Whether a code may classify a finding about a unit of this kind."""
    return bool(code.strip()) and code not in FOREIGN.get(unit_kind or "", frozenset())
