"""One guarded HTTP request, and nothing after it: the only file that imports the HTTP library.

The connection is made to an address that was checked, the body is decoded in bounded steps and
never by the HTTP library, redirects are answers like any other. httpx and its successor httpx2
have the same names; whichever is installed is used, httpx first.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

from newsextract.addresses import reachable
from newsextract.coding import Decoder
from newsextract.errors import (
    BadUrl,
    ConnectFailed,
    FetchError,
    FetchTimeout,
    TlsFailed,
    Truncated,
)
from newsextract.policy import Policy
from newsextract.sites import host_of

if TYPE_CHECKING:
    import httpcore
    import httpx
else:
    try:
        import httpcore
        import httpx
    except ModuleNotFoundError:  # the successor, with the same names
        import httpcore2 as httpcore
        import httpx2 as httpx


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: ``body`` is decoded; ``wire`` is as sent, kept only where it is recorded."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    wire: bytes = field(default=b"", repr=False)
    http_version: str = "HTTP/1.1"
    request_headers: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of that name in any case, or None."""
        return next(iter(self.all(name)), None)

    def all(self, name: str) -> list[str]:
        """Every header of that name in any case, in the order sent."""
        return [v for k, v in self.headers if k.lower() == name.lower()]


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects only to addresses that ``reachable`` gives, so no later look-up can differ."""

    def __init__(self, allowed: Iterable[str], connector: Any = None) -> None:
        self._allowed = tuple(allowed)
        self._connector = connector or httpcore.AnyIOBackend()

    async def connect_tcp(self, host: str, port: int, *args: Any, **options: Any) -> Any:
        """A stream to the first address of ``host`` that answers."""
        failure: Exception | None = None
        for address in await reachable(host, port, self._allowed):
            try:
                return await self._connector.connect_tcp(address, port, *args, **options)
            except (OSError, httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or ConnectFailed(f"{host} has no address")

    async def connect_unix_socket(self, *_args: Any, **_options: Any) -> Any:
        """Never: a URL does not lead to a socket of this machine."""
        raise ConnectFailed("unix sockets are not fetched")

    async def sleep(self, seconds: float) -> None:
        """Part of the backend's interface."""
        await asyncio.sleep(seconds)


class Transport:
    """Clients for one policy: one for most hosts, others for hosts that are opted out of TLS rules.

    A ``client`` that is given is used for every host; its own transport then decides which
    address a name leads to, so names are still checked before each request.
    """

    def __init__(
        self, policy: Policy, *, client: httpx.AsyncClient | None = None, connector: Any = None
    ) -> None:
        self._policy = policy
        self._given = client
        self._connector = connector
        self._clients: dict[tuple[bool, bool], httpx.AsyncClient] = {}

    async def close(self) -> None:
        """Close the clients that were made here; a given one stays its owner's."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    async def get(
        self,
        url: str,
        headers: dict[str, str],
        *,
        keep_wire: bool = False,
        look: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """One GET of a checked URL, redirects not followed; every failure is a ``FetchError``.

        ``look`` is shown the answer before its body is read, and may raise to leave it there.
        """
        try:
            return await self._get(url, headers, keep_wire, look)
        except FetchError as error:
            error.source = error.source or url
            raise
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            what = _QUIET.get(type(error).__name__, "no answer in time")
            raise FetchTimeout(f"{what} ({self._policy.timeout:g} s)", source=url) from error
        except (httpx.ConnectError, httpcore.ConnectError, OSError) as error:
            raise _connection_error(error, url) from error
        except (httpx.RemoteProtocolError, httpcore.RemoteProtocolError) as error:
            raise Truncated(f"the answer broke off or broke HTTP: {error}", source=url) from error
        except httpx.InvalidURL as error:
            raise BadUrl(f"not a web address ({error})", source=url) from error
        except (httpx.HTTPError, httpcore.ProtocolError) as error:
            raise ConnectFailed(_said(error), source=url) from error

    async def _get(
        self,
        url: str,
        headers: dict[str, str],
        keep_wire: bool,
        look: Callable[[Answer], None] | None,
    ) -> Answer:
        if self._given is not None:
            await _check_name(url, self._policy)
        client = self._given or self._client(host_of(url))
        async with client.stream("GET", url, headers=headers, follow_redirects=False) as response:
            answer = Answer(
                url=url,
                status=response.status_code,
                headers=tuple(response.headers.multi_items()),
                body=b"",
                http_version=response.http_version,
                request_headers=tuple(response.request.headers.multi_items()),
            )
            if look is not None:
                look(answer)
            decoder = Decoder(response.headers.get("content-encoding", ""), self._policy)
            decoder.expect(answer.header("content-length") or "")
            wire = bytearray()
            async for chunk in response.aiter_raw():
                decoder.feed(chunk)
                if keep_wire:
                    wire += chunk
            return replace(answer, body=decoder.finish(), wire=bytes(wire))

    def _client(self, host: str) -> httpx.AsyncClient:
        policy = self._policy
        key = (host in policy.old_tls, host in policy.broken_certificates)
        if key not in self._clients:
            self._clients[key] = self._new_client(*key)
        return self._clients[key]

    def _new_client(self, old_tls: bool, unverified: bool) -> httpx.AsyncClient:
        policy = self._policy
        context = httpx.create_ssl_context(verify=not unverified)
        if old_tls:
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
        transport = httpx.AsyncHTTPTransport(verify=context, http2=True, trust_env=False)
        # The one private name used: httpx takes no network backend, its connection pool does.
        transport._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=policy.concurrency,
            max_keepalive_connections=policy.concurrency,
            keepalive_expiry=30.0,
            http2=True,
            network_backend=CheckedBackend(policy.allow_private, self._connector),
        )
        # trust_env is off: a proxy named in the environment would connect where we may not.
        # A jar shared by all pages would grow, and make one page depend on another.
        return httpx.AsyncClient(
            transport=transport,
            timeout=httpx.Timeout(policy.timeout),
            trust_env=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )


async def _check_name(url: str, policy: Policy) -> None:
    parsed = httpx.URL(url)
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    await reachable(parsed.host, port, policy.allow_private)


def _connection_error(error: Exception, url: str) -> FetchError:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, FetchError):  # our own refusal, wrapped by the library
            seen.source = seen.source or url
            return seen
        if isinstance(seen, ssl.SSLError):
            return TlsFailed(f"TLS: {seen.reason or seen}", source=url)
        seen = seen.__cause__ or seen.__context__
    return ConnectFailed(f"no connection: {error}" if str(error) else "no connection", source=url)


# The library's errors by what happened; many of them say nothing themselves.
_QUIET = {
    "ConnectTimeout": "no connection in time",
    "ReadTimeout": "no answer in time: the host fell silent",
    "WriteTimeout": "no answer in time: the host did not take the request",
}
_BROKEN = {
    "ReadError": "the connection broke before the whole answer was there",
    "WriteError": "the connection broke while the request was sent",
    "CloseError": "the connection broke while it was closed",
}


def _said(error: Exception) -> str:
    """What happened, in words, with what the library has to add."""
    what = _BROKEN.get(type(error).__name__, f"the request failed: {type(error).__name__}")
    return f"{what} ({error})" if str(error) else what
