"""The command that serves: an endpoint, an API and pages, until it is interrupted."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Annotated, Final

import typer

from dealgraph.cli.context import LanguageOption, ProjectOption, context, notice, store
from dealgraph.errors import Unreadable

_LIMITS: Final = "Limits"
_THIS_MACHINE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_USUAL_RATE: Final = 50.0
"""Requests a second: a page takes four, and a person reads for longer than it takes to ask."""

HostOption = Annotated[
    str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; 0.0.0.0 is everywhere.")
]
PortOption = Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any that is free.")]
SecondsOption = Annotated[
    float,
    typer.Option("--timeout", metavar="SECONDS", min=0.1, help="For one answer.", rich_help_panel=_LIMITS),
]
MemoryOption = Annotated[
    int, typer.Option("--memory", metavar="MB", min=64, help="For one answer.", rich_help_panel=_LIMITS)
]
ResultOption = Annotated[
    int, typer.Option("--max-result", metavar="MB", min=1, help="Of one answer.", rich_help_panel=_LIMITS)
]
BodyOption = Annotated[
    int, typer.Option("--max-request", metavar="KB", min=1, help="Of one request.", rich_help_panel=_LIMITS)
]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="How many answer at once.", rich_help_panel=_LIMITS),
]
RateOption = Annotated[
    float | None,
    typer.Option(
        "--rate",
        metavar="N",
        min=0,
        help="Requests a second of one client, 0: any (default: 50, on this machine alone any).",
        rich_help_panel=_LIMITS,
    ),
]
OpenOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-service", metavar="IRI", help="A SPARQL endpoint that queries may ask; may be repeated."
    ),
]
TextsOption = Annotated[
    Path | None,
    typer.Option("--texts", metavar="DIR", help="The texts of the articles, to show passages themselves."),
]
LogOption = Annotated[
    str | None,
    typer.Option("--log", metavar="FILE", help="Write requests down as JSON lines; - is stdout."),
]
ProxyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--trust-proxy",
        metavar="ADDRESS",
        help="A proxy that tells who asks; may be repeated.",
    ),
]


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    seconds: SecondsOption = 20.0,
    memory: MemoryOption = 1024,
    result: ResultOption = 32,
    body: BodyOption = 1024,
    workers: WorkersOption = None,
    rate: RateOption = None,
    allow_service: OpenOption = None,
    texts: TextsOption = None,
    log: LogOption = None,
    trust_proxy: ProxyOption = None,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Serve a SPARQL endpoint, an API of the stored queries and pages, until interrupted."""
    from dealgraph.server.limits import MEGABYTE, Limits
    from dealgraph.server.running import Settings, listen
    from dealgraph.server.running import serve as run

    here = context(project, lang)
    store(here.project)
    if texts is not None and not texts.is_dir():
        fix = "Name the folder of the texts by --texts"
        raise Unreadable("there is no such folder", where=str(texts), fix=fix)
    limits = Limits(
        seconds=seconds,
        memory=memory * MEGABYTE,
        result=result * MEGABYTE,
        body=body * 1024,
    ).with_rate(usual_rate(host) if rate is None else rate)
    with listen(host, port) as listening, _opened(log) as out:
        settings = Settings(
            here.project,
            limits if workers is None else limits.with_workers(workers),
            open_to=tuple(allow_service or ()),
            texts=texts,
            log=out,
            trusted=tuple(trust_proxy or ()),
            preload=("dealgraph.cli",),
        )
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/"
        run(settings, listening, lambda: notice(f"Serving on {address}  (Ctrl-C stops it)"))


def usual_rate(host: str) -> float:
    """Return how many requests a second one client may make where nobody has said it: 0 is any."""
    return 0.0 if host in _THIS_MACHINE else _USUAL_RATE


def _opened(log: str | None) -> nullcontext[IO[str] | None] | IO[str]:
    if log is None or log == "-":
        return nullcontext(sys.stdout if log else None)
    try:
        return Path(log).open("a", encoding="utf-8")
    except OSError as error:
        fix = "Name another file by --log"
        raise Unreadable(f"cannot be written ({error})", where=log, fix=fix) from None
