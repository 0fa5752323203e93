"""Put a server together and let it run."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dealgraph.errors import Unbound
from dealgraph.server.limits import Limits
from dealgraph.server.worker import Charge
from dealgraph.settings import Project

if TYPE_CHECKING:
    from dealgraph.server.request import App, Receive, Scope, Send

PAGES = Path(__file__).resolve().parent.parent / "pages" / "static"


@dataclass(frozen=True)
class Settings:
    """How a server is to run.

    `open_to` are the endpoints that queries may ask, `texts` the folder of the texts of articles, `log` where
    requests are written down, `trusted` the addresses of proxies whose word on a client is believed.
    `preload` are modules that workers would else import each for itself.
    """

    project: Project
    limits: Limits = field(default_factory=Limits)
    open_to: tuple[str, ...] = ()
    texts: Path | None = None
    log: IO[str] | None = None
    trusted: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()


def listen(host: str, port: int) -> socket.socket:
    """Take an address to listen on (port 0: any that is free); raises `Unbound` if it cannot be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        fix = "Name another by --host and --port; port 0 takes any that is free"
        raise Unbound(f"cannot listen there ({error})", where=f"{host}:{port}", fix=fix) from None


def serve(settings: Settings, listening: socket.socket, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until interrupted; `ready` is called when the first request can be answered.

    Raises what opening the snapshot raises.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that a stop, too, ends in order
    with suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=_new_loop) as runner:
        runner.run(_serve(settings, listening, ready))


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def _serve(settings: Settings, listening: socket.socket, ready: Callable[[], None]) -> None:
    import uvicorn
    from starlette.middleware.gzip import GZipMiddleware

    from dealgraph.server.clients import Clients
    from dealgraph.server.journal import Journal
    from dealgraph.server.keeping import Keeper
    from dealgraph.server.pool import Pool
    from dealgraph.server.routes import routes
    from dealgraph.server.site import Site

    limits, texts = settings.limits, settings.texts
    charge = Charge(settings.project, limits.memory, texts, settings.open_to, settings.preload)
    journal = Journal(settings.log)
    pool = Pool(charge, limits, journal.tell)
    journal.watch(pool)
    await pool.open()
    clients = Clients(limits.rate, limits.burst)
    statics = _statics(settings.project)
    site = Site(pool, journal, clients, limits, routes(settings.open_to), statics)
    packing = GZipMiddleware(site, minimum_size=1024, compresslevel=5)
    config = uvicorn.Config(
        Keeper(packing, pool, journal, clients),
        access_log=False,
        forwarded_allow_ips=list(settings.trusted),
        lifespan="on",
        log_level="warning",
        proxy_headers=bool(settings.trusted),
        server_header=False,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=15,
    )
    ready()
    await uvicorn.Server(config).serve(sockets=[listening])


def _statics(project: Project) -> App:
    from starlette.staticfiles import StaticFiles

    from dealgraph.server.assets import editor_assets

    assets = project.state / "assets"
    there = editor_assets(assets)
    own = StaticFiles(directory=PAGES)
    if not there:
        return own
    taken = StaticFiles(directory=assets)

    async def either(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/assets/"):
            await taken({**scope, "path": scope["path"].removeprefix("/assets")}, receive, send)
        else:
            await own(scope, receive, send)

    return either
