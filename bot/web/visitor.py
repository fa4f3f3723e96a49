"""Who is asking: the conversation behind the cookie, and whether our own page made the request."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.basics.ids import ConversationId
from bot.channels import webchat
from bot.web.site import Site

_LASTS = 180 * 24 * 3600
"""Seconds: longer than most dossiers take."""
TOKEN_HEADER = "x-motcua-token"


def cookie_name(site: Site) -> str:
    """The cookie's name; over TLS with the prefix that keeps neighbouring hosts from setting it."""
    return "__Host-motcua" if site.is_https else "motcua"


def token_of(request: Request, site: Site) -> str | None:
    """The token in the cookie, if it is one of ours."""
    token = request.cookies.get(cookie_name(site), "")
    return token if webchat.conversation_of(token) else None


def conversation_of(request: Request, site: Site) -> ConversationId | None:
    """The conversation that the cookie opens."""
    return webchat.conversation_of(token_of(request, site) or "")


def remember(response: Response, token: str, site: Site, *, embedded: bool) -> None:
    """Sets the cookie. Inside another site's page only a partitioned one is kept by browsers."""
    abroad = embedded and site.is_https
    response.set_cookie(
        cookie_name(site),
        token,
        max_age=_LASTS,
        path="/",
        secure=site.is_https,
        httponly=True,
        samesite="none" if abroad else "lax",
    )
    if abroad:
        _partition(response)


def forget(response: Response, site: Site) -> None:
    """Takes the cookie away, whichever kind it was."""
    response.delete_cookie(cookie_name(site), path="/", secure=site.is_https, httponly=True)
    if site.is_https:
        response.delete_cookie(
            cookie_name(site), path="/", secure=True, httponly=True, samesite="none"
        )
        _partition(response)


def _partition(response: Response) -> None:
    """Marks the cookie set last. Starlette itself can do it from Python 3.14 on."""
    name, value = response.raw_headers[-1]
    response.raw_headers[-1] = (name, value + b"; Partitioned")


def page_token(token: str) -> str:
    """What our page sends along to show that it is ours; another site cannot read it."""
    return hashlib.sha256(f"page:{token}".encode()).hexdigest()[:32]


def is_from_our_page(request: Request, site: Site) -> bool:
    """Whether a request that changes something was made by a page of ours, for this visitor."""
    token = token_of(request, site)
    sent = request.headers.get(TOKEN_HEADER, "")
    if token is None or not hmac.compare_digest(sent.encode(), page_token(token).encode()):
        return False
    return is_same_origin(request, site)


def is_same_origin(request: Request, site: Site) -> bool:
    """Whether the browser says that the request comes from our own origin."""
    origin, fetched = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if fetched is not None and fetched != "same-origin":
        return False
    if origin is not None:
        return urlsplit(origin).netloc in {request.headers.get("host", ""), site.host}
    return fetched == "same-origin"


def client_of(request: Request) -> str:
    """A name for where the request comes from that does not give the address away.

    Of an IPv6 address the network counts: one household changes the rest at will.
    """
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _digest(host)
    if isinstance(address, ipaddress.IPv6Address):
        return _digest(str(ipaddress.ip_network((address, 64), strict=False)))
    return _digest(str(address))


def _digest(text: str) -> str:
    return hashlib.sha256(f"client:{text}".encode()).hexdigest()[:32]
