"""What stands between the network and the application: who may ask, from where, how much; what a browser may do.

In: every request, before anything else sees it. Out: the same request, or a refusal with its reason; on every answer the
headers that keep a page from running or fetching anything but its own.

* Host: a name that is not the application's is refused, so that no other site can stand in for it (DNS rebinding).
* Token: where the application can be reached from other machines, each request carries one.
* Other sites may link to a page and not load it into theirs.
* Changes (anything but GET and HEAD) come from the application's own pages or from no browser at all.
* Length, time and number of requests are bounded.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tocsin.web.rates import Rates
from tocsin.web.settings import Settings

COOKIE = "tocsin_token"
SAFE = frozenset({"GET", "HEAD"})
POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"))
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with "no-referrer" a browser names no origin, and our own forms would be refused
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_COMPUTES = "/explain"  # the end of addresses that have a text parsed
Refuse = Callable[[Scope, int, str], Response]


class Refused(Exception):
    """A request that goes no further: its status and the key of the words that say why."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


class Guard:
    """The middleware. ``refuse`` makes the answer to a request that is refused."""

    def __init__(self, app: ASGIApp, settings: Settings, refuse: Refuse) -> None:
        self._app, self._settings, self._refuse = app, settings, refuse
        self._rates = Rates(settings.rate, settings.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _with_headers(send)
        try:
            entry = self._checked(scope)
            if entry is not None:
                await entry(scope, receive, guarded)
                return
            body = await self._body(scope, receive)
        except Refused as refused:
            await self._refuse(scope, refused.status, refused.key)(scope, receive, guarded)
            return
        await self._answered(scope, _given(body, receive), guarded)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application; where it has not begun to answer in time, say so."""
        begun = asyncio.Event()

        async def told(message: Message) -> None:
            begun.set()
            await send(message)

        task = asyncio.ensure_future(self._app(scope, receive, told))
        waiting = asyncio.ensure_future(begun.wait())
        try:
            await asyncio.wait({task, waiting}, timeout=self._settings.answer_time, return_when=asyncio.FIRST_COMPLETED)
            if not begun.is_set() and not task.done():
                task.cancel()
                await self._refuse(scope, 503, "web.refused_time")(scope, receive, send)
                return
            await task
        finally:
            waiting.cancel()
            if not task.done():
                task.cancel()

    def _checked(self, scope: Scope) -> Response | None:
        """Raise Refused, or give the answer that a token in the address has: a cookie, and the address without it."""
        headers = Headers(scope=scope)
        settings, method = self._settings, scope["method"]
        if not self._known_host(headers.get("host", "")):
            raise Refused(421, "web.refused_host")
        light = method in SAFE and not scope["path"].endswith(_COMPUTES)
        if not self._rates.take((scope.get("client") or ("", 0))[0], 1.0 if light else settings.heavy):
            raise Refused(429, "web.refused_rate")
        if len(scope["path"]) + len(scope["query_string"]) > settings.most_url:
            raise Refused(414, "web.refused_url")
        _check_site(headers, changes=method not in SAFE)
        return self._entry(scope, headers) if settings.token is not None else None

    def _known_host(self, given: str) -> bool:
        try:
            parts = urlsplit(f"//{given}")
            name = parts.hostname or ""
            parts.port  # noqa: B018 - raises ValueError where it is none
        except ValueError:
            return False
        if name in self._settings.hosts or f"[{name}]" in self._settings.hosts:
            return not parts.username and not parts.path and not parts.query
        return self._settings.any_address and _is_address(name)

    def _entry(self, scope: Scope, headers: Headers) -> Response | None:
        token = self._settings.token or ""
        given = headers.get("authorization", "").removeprefix("Bearer ")
        kept = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        asked = next((value for name, value in pairs if name == "token"), None)
        if asked is not None and scope["method"] in SAFE:
            if not _same(asked, token):
                raise Refused(401, "web.refused_token")
            rest = urlencode([(name, value) for name, value in pairs if name != "token"])
            target = "/" + scope["path"].lstrip("/") + (f"?{rest}" if rest else "")
            answer = RedirectResponse(target, 303, {"cache-control": "no-store"})
            answer.set_cookie(COOKIE, _kept(token), httponly=True, samesite="lax")
            return answer
        if _same(given, token) or _same(kept, _kept(token)):
            return None
        raise Refused(401, "web.refused_token")

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        """The whole body, no more of it and no longer waited for than the settings say."""
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdigit() or int(length) > self._settings.most_body:
            raise Refused(413, "web.refused_size")
        if scope["method"] in SAFE:
            return b""
        parts, size = [], 0
        try:
            async with asyncio.timeout(self._settings.body_time):
                while True:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise Refused(400, "web.refused_size")
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > self._settings.most_body:
                        raise Refused(413, "web.refused_size")
                    if not message.get("more_body"):
                        return b"".join(parts)
        except TimeoutError:
            raise Refused(408, "web.refused_time") from None


def _check_site(headers: Headers, *, changes: bool) -> None:
    """A change comes from a page of this application, or from a program that is no browser and names no origin. Another
    site may link to a page; it may not load one as part of its own."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if not changes:
        if site in ("cross-site", "same-site") and headers.get("sec-fetch-mode") != "navigate":
            raise Refused(403, "web.refused_site")
        return
    if site is not None and site not in ("same-origin", "none"):
        raise Refused(403, "web.refused_origin")
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
        raise Refused(403, "web.refused_origin")


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if "cache-control" not in headers:
                headers["cache-control"] = "private, no-cache"
        await send(message)

    return sent


def _given(body: bytes, receive: Receive) -> Receive:
    """A body that was read already, as the application asks for it; then whatever the server tells."""
    told = False

    async def given() -> Message:
        nonlocal told
        if not told:
            told = True
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return given


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _kept(token: str) -> str:
    """What the cookie holds: proof of the token, and not the token."""
    return hmac.new(token.encode(), b"tocsin cookie", hashlib.sha256).hexdigest()
