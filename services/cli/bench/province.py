"""The pages of the largest province, made without its letters: counties, schools with their items, inspectors."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.values import natural_id
from services.chassis.pages import Pages
from services.chassis.policy_values import PolicyDocument, PolicyEntry
from services.chassis.reference_things import Named, Under
from services.reporting.views import VIEWS, c1_ledger_board, c10_orders
from services.reporting.views.folding import Leaf, sealed
from services.reporting.views.item import Item
from services.reporting.views.registers.inspector import CREDENTIALS, INSPECTORS, Credential, Inspector, Service
from services.reporting.views.registers.listing import LISTINGS, Listed, Listing
from services.reporting.views.registers.place import BODIES, PLACES, Body, Place
from services.reporting.views.registers.policy import POLICIES, Edition, Published
from services.reporting.views.registers.unit import UNITS, Managed, Profile, Unit
from services.reporting.views.view import Page, View

CITIES, COUNTIES, SCHOOLS, INSPECTED = 14, 122, 40_000, 12_000
TOP, FIRST = "990000", date(2026, 1, 1)
NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
TYPES = ("KINDERGARTEN", "PRIMARY", "PRIMARY", "JUNIOR_HIGH", "NINE_YEAR", "SENIOR_HIGH")
ITEMS = 6
RATIOS = {
    "staffing.inspectorsPerSchool": PolicyEntry(v="1/5", modality="M"),
    "staffing.fullTimeShare.min": PolicyEntry(v="3/10", modality="M"),
}
Kept = tuple[View, str, Page]


def key(kind: str, number: object) -> str:
    """The same id for the same thing."""
    return str(natural_id("Bench", kind, str(number)))


def county_path(number: int) -> str:
    """`990000/990300/990307/`."""
    city = 990100 + 100 * (number % CITIES)
    return f"{TOP}/{city}/{city + number // CITIES + 1}/"


def pages(schools: int = SCHOOLS, inspectors: int = INSPECTED) -> Iterator[Kept]:
    """Every page, with the view it belongs to and its key."""
    yield from _places()
    policy = PolicyDocument(
        jurisdiction=TOP, document="bench.yaml", status="in-force", kind="PROVINCE", title="测速", values=RATIOS)
    yield POLICIES, key("policy", 0), Published(editions=[Edition(position=1, document=policy)], owner_path=f"{TOP}/")
    for number in range(inspectors):
        yield from _inspector(number)
    for number in range(schools):
        yield from _school(number, inspectors)


def _places() -> Iterator[Kept]:
    paths = {county_path(number): "COUNTY" for number in range(COUNTIES)}
    paths |= {f"{path.rsplit('/', 2)[0]}/": "PREFECTURE" for path in paths} | {f"{TOP}/": "PROVINCE"}
    for path, kind in sorted(paths.items()):
        *_, above, code = ["", "", *path.strip("/").split("/")]
        names, parents = Named(valid_from=date.min, name=code), Under(valid_from=date.min, parent=above or None)
        yield PLACES, code, Place(code=code, kind=kind, names=[names], parents=[parents], owner_path=path)
        tier = {"COUNTY": "county", "PREFECTURE": "city"}.get(kind, "province")
        office = key("office", path)
        yield BODIES, office, Body(body=office, name=code, kind="OFFICE", tier=tier, place=code, owner_path=path)


def _inspector(number: int) -> Iterator[Kept]:
    who, office = key("inspector", number), key("office", county_path(number % COUNTIES))
    owner = f"{county_path(number % COUNTIES)}{office}"
    category = "FULL_TIME" if number % 3 == 0 else "PART_TIME"
    since = NOW - timedelta(days=200)
    service = Service(since=since, category=category, body=office)
    yield INSPECTORS, who, Inspector(inspector=who, state="ACTIVE", services=[service], owner_path=owner)
    yield CREDENTIALS, key("card", number), Credential(
        inspector=who, state="VALID", number=f"督学证〔2026〕{number}号", valid_from=FIRST, valid_to=date(2028, 12, 31),
        owner_path=owner)


def _school(number: int, inspectors: int) -> Iterator[Kept]:
    unit, county = key("school", number), number % COUNTIES
    place, office = county_path(county), key("office", county_path(county))
    path = f"{place}{unit}"
    managed = Managed(valid_from=FIRST, managed_by=office, competent=key("department", county))
    shared: dict[str, Any] = {
        "unit": unit, "kind": "SCHOOL", "names": [Named(valid_from=date.min, name=f"示例{number}校")],
        "management": [managed], "owner_path": path, "unit_path": path, "delegates": managed.parties,
    }
    profile = Profile(valid_from=FIRST, school_type=TYPES[number % len(TYPES)], ownership="PUBLIC", students=900)
    yield UNITS, unit, Unit(place=place, profiles=[profile], **shared)
    yield c1_ledger_board.VIEW, unit, board(number, shared)
    inspector = key("inspector", county + COUNTIES * (number // COUNTIES % max(1, inspectors // COUNTIES)))
    yield LISTINGS, unit, Listing(
        school=unit, state="PUBLISHED", inspector=inspector, history=[Listed(inspector=inspector, since=NOW)],
        public_fields=("contact",), owner_path=f"{place}{office}")
    if number % 40 == 0:
        yield c10_orders.VIEW, key("order", number), c10_orders.Order(
            order=key("order", number), unit=unit, state="COMPLIED", issued_at=NOW, due_at=NOW, complied_in_time=True,
            owner_path=f"{place}{office}", unit_path=path)


def board(number: int, shared: dict[str, Any], written_off: int = 3) -> c1_ledger_board.Board:
    """A school's items: some written off, some open, registered on days that differ from school to school."""
    page = c1_ledger_board.Board(**shared)
    for each in range(ITEMS):
        registered = NOW - timedelta(days=(number * 7 + each * 31) % 280)
        page.items[key("item", f"{number}-{each}")] = Item(
            state="WRITTEN_OFF" if each < written_off else "IN_PROGRESS", registered_at=registered, write_offs=1,
            department=UUID(key("department", number % COUNTIES)))
    return page


def stored(store: Pages, held: Iterator[Kept], number: int = 1) -> int:
    """Put pages into collections of their own, and begin to read from them; returns how many pages."""
    rows: dict[str, list[Any]] = {view.name: [] for view in VIEWS.values()}
    for view, name, page in held:
        rows[view.name].append((sealed(view, name, Leaf(page, number)), 0))
    for view in VIEWS.values():
        collection = store.fresh(view.shelf)
        store.write(collection, rows[view.name])
        store.track(collection, number)
        store.switch(view.shelf, collection)
    return sum(map(len, rows.values()))
