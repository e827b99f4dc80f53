"""The one table from what went wrong to the exit code of the command line."""

from collections.abc import Mapping

OK, CHECK_FAILED, USAGE, NOT_FOUND, FORBIDDEN, CONFLICT, UNREACHABLE, INVALID, RETRY = 0, 1, 2, 3, 4, 5, 6, 7, 75

MEANINGS: Mapping[int, str] = {
    OK: "成功",
    CHECK_FAILED: "检查不通过",
    USAGE: "用法错误",
    NOT_FOUND: "找不到",
    FORBIDDEN: "无权",
    CONFLICT: "冲突（版本已旧）",
    UNREACHABLE: "连不上",
    INVALID: "内容不合规",
    RETRY: "稍后再试",
}

CODES: Mapping[int, tuple[str, ...]] = {
    CHECK_FAILED: (
        "SCENARIO_MISMATCH", "PAGE_DIFFERS", "CHAIN_BROKEN", "ROWS_FAILED", "COUNTS_DIFFER", "DRAW_UNPROVEN",
        "MIGRATION_DIFFERS",
    ),
    USAGE: ("COMMAND_UNKNOWN", "ARGUMENT_INVALID", "SERVICE_UNKNOWN", "CASE_AMBIGUOUS", "TARGET_INVALID"),
    NOT_FOUND: (
        "NOT_FOUND", "PLACE_UNKNOWN", "BODY_UNKNOWN", "UNIT_UNKNOWN", "PERSON_UNKNOWN", "NAME_UNKNOWN",
        "FILE_NOT_FOUND", "FILE_UNREADABLE", "DATA_NOT_FOUND", "CLUSTER_NOT_RUNNING", "VIEW_UNKNOWN", "CASE_UNKNOWN",
        "NUMBER_UNKNOWN", "POLICY_KEY_UNKNOWN", "LETTER_NOT_PARKED",
    ),
    FORBIDDEN: (
        "ROLE_NOT_ALLOWED", "OUT_OF_SCOPE", "TOKEN_INVALID", "TOKEN_EXPIRED", "NOT_ISSUING_BODY", "NOT_OWN_ISSUE",
        "NOT_OF_THE_UNIT", "NOT_OWN_BODY", "NOT_TEAM_LEADER", "NOT_THE_DEPARTMENT", "VERIFIER_NOT_INDEPENDENT",
        "SECOND_PERSON_MISSING", "SIGNING_KEY_MISSING",
    ),
    CONFLICT: (
        "CONFLICT", "STALE_VERSION", "COMMAND_ID_REUSED", "STATE_NOT_ALLOWED", "DATA_EXISTS", "TARGET_NOT_EMPTY",
        "SECRETS_EXIST",
    ),
    UNREACHABLE: (
        "CLUSTER_NOT_READY", "SERVICE_SILENT", "NOT_QUIET", "TARGET_UNREACHABLE", "SERVER_UNREACHABLE",
        "LOG_UNREACHABLE",
    ),
    RETRY: ("LOG_OWNED", "LOG_BUSY"),
}
"""Every other refusal is of the content."""

_EXIT = {code: number for number, codes in CODES.items() for code in codes}


def exit_of(code: str) -> int:
    """The exit code of a refusal or error."""
    return _EXIT.get(code, INVALID)
