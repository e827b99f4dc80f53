"""What every log does about one that a newer program wrote."""

from services.chassis.life_cycle import Refused


def refuse_newer(log: str, found: int, known: int) -> None:
    """Raises Refused LOG_NEWER: an old program would not understand what a newer one wrote."""
    if found > known:
        raise Refused("LOG_NEWER", f"日志“{log}”的版本为{found}，本程序只认识到{known}，请先升级程序")
