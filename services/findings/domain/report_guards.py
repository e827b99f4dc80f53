"""Reasons to refuse that concern an inspection report (domain 3.3.4)."""

from typing import Any

from services.chassis.facts import Facts, body
from services.chassis.life_cycle import refuses


@refuses("实地督导尚未结束")
def fieldwork_not_done(_: Any, __: Any, facts: Facts) -> bool:
    """Nobody reports what was not seen yet."""
    activity = facts.get("activity")
    return activity is None or activity.state != "FIELDWORK_DONE"


@refuses("须写明报送对象，或先登记本机构对应的政府")
def recipients_unknown(_: Any, command: Any, facts: Facts) -> bool:
    """Nobody is named and nobody is registered."""
    return not command.to_body_ids and not facts.get("registered_recipients")


@refuses("缺少按规定须报送的机关")
def recipient_missing(_: Any, command: Any, facts: Facts) -> list[str]:
    """Its own government, in Weihai's zone also the Party working committee (WH §14)."""
    named = set(command.to_body_ids or facts["registered_recipients"])
    return [str(recipient) for recipient in facts["registered_recipients"] if recipient not in named]


@refuses("只能报上一级督导机构备案")
def not_next_upper_body(_: Any, command: Any, facts: Facts) -> bool:
    """The next one, not one beside or further up (HN §4)."""
    upper = facts.get("upper_body_id")
    return command.to_body_id is not None and upper is not None and command.to_body_id != upper


@refuses("谁组织、谁发布、谁负责：只有组织督导的机构可以发布")
def publisher_not_organiser(_: Any, __: Any, facts: Facts) -> bool:
    """Everywhere unless a place says that the upper body may too (BJ §二(三)¶1)."""
    activity = facts.get("activity")
    if activity is None:
        return True
    allowed = {activity.body_id}
    if facts.policy.get("report.publication.by") == "ORGANISER_OR_UPPER":
        allowed.add(facts.get("upper_of_organiser"))
    return body(facts) not in allowed


@refuses("督导报告须经以下渠道公开")
def required_channel_missing(_: Any, command: Any, facts: Facts) -> list[str]:
    """The government portal; a school's internal report has other channels (domain 5, row 63)."""
    used = {channel.value for channel in command.channels}
    return sorted(set(facts.policy.get("report.channels.required") or ()) - used)


@refuses("以下封存的证据或群众反映的来源须声明已隐去")
def redaction_missing(_: Any, command: Any, facts: Facts) -> list[str]:
    """Minors, informants: each sealed thing behind the report is declared redacted, by id; nothing is guessed."""
    declared = {redaction.partition("：")[0].strip() for redaction in command.redactions}
    return [thing for thing in map(str, facts.get("to_redact") or ()) if thing not in declared]
