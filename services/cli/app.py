"""The table of `dudao` verbs; what a verb does lives in the module of its group."""

from typing import Annotated

import typer

from services.cli import case, log, policy, registry, secret_files
from services.cli.about import exit_codes, version
from services.cli.bench.verb import bench
from services.cli.cluster.verbs import cluster
from services.cli.contract_list import contracts
from services.cli.demo.verb import demo
from services.cli.do import do
from services.cli.letters.verbs import app as letters
from services.cli.migrate.verb import migrate
from services.cli.play import play
from services.cli.simulate import simulate
from services.cli.testing import run_tests
from services.cli.view import projection, view

app = typer.Typer(
    name="dudao",
    help="督导：事件溯源的教育督导平台。",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def dudao() -> None:
    """督导：事件溯源的教育督导平台。"""


@app.command(
    "test",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def run(
    context: typer.Context,
    quick: Annotated[bool, typer.Option("--quick", help="只跑快的，限 90 秒")] = False,
    fire: Annotated[bool, typer.Option("--fire", help="全部都跑，含断电、杀进程，不限时")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="缺系统软件时直接安装（需 root）")] = False,
) -> None:
    """运行测试；其余参数原样交给 pytest。例：dudao test --quick -k 导入"""
    raise typer.Exit(run_tests(context.args, quick=quick, fire=fire, yes=yes))


app.command("demo")(demo)
app.command("play")(play)
app.command("do")(do)
app.add_typer(case.app, name="case")
app.command("view")(view)
app.add_typer(projection, name="projection")
app.command("contracts")(contracts)
app.add_typer(policy.app, name="policy")
app.add_typer(registry.app, name="registry")
app.command("exit-codes")(exit_codes)
app.command("version")(version)
app.command("bench")(bench)
app.command("simulate")(simulate)
app.add_typer(cluster, name="cluster")
app.command("migrate")(migrate)
app.add_typer(letters, name="letters")
app.add_typer(log.app, name="log")
app.add_typer(secret_files.app, name="secrets")
