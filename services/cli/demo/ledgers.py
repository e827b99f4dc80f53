"""What the demonstration remembers of the lists: each item's fate, school and plan."""

from dataclasses import dataclass, field
from datetime import datetime

from services.cli.demo.fates import QUICK, Fate


@dataclass
class Item:
    """One problem on a list."""

    id: str
    number: str
    school: str
    ledger: str
    fate: Fate
    due_at: datetime
    text: str
    verifier: str = ""
    returned: int = 0
    written_off: bool = False


@dataclass
class Ledger:
    """One school's list and its plan."""

    school: str
    plan: str = ""
    reported: bool = False
    published: bool = False
    items: list[Item] = field(default_factory=list)

    def waits(self) -> bool:
        """Whether the school still rectifies what it will report on."""
        return any(item.fate in QUICK and not item.verifier for item in self.items)
