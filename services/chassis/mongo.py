"""A MongoDB database as casebook, pages and attachments need it: what is acknowledged is on the disks of a majority.

No process that runs under eventlet may import this: pymongo does not support it.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from pymongo import MongoClient, ReadPreference, WriteConcern
from pymongo.database import Database
from pymongo.errors import BulkWriteError, InvalidName, InvalidURI
from pymongo.read_concern import ReadConcern

from services.chassis.life_cycle import Refused
from services.chassis.settings import DEFAULT_PASSWORDS

Document = dict[str, Any]
SCHEMES = frozenset({"mongodb", "mongodb+srv"})
DATABASE = "dudao"
DURABLE = WriteConcern("majority", j=True)
SETTLED = ReadConcern("majority")
SAFE_OPTIONS: Mapping[str, frozenset[str]] = {
    "w": frozenset({"majority"}),
    "journal": frozenset({"true"}),
    "j": frozenset({"true"}),
    "readconcernlevel": frozenset({"majority", "linearizable"}),
    "readpreference": frozenset({"primary"}),
    "wtimeoutms": frozenset[str](),
    "wtimeout": frozenset[str](),
    "tlsinsecure": frozenset({"false"}),
    "tlsallowinvalidcertificates": frozenset({"false"}),
}
"""Options that weaken a promise, with the values that do not; others may stand in a URL as they like."""
PASSWORDLESS = frozenset({"MONGODB-X509", "MONGODB-AWS", "MONGODB-OIDC", "GSSAPI"})
DUPLICATE_KEY = 11000


def open_database(url: str, *, rehearsal: bool = False) -> Database[Document]:
    """The database a URL names (`dudao` when it names none); acknowledged writes survive any minority.

    Raises Refused as `check_mongo_url`, MONGO_NOT_REPLICATED for a server that is no replica set.
    """
    check_mongo_url(url, rehearsal=rehearsal)
    try:
        client: MongoClient[Document] = MongoClient(url, appname="dudao")
        database = client.get_default_database(
            DATABASE, write_concern=DURABLE, read_concern=SETTLED, read_preference=ReadPreference.PRIMARY
        )
    except (InvalidURI, InvalidName, ValueError) as error:
        raise Refused("MONGO_URL_INVALID", f"MongoDB 连接串有误：{error}") from None
    if not rehearsal:
        check_replicated(client.admin.command("hello"))
    return database


def check_mongo_url(url: str, *, rehearsal: bool = False) -> None:
    """Raise Refused MONGO_NOT_DURABLE for options that lose acknowledged writes, PASSWORD_DEFAULT as for the log."""
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise Refused("MONGO_URL_INVALID", "MongoDB 连接串须以 mongodb:// 或 mongodb+srv:// 开头")
    options = _options(parts.query)
    for name, value in options:
        if name in SAFE_OPTIONS and value.lower() not in SAFE_OPTIONS[name]:
            raise Refused("MONGO_NOT_DURABLE", f"MongoDB 连接串中不得写 {name}={value}：已答复的写入可能丢失")
    named = dict(options).get("authmechanism", "").upper() in PASSWORDLESS
    if not (rehearsal or named) and _password(url) in DEFAULT_PASSWORDS:
        raise Refused("PASSWORD_DEFAULT", "MongoDB 连接串使用了空口令或默认口令，拒绝启动")


def _options(query: str) -> list[tuple[str, str]]:
    """Every option, also one that is given twice; names in lower case, as the driver reads them."""
    pairs = (part.partition("=") for part in query.replace(";", "&").split("&") if part)
    return [(unquote(name).lower(), unquote(value)) for name, _, value in pairs]


def _password(url: str) -> str:
    """Of `mongodb://user:password@host,host/…`; several hosts are more than urlsplit understands."""
    user, at, _ = urlsplit(url).netloc.rpartition("@")
    return unquote(user.partition(":")[2]) if at else ""


def check_replicated(hello: Mapping[str, Any]) -> None:
    """A single server forgets what its one disk forgets; a router (`isdbgrid`) stands before replica sets."""
    if "setName" not in hello and hello.get("msg") != "isdbgrid":
        raise Refused("MONGO_NOT_REPLICATED", "MongoDB 不是副本集：案卷与页面须由多数成员落盘后才算写入")


def only_duplicates(error: BulkWriteError) -> bool:
    """Whether nothing else went wrong in a bulk than that keys were there already."""
    details = error.details
    codes = {written.get("code") for written in details.get("writeErrors", ())}
    return codes == {DUPLICATE_KEY} and not details.get("writeConcernErrors")
