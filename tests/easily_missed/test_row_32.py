"""Row 32: no record holds a telephone or identity number; a destroyed key takes the name and changes no count."""

import re

from services.chassis.vault import memory_vault
from services.cli.founding import administrator
from services.cli.scenario.player import Player
from services.cli.scenario.reading import scenario_file
from services.personnel.people import People
from tests.easily_missed.story import JOURNEYS, Story

TELEPHONE = re.compile(rb"(?<![0-9a-f-])1[3-9]\d{9}(?![0-9a-f-])")
IDENTITY = re.compile(rb"(?<![0-9a-f-])\d{17}[\dX](?![0-9a-f-])")
PERSONAL = {"name": "王敏", "telephone": "13812345678", "identityNumber": "110101199003078515"}


def test_row_32_the_patterns_find_what_they_are_to_find() -> None:
    said = str(PERSONAL).encode()
    assert TELEPHONE.search(said) and IDENTITY.search(said)


def test_row_32_no_record_of_a_whole_story_holds_a_personal_number_or_name() -> None:
    player = Player(scenario_file(JOURNEYS / "a_hunan.yaml"))
    player.play()
    people = {person.name.encode() for person in player.scenario.world.people}
    for letter in player.chronicle.letters:
        assert not TELEPHONE.search(letter.record) and not IDENTITY.search(letter.record)
        assert not [name for name in people if name in letter.record]


def test_row_32_a_destroyed_key_makes_the_name_unreadable_and_leaves_every_count() -> None:
    story = Story("hunan", "HN")
    people, wang = People(memory_vault()), story.names.existing("wang")
    li, guard = story.town.directory.identity(story.names.existing("li"), None), administrator("security")
    people.enrol(li, wang, PERSONAL)
    before = [str(story.rows(view, story.at("990000"))) for view in ("C1", "C4", "P4")]
    assert people.name_of(li, wang) == "王敏"
    people.forget(guard, wang)
    assert people.name_of(li, wang) == "（已销毁）"
    assert [str(story.rows(view, story.at("990000"))) for view in ("C1", "C4", "P4")] == before
