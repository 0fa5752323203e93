"""The engines that a user could take instead for the stored queries: Virtuoso and Apache Jena, if installed.

Both are Debian's packages (`virtuoso-opensource`, `libapache-jena-java`). Each runs on loopback or in a
process of its own, on data in a temporary folder, and is ended by its own process id.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

DEFAULT: Final = "urn:default"
"""The graph that Virtuoso keeps the default graph in: its own would be the union of all."""
_JARS: Final = Path("/usr/share/java")
_VIRTUOSO: Final = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 100000
"""

Answer = dict[str, Any]
"""Of one query: `ms` of each run and `rows` as a list of maps, or `failed`."""


class Missing(Exception):
    """A peer that is not here, with the reason."""


def virtuoso(
    data: Path, queries: Mapping[str, str], folder: Path, runs: int, seconds: float
) -> dict[str, Any]:
    """Load N-Quads and put queries to Virtuoso over HTTP; raises `Missing` if it is not installed."""
    if not shutil.which("virtuoso-t") or not shutil.which("isql-vt"):
        raise Missing("virtuoso-t or isql-vt is not installed (package virtuoso-opensource)")
    sql, http = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=sql, http=http, folder=folder))
    server = _started(folder, http)
    try:
        begun = time.perf_counter()
        load = f"ld_dir('{data.parent}', '{data.name}', '{DEFAULT}'); rdf_loader_run(); checkpoint;"
        subprocess.run(
            ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"],
            check=True,
            capture_output=True,
            timeout=3600,
        )
        loaded = time.perf_counter() - begun
        answers: dict[str, Answer] = {}
        memory = _peak(server.pid)
        for name, text in queries.items():
            answers[name] = _over_http(http, _without_undef(text), runs, seconds)
            memory = max(memory, _peak(server.pid))
            if (
                "failed" in answers[name]
            ):  # it goes on with a query that nobody waits for, and answers no other
                _end(server)
                server = _started(folder, http)
        return {"load": loaded, "megabytes": memory, "answers": answers}
    finally:
        _end(server)


def _started(folder: Path, http: int) -> subprocess.Popen[bytes]:
    """Start Virtuoso on what it has in a folder."""
    (folder / "virtuoso.lck").unlink(missing_ok=True)
    server = subprocess.Popen(
        ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(http, server)
    except Missing:
        _end(server)
        raise
    return server


def _end(server: subprocess.Popen[bytes]) -> None:
    server.kill()
    server.wait()


def jena(data: Path, queries: Mapping[str, str], folder: Path, runs: int, seconds: float) -> dict[str, Any]:
    """Load N-Quads into TDB and run queries in its process; raises `Missing` if it does not start."""
    if not shutil.which("java") or not list(_JARS.glob("jena-tdb-*.jar")):
        raise Missing("java or jena-tdb is not installed (package libapache-jena-java)")
    asked = folder / "queries"
    asked.mkdir()
    for name, text in queries.items():
        (asked / name.replace("/", "__")).write_text(text, encoding="utf-8")
    program = Path(__file__).with_name("GrowthJena.java")
    words = [
        str(folder / "tdb"),
        str(data),
        str(asked),
        str(folder / "answers"),
        str(runs),
        str(int(seconds)),
    ]
    run = subprocess.run(
        ["java", "-Xmx3g", "-cp", _class_path(folder), str(program), *words],
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    if run.returncode:
        raise Missing(f"Jena does not start: {_cause(run.stderr)}")
    told: dict[str, Any] = json.loads(run.stdout)
    answers: dict[str, Answer] = {}
    for name, measured in told.pop("answers").items():
        kept = folder / "answers" / name
        rows = _rows(json.loads(kept.read_text())) if kept.exists() else []
        answers[name.replace("__", "/")] = {**measured, "rows": rows}
    return {**told, "answers": answers}


PEERS: Final = {"virtuoso": virtuoso, "jena": jena}


def _without_undef(text: str) -> str:
    """Leave out the rows of open parameters, after which Virtuoso finds nothing; they mean the same."""
    return re.sub(r"VALUES \?\w+ \{ UNDEF \}", "", text)


def _asks_for_facts(text: str) -> bool:
    """Tell whether a query has a pattern outside all `GRAPH` groups: Virtuoso must then be told the graph.

    If it is told, it no longer finds graphs that a query names.
    """
    body = text[text.index("WHERE") :]
    while found := re.search(r"GRAPH\s+\S+\s*\{", body):
        end, depth = found.end(), 1
        while depth:
            depth += {"{": 1, "}": -1}.get(body[end], 0)
            end += 1
        body = body[: found.start()] + body[end:]
    return bool(re.search(r"\?\w+\s+(?:a\s|\(?\^?(?:dg|rdfs?|skos):)", body))


def _cause(told: str) -> str:
    """The line that names the exception, in what a Java program writes when it fails."""
    return next((line for line in told.splitlines() if "Exception" in line or "Error" in line), told)[:160]


def _class_path(folder: Path) -> str:
    """Debian's Jena looks for the texts of its XML parser in another place than it keeps them."""
    texts = folder / "xerces-texts"
    with zipfile.ZipFile(_JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                target = texts / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    wanted: tuple[str, ...] = (
        "jena-",
        "xerces",
        "xml-apis",
        "slf4j-api",
        "slf4j-nop",
        "commons-",
        "thrift",
        "libthrift",
        "gson",
        "jackson",
    )
    wanted += ("caffeine", "httpc", "protobuf", "jsonld", "guava", "dexx", "collection", "icu4j", "jcl-over")
    jars = [str(jar) for jar in sorted(_JARS.glob("*.jar")) if jar.name.startswith(wanted)]
    return ":".join([str(texts), *jars])


def _over_http(port: int, text: str, runs: int, seconds: float) -> Answer:
    words = {
        "query": text,
        **({"default-graph-uri": DEFAULT} if _asks_for_facts(text) else {}),
        "format": "application/sparql-results+json",
        "timeout": str(int(seconds * 1000)),
    }
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/sparql/", data=urllib.parse.urlencode(words).encode()
    )
    times: list[float] = []
    body = b""
    for _ in range(runs):
        begun = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=seconds + 5) as reply:
                body = reply.read()
                if reply.headers.get(
                    "X-SQL-State"
                ):  # it gives what it has found by then, and calls it an answer
                    return {"failed": f"not ended after {seconds:.0f} s"}
        except urllib.error.HTTPError as error:
            return {"failed": " ".join(error.read().decode(errors="replace").split())[:160]}
        except OSError as error:
            return {"failed": f"{error}"}
        times.append(1000 * (time.perf_counter() - begun))
        if sum(times) > 1000 * seconds:
            break
    return {"ms": times, "rows": _rows(json.loads(body))}


def _rows(told: dict[str, Any]) -> list[dict[str, list[str]]]:
    """The rows of SPARQL's JSON: by variable the kind of the term, its text, and its datatype or language."""
    return [
        {
            name: [term["type"][0], term["value"], term.get("datatype", ""), term.get("xml:lang", "")]
            for name, term in row.items()
        }
        for row in told["results"]["bindings"]
    ]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(port: int, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise Missing("Virtuoso did not start")


def _peak(pid: int) -> float:
    """The most memory that a process has held, in megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0
