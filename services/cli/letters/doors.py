"""A person's command on a running deployment: signed with the gateway's key, handed in at the service's doors."""

import os
from collections.abc import Callable
from pathlib import Path

from contracts.record import Command, Receipt
from contracts.wire import addressee_of
from services.chassis.asking import Asker
from services.chassis.clock import system_clock
from services.chassis.identity import Identity, TokenSigner
from services.chassis.opening import read_key
from services.chassis.replies import NoAnswer
from services.chassis.secret_files import told
from services.cli.speaking import Wrong

Submit = Callable[[Identity, Command], Receipt]
ASK_SECONDS = 5.0


def at_the_doors(key: Path, amqp_url: str | None) -> Submit:
    """The doors decide whether they know the key; raises Wrong SIGNING_KEY_MISSING, SETTING_MISSING, SERVICE_SILENT."""
    def submit(identity: Identity, command: Command) -> Receipt:
        if not key.exists():
            raise Wrong("SIGNING_KEY_MISSING", f"须以个人身份签署，但没有网关的签名密钥“{key}”；可用 --signing-key")
        broker = amqp_url or told(os.environ).get("DUDAO_AMQP_URL")
        if not broker:
            raise Wrong("SETTING_MISSING", "未设置 DUDAO_AMQP_URL 或 DUDAO_AMQP_URL_FILE，送不到服务的门口")
        asker, service = Asker(broker, "cli", ASK_SECONDS), addressee_of(command)
        try:
            return asker.execute(service, TokenSigner(read_key(key), system_clock).signed(identity, command))
        except NoAnswer as error:
            raise Wrong("SERVICE_SILENT", f"“{service}”没有答复，是否已办未知，请再看一次：{error}") from None
        finally:
            asker.close()

    return submit
