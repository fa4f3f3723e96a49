"""What Zalo answers over HTTP: an error may come with status 200."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from bot.basics.errors import Outside, TryLater, Uncertain
from bot.channels.raw_json import parsed, whole
from bot.channels.zalo_errors import A_MINUTE, AFTER_A_PERSON, Refusal

_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


def data_of(response: httpx.Response) -> Mapping[str, object]:
    """The `data` of a good answer.

    Raises `Refusal` for Zalo's own error, `TryLater` for what never reached it, `Uncertain` for an
    answer that tells nothing.
    """
    body = parsed(response.content)
    code = whole(body, "error") if body else None
    if body and code:
        raise Refusal(code)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise TryLater("delivery.busy", after=A_MINUTE)
    if is_refused_on_the_way(response):
        raise TryLater("delivery.misconfigured", after=AFTER_A_PERSON)
    if response.is_error or body is None or code is None:
        raise Uncertain("delivery.uncertain")
    data = body.get("data")
    return data if isinstance(data, Mapping) else {}


def failed(error: httpx.HTTPError) -> Outside:
    """What a request without an answer means."""
    if isinstance(error, _NEVER_SENT):
        return TryLater("delivery.unreachable")
    return Uncertain("delivery.uncertain")


def is_refused_on_the_way(response: httpx.Response) -> bool:
    """Whether a redirect or a proxy kept the request from Zalo; a 408 may have got through."""
    status = response.status_code
    return 300 <= status < 500 and status != httpx.codes.REQUEST_TIMEOUT
