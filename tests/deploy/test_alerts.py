"""Every alert says what is wrong and what to do, and is seen to fire and to stay silent."""

import re
from pathlib import Path

import pytest
import yaml

from services.cli.system_packages import ALERTMANAGER
from services.cli.system_packages import PROMETHEUS as PACKAGE
from tests.architecture.planting import ROOT
from tests.deploy.reading import HEALTH_PORT, compose, plan
from tests.deploy.watching import PROMETHEUS, RUNBOOKS, alerts, binary, metrics_in, panels, queries, run

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PRIVATE = ("school", "person", "case", "unit", "student")


def promtool(*arguments: str | Path) -> tuple[int, str]:
    done = run(binary(PACKAGE, "promtool"), *arguments)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_promtool_accepts_the_configuration_and_the_rules() -> None:
    code, said = promtool("check", "config", PROMETHEUS / "prometheus.yml")
    assert code == 0 and f"{len(alerts())} rules found" in said, said


@pytest.mark.slow
def test_every_alert_fires_and_stays_silent_as_its_tests_say() -> None:
    code, said = promtool("test", "rules", PROMETHEUS / "alerts_test.yml")
    assert code == 0 and "SUCCESS" in said, said
    tests = yaml.safe_load((PROMETHEUS / "alerts_test.yml").read_text())["tests"]
    assert {test["name"] for test in tests} == {f"{name} {what}" for name in alerts() for what in ("fires", "silent")}
    for test in tests:
        name, what = test["name"].split()
        (asked,) = test["alert_rule_test"]
        assert asked["alertname"] == name and bool(asked["exp_alerts"]) == (what == "fires"), test["name"]
        assert test["input_series"], test["name"]


@pytest.mark.slow
def test_a_rule_that_never_fires_and_one_that_always_does_are_found(tmp_path: Path) -> None:
    (tmp_path / "alerts_test.yml").write_text((PROMETHEUS / "alerts_test.yml").read_text())
    rules = (PROMETHEUS / "alerts.yml").read_text()
    for right, wrong, name in (
        ("dudao_letters_parked > 0", "dudao_letters_parked > 1000", "LettersParked fires"),
        ("oldest_overdue_seconds > 300", "oldest_overdue_seconds >= 0", "TimersOverdue silent"),
    ):
        assert right in rules
        (tmp_path / "alerts.yml").write_text(rules.replace(right, wrong))
        code, said = promtool("test", "rules", tmp_path / "alerts_test.yml")
        assert code != 0 and name in said


@pytest.mark.parametrize("name", sorted(alerts()))
def test_an_alert_says_how_grave_it_is_in_chinese_and_leads_to_its_runbook(name: str) -> None:
    rule = alerts()[name]
    assert rule["labels"]["severity"] in ("critical", "warning")
    for text in ("summary", "description"):
        assert CHINESE.search(rule["annotations"][text]), text
    assert rule["annotations"]["runbook_url"] == f"deploy/runbooks/{name}.md"
    assert (RUNBOOKS / f"{name}.md").exists()


def test_every_runbook_belongs_to_an_alert() -> None:
    assert {file.stem for file in RUNBOOKS.glob("*.md")} == alerts().keys()


def test_no_rule_and_no_panel_asks_for_a_school_or_a_person() -> None:
    for expression in [*(rule["expr"] for rule in alerts().values()), *queries()]:
        assert not any(word in re.sub(r"dudao_\w+", "", expression) for word in PRIVATE), expression


def test_a_frozen_worker_is_seen_within_a_minute() -> None:
    rule = alerts()["ProcessFrozen"]
    interval = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())["global"]["evaluation_interval"]
    seconds = int(rule["expr"].rpartition(" ")[2])
    assert "for" not in rule and seconds + int(interval.rstrip("s")) <= 60


def test_every_process_is_scraped_at_its_port_and_their_number_is_watched() -> None:
    targets = yaml.safe_load((PROMETHEUS / "targets.yml").read_text())
    assert {one["labels"]["process"]: one["targets"] for one in targets} == {
        name: [f"{name}:{HEALTH_PORT}"] for name in plan()}
    assert f"< {len(plan())} " in alerts()["ProcessMissing"]["expr"]


def test_what_is_scraped_and_told_is_in_compose() -> None:
    config = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())
    told = config["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"]
    static = [static for job in config["scrape_configs"] for static in job.get("static_configs", ())]
    scraped = [target for one in static for target in one["targets"]]
    hosts = {target.partition(":")[0] for target in [*told, *scraped]} - {"localhost"}
    assert hosts == {"alertmanager", "rabbitmq", "node-exporter"} and hosts <= compose()["services"].keys()


def test_alertmanager_accepts_its_configuration_and_silences_only_alerts_that_exist() -> None:
    file = ROOT / "deploy/alertmanager/alertmanager.yml"
    done = run(binary(ALERTMANAGER, "amtool"), "check-config", file)
    assert done.returncode == 0, done.stderr
    for inhibit in yaml.safe_load(file.read_text())["inhibit_rules"]:
        for matcher in [*inhibit["source_matchers"], *inhibit["target_matchers"]]:
            assert set(matcher.split('"')[1].split("|")) <= alerts().keys()


@pytest.mark.slow
def test_every_query_of_the_dashboard_parses(tmp_path: Path) -> None:
    rules = [{"record": f"panel:{number}", "expr": query} for number, query in enumerate(queries())]
    file = tmp_path / "queries.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    assert promtool("check", "rules", file)[0] == 0
    file.write_text("groups: [{name: x, rules: [{record: 'x:y', expr: 'sum(rate(x[5m])'}]}]")
    assert promtool("check", "rules", file)[0] != 0


def test_every_panel_leads_to_runbooks_that_exist_and_shows_what_alerts_watch() -> None:
    for panel in panels():
        named = re.findall(r"deploy/runbooks/(\w+)\.md", panel["description"])
        assert named and set(named) <= alerts().keys(), panel["title"]
    shown = {re.sub(r"_(bucket|count)$", "", name) for name in metrics_in(queries())}
    watched = {re.sub(r"_(bucket|count)$", "", name) for name in metrics_in([r["expr"] for r in alerts().values()])}
    assert watched - shown <= {"dudao_relay_unroutable_total", "dudao_relay_log_errors_total"}
