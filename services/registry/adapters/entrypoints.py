"""Commands in, missed letters out."""

from services.chassis.hosting import Doors
from services.registry.application import Registry


class RegistryDoors(Doors):
    """`execute` and `announcements`, as every service has them."""

    name = Registry.name
    application = Registry
