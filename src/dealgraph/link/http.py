"""Ask a server that the user has named: bounded in time and size, patient, and to be replayed offline."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from dealgraph.errors import NotAllowed, NotRecorded, ServiceProblem

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

LARGEST: Final = 20_000_000
"""The most bytes of an answer that are read."""
_AGENT: Final = "dealgraph"
_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT: Final = 60.0


@dataclass(frozen=True)
class Answer:
    """What a server answered: the media type without parameters, and the text."""

    media: str
    text: str


@dataclass(frozen=True)
class Client:
    """Asks servers, and keeps what they answer in `cache`.

    `allowed` are the addresses that the user has named; nothing else is asked, not even after a redirect.
    `timeout` is in seconds for one attempt, `tries` the number of attempts, `pause` the seconds before the
    second, doubled each time. With `offline`, only what the cache has is answered; with `fresh`, the server
    is asked again.
    """

    allowed: tuple[str, ...]
    cache: Path | None = None
    offline: bool = False
    fresh: bool = False
    timeout: float = 20.0
    tries: int = 4
    pause: float = 0.5
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)

    def get(self, address: str, accept: str, read: Callable[[Answer], T]) -> T:
        """Return what an address gives, as `read` makes it out.

        An answer that `read` refuses is not kept. Raises `NotAllowed`, `NotRecorded`, `ServiceProblem` and
        what `read` raises.
        """
        return self._ask("GET", address, {}, accept, read)

    def post(self, address: str, form: Mapping[str, str], accept: str, read: Callable[[Answer], T]) -> T:
        """Send a form and return the answer as `read` makes it out; raises what `get` raises."""
        return self._ask("POST", address, form, accept, read)

    def _ask(
        self, method: str, address: str, form: Mapping[str, str], accept: str, read: Callable[[Answer], T]
    ) -> T:
        kept = self._place(method, address, form, accept)
        if kept and not self.fresh and (answer := _read(kept)):
            return read(answer)
        if self.offline:
            fix = "Ask once without --offline"
            raise NotRecorded("no answer to this question is kept", where=address, fix=fix)
        check_allowed(address, self.allowed)
        answer = self._patiently(method, address, form, accept)
        made_out = read(answer)
        if kept:
            _write(kept, method, address, form, answer)
        return made_out

    def _place(self, method: str, address: str, form: Mapping[str, str], accept: str) -> Path | None:
        if self.cache is None:
            return None
        question = json.dumps([method, address, sorted(form.items()), accept], ensure_ascii=False)
        host = "".join(c if c.isalnum() or c in ".-" else "_" for c in urlsplit(address).netloc) or "_"
        return self.cache / host / f"{hashlib.sha256(question.encode()).hexdigest()[:32]}.json"

    def _patiently(self, method: str, address: str, form: Mapping[str, str], accept: str) -> Answer:
        problem = ServiceProblem("was not asked", where=address)
        for attempt in range(self.tries):
            wait = self.pause * 2**attempt
            try:
                return self._once(method, address, form, accept)
            except _Busy as busy:
                problem, wait = busy.problem, min(busy.wait or wait, _LONGEST_WAIT)
            if attempt + 1 < self.tries:
                self.sleep(wait)
        raise problem

    def _once(self, method: str, address: str, form: Mapping[str, str], accept: str) -> Answer:
        import httpx

        headers = {"Accept": accept, "User-Agent": _AGENT}
        deadline = time.monotonic() + self.timeout
        try:
            with (
                httpx.Client(timeout=self.timeout, trust_env=False) as client,
                client.stream(method, address, data=dict(form) or None, headers=headers) as response,
            ):
                _check_status(response, address)
                text = _body(response, address, deadline, self.timeout)
        except httpx.TimeoutException:
            raise _Busy(_slow(address, self.timeout)) from None
        except httpx.TransportError as error:
            told = f"does not answer ({type(error).__name__}: {error})"
            raise _Busy(ServiceProblem(told, where=address, fix="Check the address, or try later")) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServiceProblem(
                f"cannot be asked ({error})", where=address, fix="Check the address"
            ) from None
        return Answer(response.headers.get("content-type", "").partition(";")[0].strip().lower(), text)


class _Busy(Exception):
    """One attempt failed in a way that another may not; `wait` is what the server asked for, in seconds."""

    def __init__(self, problem: ServiceProblem, wait: float = 0.0) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.wait = wait


def check_allowed(address: str, allowed: Iterable[str]) -> None:
    """Raise `NotAllowed` unless the user has named this server, or a folder of it that holds the address."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"}:
        raise NotAllowed("is no web address", where=address, fix="Write http:// or https://")
    for each in allowed:
        named = urlsplit(each)
        if (named.scheme, named.netloc) == (parts.scheme, parts.netloc) and _below(parts.path, named.path):
            return
    fix = f"If you mean it to be asked, add: --allow-service {address}"
    raise NotAllowed("this server was not named", where=address, fix=fix)


def _below(path: str, folder: str) -> bool:
    bare = folder.rstrip("/")
    return path == folder or path.rstrip("/") == bare or path.startswith(f"{bare}/")


def _slow(address: str, seconds: float) -> ServiceProblem:
    return ServiceProblem(
        f"gave no answer within {seconds:g} s", where=address, fix="Try later, or raise --timeout"
    )


def _check_status(response: httpx.Response, address: str) -> None:
    status = response.status_code
    if status in _AGAIN:
        wait = response.headers.get("retry-after", "")
        problem = ServiceProblem(f"answers with status {status}", where=address, fix="Try later")
        raise _Busy(problem, float(wait) if wait.isdecimal() else 0.0)
    if 300 <= status < 400:
        target = response.headers.get("location", "another place")
        fix = "If that is the service, name that address"
        raise ServiceProblem(f"redirects to {target}", where=address, fix=fix)
    if status != 200:
        raise ServiceProblem(f"answers with status {status}", where=address, fix="Check the address")


def _body(response: httpx.Response, address: str, deadline: float, seconds: float) -> str:
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > LARGEST:
            raise ServiceProblem(f"answers with more than {LARGEST} bytes", where=address, fix="Ask for less")
        if time.monotonic() > deadline:
            raise _Busy(_slow(address, seconds))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ServiceProblem(f"answers in another encoding than UTF-8 ({error})", where=address) from None


def _read(path: Path) -> Answer | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Answer(str(kept["media"]), str(kept["text"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a torn file is asked for again


def _write(path: Path, method: str, address: str, form: Mapping[str, str], answer: Answer) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        "address": address,
        "form": dict(form),
        "media": answer.media,
        "method": method,
        "text": answer.text,
    }
    temporary = path.with_suffix(".part")
    temporary.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    temporary.replace(path)
