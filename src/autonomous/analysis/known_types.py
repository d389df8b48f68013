"""What well-known calls return, and one spelling for types that have several."""

from typing import Final

_BUILTIN_CLASSES: Final = (
    "bool bytearray bytes complex dict float frozenset int list memoryview object range set str tuple"
)
_TEXT_METHODS: Final = (
    "capitalize casefold center expandtabs format format_map join ljust lower lstrip removeprefix "
    "removesuffix replace rjust rstrip strip swapcase title translate upper zfill"
)

RETURNS: Final[dict[str, str]] = {
    **{f"builtins.{name}": f"builtins.{name}" for name in _BUILTIN_CLASSES.split()},
    "builtins.ascii": "builtins.str",
    "builtins.bin": "builtins.str",
    "builtins.chr": "builtins.str",
    "builtins.format": "builtins.str",
    "builtins.hex": "builtins.str",
    "builtins.input": "builtins.str",
    "builtins.len": "builtins.int",
    "builtins.open": "io.TextIOWrapper",
    "builtins.ord": "builtins.int",
    "builtins.repr": "builtins.str",
    "builtins.sorted": "builtins.list",
    "io.open": "io.TextIOWrapper",
    "pathlib.Path.open": "io.TextIOWrapper",
    "pathlib.Path.read_text": "builtins.str",
    "pathlib.Path.read_bytes": "builtins.bytes",
    "pathlib.Path.resolve": "pathlib.Path",
    "pathlib.Path.absolute": "pathlib.Path",
    "pathlib.Path.joinpath": "pathlib.Path",
    "pathlib.Path.with_name": "pathlib.Path",
    "pathlib.Path.with_suffix": "pathlib.Path",
    "pathlib.Path.home": "pathlib.Path",
    "pathlib.Path.cwd": "pathlib.Path",
    "io.TextIOWrapper.read": "builtins.str",
    "io.TextIOWrapper.readline": "builtins.str",
    "io.TextIOWrapper.readlines": "builtins.list",
    "io.BufferedReader.read": "builtins.bytes",
    "sqlite3.connect": "sqlite3.Connection",
    "sqlite3.Connection.cursor": "sqlite3.Cursor",
    "sqlite3.Connection.execute": "sqlite3.Cursor",
    "sqlite3.Connection.executemany": "sqlite3.Cursor",
    "sqlite3.Cursor.execute": "sqlite3.Cursor",
    "sqlite3.Cursor.executemany": "sqlite3.Cursor",
    "psycopg2.connect": "psycopg2.extensions.connection",
    "psycopg2.extensions.connection.cursor": "psycopg2.extensions.cursor",
    "psycopg.connect": "psycopg.Connection",
    "psycopg.Connection.cursor": "psycopg.Cursor",
    "MySQLdb.connect": "MySQLdb.connections.Connection",
    "MySQLdb.connections.Connection.cursor": "MySQLdb.cursors.Cursor",
    "pymysql.connect": "pymysql.connections.Connection",
    "pymysql.connections.Connection.cursor": "pymysql.cursors.Cursor",
    "mysql.connector.connect": "mysql.connector.MySQLConnection",
    "mysql.connector.MySQLConnection.cursor": "mysql.connector.cursor.MySQLCursor",
    "sqlalchemy.create_engine": "sqlalchemy.Engine",
    "sqlalchemy.Engine.connect": "sqlalchemy.Connection",
    "sqlalchemy.Engine.begin": "sqlalchemy.Connection",
    "re.compile": "re.Pattern",
    "re.match": "re.Match",
    "re.search": "re.Match",
    "re.fullmatch": "re.Match",
    "re.Pattern.match": "re.Match",
    "re.Pattern.search": "re.Match",
    "re.Pattern.fullmatch": "re.Match",
    "re.escape": "builtins.str",
    "re.sub": "builtins.str",
    "requests.session": "requests.Session",
    **{
        f"requests.{owner}{verb}": "requests.Response"
        for owner in ("", "Session.")
        for verb in ("get", "post", "put", "patch", "delete", "head", "options", "request")
    },
    "logging.getLogger": "logging.Logger",
    "subprocess.run": "subprocess.CompletedProcess",
    "subprocess.check_output": "builtins.bytes",
    "tempfile.NamedTemporaryFile": "tempfile._TemporaryFileWrapper",
    "tempfile.mkdtemp": "builtins.str",
    "tempfile.mktemp": "builtins.str",
    "os.getenv": "builtins.str",
    "os.getcwd": "builtins.str",
    "os.path.join": "builtins.str",
    "os.path.basename": "builtins.str",
    "os.path.dirname": "builtins.str",
    "os.path.abspath": "builtins.str",
    "os.path.realpath": "builtins.str",
    "os.path.expanduser": "builtins.str",
    "os.listdir": "builtins.list",
    "json.dumps": "builtins.str",
    "time.time": "builtins.float",
    "time.monotonic": "builtins.float",
    "datetime.datetime.now": "datetime.datetime",
    "datetime.datetime.utcnow": "datetime.datetime",
    "datetime.datetime.today": "datetime.datetime",
    "datetime.datetime.fromtimestamp": "datetime.datetime",
    "datetime.datetime.utcfromtimestamp": "datetime.datetime",
    "datetime.date.today": "datetime.date",
    "hashlib.md5": "hashlib._Hash",
    "hashlib.sha1": "hashlib._Hash",
    "hashlib.sha256": "hashlib._Hash",
    "hashlib.new": "hashlib._Hash",
    "hmac.new": "hmac.HMAC",
    "tarfile.open": "tarfile.TarFile",
    "tarfile.TarFile.open": "tarfile.TarFile",
    "ssl._create_unverified_context": "ssl.SSLContext",
    "gzip.open": "gzip.GzipFile",
    "threading.Lock": "threading.Lock",
    "logging.Logger.getChild": "logging.Logger",
    "socket.create_connection": "socket.socket",
    "ssl.create_default_context": "ssl.SSLContext",
    "argparse.ArgumentParser.parse_args": "argparse.Namespace",
    "collections.namedtuple": "builtins.type",
    "xml.etree.ElementTree.parse": "xml.etree.ElementTree.ElementTree",
    "asyncio.create_task": "asyncio.Task",
    "asyncio.get_event_loop": "asyncio.AbstractEventLoop",
    **{f"builtins.str.{method}": "builtins.str" for method in _TEXT_METHODS.split()},
    "builtins.str.encode": "builtins.bytes",
    "builtins.str.split": "builtins.list",
    "builtins.str.rsplit": "builtins.list",
    "builtins.str.splitlines": "builtins.list",
    "builtins.bytes.decode": "builtins.str",
    "builtins.bytes.hex": "builtins.str",
    "builtins.dict.copy": "builtins.dict",
    "builtins.dict.fromkeys": "builtins.dict",
    "builtins.list.copy": "builtins.list",
    "builtins.set.copy": "builtins.set",
}
"""Dotted name of a callable (a method: of its owner's type) to the dotted name of what it returns."""

CANONICAL: Final[dict[str, str]] = {
    **{
        f"typing.{name}": f"builtins.{name.lower()}"
        for name in ("Dict", "FrozenSet", "List", "Set", "Text", "Tuple", "Type")
    },
    "typing.Text": "builtins.str",
    **{f"typing.{name}": f"re.{name}" for name in ("Match", "Pattern")},
    **{
        f"typing.{name}": f"collections.abc.{name}"
        for name in ("Callable", "Generator", "Iterable", "Iterator", "Mapping", "MutableMapping", "Sequence")
    },
    "typing.TextIO": "io.TextIOWrapper",
    "requests.sessions.Session": "requests.Session",
    "requests.models.Response": "requests.Response",
    "sqlalchemy.engine.Engine": "sqlalchemy.Engine",
    "sqlalchemy.engine.Connection": "sqlalchemy.Connection",
    "pathlib.PosixPath": "pathlib.Path",
}
"""Other spellings of a type to the one that rules use."""
