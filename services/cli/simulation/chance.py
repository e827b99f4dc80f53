"""Chance: one seed decides which faults there are and when they strike; each that strikes is counted and told."""

from collections import Counter
from collections.abc import Mapping
from random import Random

FAULTS: Mapping[str, tuple[str, float]] = {
    "request-lost": ("命令在途中丢失", 0.1),
    "receipt-lost": ("回执在途中丢失", 0.1),
    "command-repeated": ("已得回执的命令又发一遍", 0.1),
    "impatient": ("命令还在办理，又发一遍", 0.3),
    "stranger": ("无权的人发出命令", 0.1),
    "no-answer": ("询问发件方没有回答", 0.2),
    "relay-cut": ("发信连接断开", 0.02),
    "nacked": ("代理拒收", 0.02),
    "confirm-delayed": ("代理迟迟不确认", 0.2),
    "hearing-cut": ("收信连接断开，未确认的重投", 0.02),
    "redelivered-shuffled": ("重投时次序打乱", 0.5),
    "letter-delayed": ("信件在代理里迟到", 0.1),
    "letter-doubled": ("信件在代理里成双", 0.1),
    "queue-deleted": ("队列被删除", 0.005),
    "broker-wiped": ("代理的磁盘被清空", 0.003),
    "commit-failed": ("磁盘写入失败，什么也没存下", 0.05),
    "commit-unknown": ("已经存下，但答复丢失", 0.05),
    "read-failed": ("磁盘读取失败", 0.002),
    "filing-failed": ("案卷写入失败", 0.05),
    "filing-unknown": ("案卷已经写入，但答复丢失", 0.05),
    "page-failed": ("视图写入失败", 0.02),
    "died-before-commit": ("进程在写入之前死亡", 0.03),
    "died-after-commit": ("进程在写入之后死亡", 0.03),
    "died-between-steps": ("进程在两步之间死亡", 0.005),
    "twin": ("同一服务有两个收件进程", 0.4),
    "overtaken": ("写入之前被别的进程抢先", 0.3),
    "collided": ("两个进程同时写同一处，后者重来", 0.0),
    "clock-jumped": ("时钟跳动", 0.003),
    "slept": ("一切停顿数分钟", 0.001),
    "program-error": ("收件方程序出错，信件搁置", 0.02),
}
"""Every fault: its title, and how often it strikes where it can."""


class Chance:
    """In two of five worlds a fault does not occur at all, in others often: so that rare meetings of few are met."""

    def __init__(self, seed: int, *, calm: bool = False) -> None:
        self.rng = Random(seed)  # noqa: S311 - dice, not a secret
        self.struck = Counter[str]()
        self.trace: list[str] = []
        self.seconds = 0.0
        self._rates = {kind: rate * self.rng.choice((0, 0, 0.5, 1, 2)) for kind, (_, rate) in FAULTS.items()}
        if calm:
            self.heal()

    def strikes(self, kind: str, where: str) -> bool:
        """Whether a fault strikes now; it is counted and told."""
        rate = self._rates[kind]
        if not rate or self.rng.random() >= rate:
            return False
        self.notes(kind, where)
        return True

    def notes(self, kind: str, where: str) -> None:
        """Something happened that nobody's dice decided by themselves."""
        self.struck[kind] += 1
        self.tell(where, FAULTS[kind][0])

    def error_of_a_clock(self, most: float) -> float:
        """By how many seconds a clock goes wrong, where clocks do."""
        return self.rng.uniform(-most, most) if self._rates["clock-jumped"] else 0.0

    def heal(self) -> None:
        """From now on nothing fails any more."""
        self._rates = dict.fromkeys(self._rates, 0.0)

    def tell(self, where: str, what: str) -> None:
        """A line of the trace: when, where, what."""
        self.trace.append(f"{self.seconds:12.3f} {where} {what}")
