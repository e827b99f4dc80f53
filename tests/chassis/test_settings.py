"""Settings: read from DUDAO_*, and what is unsafe refuses to start with a code and a sentence that names it."""

import pytest

from services.chassis.life_cycle import Refused
from services.chassis.settings import Settings, refusals_told

GOOD = {
    "DUDAO_LOG_URL": "postgresql://dudao:k2-Vq8@db/dudao", "DUDAO_AMQP_URL": "amqp://dudao:x9-Pw3@mq:5672/%2F",
    "DUDAO_HEALTH_PORT": "8081", "DUDAO_SOMETHING_ELSE": "1", "PATH": "/bin",
}
UNSAFE = [
    ("SETTING_MISSING", {"DUDAO_LOG_URL": ""}),
    ("SETTING_MISSING", {"DUDAO_AMQP_URL": ""}),
    ("SETTING_INVALID", {"DUDAO_HEALTH_PORT": "many"}),
    ("SETTING_INVALID", {"DUDAO_MODE": "test"}),
    ("SETTING_INVALID", {"DUDAO_ALGORITHM": "md5"}),
    ("SETTING_INVALID", {"DUDAO_AMQP_URL": "amqp://dudao:x9-Pw3@mq:5672/"}),
    ("SETTING_INVALID", {"DUDAO_AMQP_URL": "redis://dudao:x9-Pw3@mq:5672/0"}),
    ("SETTING_INVALID", {"DUDAO_AMQP_URL": GOOD["DUDAO_AMQP_URL"] + ",amqp://dudao:x9-Pw3@mq2:5672/"}),
    ("PASSWORD_DEFAULT", {"DUDAO_AMQP_URL": GOOD["DUDAO_AMQP_URL"] + ",amqp://guest:guest@mq2:5672/%2F"}),
    ("LOG_NOT_SHARED", {"DUDAO_LOG_URL": "sqlite:///dudao.db"}),
    ("LOG_NOT_DURABLE", {"DUDAO_LOG_URL": GOOD["DUDAO_LOG_URL"] + "?options=-c%20synchronous_commit%3Doff"}),
    ("PASSWORD_DEFAULT", {"DUDAO_LOG_URL": "postgresql://dudao:postgres@db/dudao"}),
    ("PASSWORD_DEFAULT", {"DUDAO_LOG_URL": "postgresql://dudao@db/dudao"}),
    ("PASSWORD_DEFAULT", {"DUDAO_AMQP_URL": "amqp://guest:guest@mq:5672/%2F"}),
]


def test_what_is_set_is_read_and_what_is_foreign_is_passed_over() -> None:
    settings = Settings.read(GOOD)
    assert (settings.health_port, settings.mode, settings.relay_window) == (8081, "production", 1000)


@pytest.mark.parametrize(("code", "change"), UNSAFE, ids=[f"{code}-{n}" for n, (code, _) in enumerate(UNSAFE)])
def test_an_unsafe_setting_is_refused_and_named(code: str, change: dict[str, str]) -> None:
    with pytest.raises(Refused) as refusal:
        Settings.read(GOOD | change)
    assert refusal.value.code == code
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refusal.value.sentence)


def test_a_rehearsal_may_use_a_default_password_but_no_file() -> None:
    easy = {"DUDAO_MODE": "rehearsal", "DUDAO_AMQP_URL": "amqp://guest:guest@localhost:5672/%2F"}
    assert Settings.read(GOOD | easy).is_rehearsal
    with pytest.raises(Refused, match="LOG_NOT_SHARED"):
        Settings.read(GOOD | easy | {"DUDAO_LOG_URL": "sqlite:///x"})


def test_only_a_rehearsal_may_have_a_clock_that_is_set_by_hand() -> None:
    for by_hand in ({"DUDAO_CLOCK_FILE": "/tmp/clock"}, {"DUDAO_STAGE": "1"}):
        assert Settings.read(GOOD | by_hand | {"DUDAO_MODE": "rehearsal"}).is_rehearsal
        with pytest.raises(Refused, match="CLOCK_SET_BY_HAND"):
            Settings.read(GOOD | by_hand)


def test_a_process_is_asked_only_for_what_it_needs() -> None:
    needs = ("casebook_url", "pages_url")
    assert Settings.read(dict.fromkeys(("DUDAO_CASEBOOK_URL", "DUDAO_PAGES_URL"), "sqlite:///x"), needs).log_url == ""
    with pytest.raises(Refused, match="DUDAO_PAGES_URL"):
        Settings.read({"DUDAO_CASEBOOK_URL": "sqlite:///x"}, needs)


def test_a_main_that_refuses_says_so_and_exits_with_seven(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end, refusals_told():
        Settings.read({})
    assert end.value.code == 7
    assert "SETTING_MISSING" in capsys.readouterr().err
