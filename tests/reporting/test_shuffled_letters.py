"""Every letter three times and in any order, and poisoned ones among them: the result is that of the log (R7, R8)."""

import random
from collections.abc import Callable, Sequence

import pytest

from contracts.letter import Letter
from services.audit.casebook import Audit
from services.chassis.casebook import each
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.clock import HandClock
from services.chassis.pages import WHOLE
from services.chassis.pages_memory import MemoryPages
from services.reporting.projector import Projector
from services.reporting.views.folding import Leaf, opened, sealed
from tests.attacks import Attack
from tests.letters import START
from tests.reporting.story import Story
from tests.reporting.test_projector import MOVES, TALLY, everything, from_zero, story_of

SHUFFLED = "R7 每封信送三次并打乱"


def story_by(dice: random.Random) -> Story:
    """A random story of about a hundred letters."""
    return story_of([(dice.choice(MOVES), dice.choice(["i1", "i2", "i3"])) for _ in range(80)])


def deliveries(story: Story, dice: random.Random) -> list[Letter]:
    """Each letter three times, in any order, across both senders."""
    letters = 3 * [*story.registry.letters, *story.rectification.letters]
    dice.shuffle(letters)
    return letters


def fetching(story: Story) -> Callable[[str, int], Sequence[Letter]]:
    senders = {sender.name: sender for sender in (story.registry, story.rectification)}
    return lambda name, after: senders[name].after(name, after)[: 1 + after % 3]


def heard_through(story: Story, dice: random.Random) -> tuple[MemoryCasebook, MemoryPages, int]:
    """The casebook and the pages that grew with each delivery, and how many letters came out of order."""
    casebook, pages, upset = MemoryCasebook(), MemoryPages(), 0
    audit, projector = Audit(casebook, fetching(story), HandClock(START)), Projector(casebook, pages, batch=3)
    for letter in deliveries(story, dice):
        upset += letter.previous != casebook.heard(letter.sender)
        audit.hear([letter])
        projector.follow()
    return casebook, pages, upset


def doubled_or_lost(story: Story, casebook: MemoryCasebook) -> tuple[int, int]:
    places = [(filed.letter.sender, filed.letter.position) for filed in each(casebook)]
    wanted = {(one.sender, one.position) for one in (*story.registry.letters, *story.rectification.letters)}
    return len(places) - len({*places}), len(wanted - {*places})


def shuffled(attack: Attack, rounds: int) -> None:
    for seed in range(rounds):
        story = story_by(random.Random(seed))
        casebook, pages, upset = heard_through(story, random.Random(seed))
        doubled, lost = doubled_or_lost(story, casebook)
        assert everything(pages) == from_zero(casebook, casebook.last_number()), f"seed {seed}"
        attack.saw(rounds=1, evidence=upset, acknowledged=casebook.last_number(), lost=lost, doubled=doubled)


@pytest.mark.slow
@pytest.mark.attack(SHUFFLED)
def test_letters_thrice_and_shuffled_give_the_pages_of_the_log(attack: Attack) -> None:
    shuffled(attack, 3)


@pytest.mark.fire
@pytest.mark.timeout(0)
@pytest.mark.attack(SHUFFLED)
def test_two_hundred_stories_thrice_and_shuffled_give_the_pages_of_their_logs(attack: Attack) -> None:
    shuffled(attack, attack.rounds(200))


@pytest.mark.slow
@pytest.mark.control(SHUFFLED)
def test_a_reader_that_counts_whatever_comes_is_caught(attack: Attack) -> None:
    story = story_by(random.Random(1))
    casebook, _, _ = heard_through(story, random.Random(1))
    pages = MemoryPages()
    for number, letter in enumerate(deliveries(story, random.Random(1)), 1):
        for key in TALLY.keys(letter) if letter.name in TALLY.listens else ():
            row = pages.get("naive", [key]).get(key)
            leaf = opened(TALLY, row) if row else Leaf()
            leaf.page, leaf.number = TALLY.fold(leaf.page, letter, key), number
            pages.write("naive", [(sealed(TALLY, key, leaf), leaf.previous)])
    grown = MemoryPages()
    Projector(casebook, grown, {TALLY.name: TALLY}).follow()
    honest, naive = documents(grown, grown.current(TALLY.shelf)), documents(pages, "naive")
    assert honest and len(honest) == len(naive)
    attack.caught(int(honest != naive))


def documents(pages: MemoryPages, collection: str | None) -> list[bytes | None]:
    return [row.document for row in pages.find(collection or "", WHOLE)]
