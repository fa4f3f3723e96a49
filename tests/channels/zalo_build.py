"""What Zalo sends, from its recorded shapes, and who writes to it."""

from __future__ import annotations

import copy
import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.basics.clock import VIETNAM
from bot.channels.zalo_webhook import Signing

FIXTURES = Path(__file__).parents[3] / "shared" / "channels" / "fixtures"
APP, OA = "360846524940903967", "388613280878808645"
OA_SECRET, APP_SECRET = "test-oa-secret-key", "test-app-secret-key"
BOT_SECRET = "test-webhook-secret-0001"
USER = "246845883529197922"
AN = f"zalo_oa:{OA}:{USER}"
SIGNING = Signing(APP, OA, OA_SECRET, APP_SECRET)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=VIETNAM)

needs_recordings = pytest.mark.skipif(
    not FIXTURES.is_dir(),
    reason=f"NOT RUN: the recorded Zalo shapes are not beside the project ({FIXTURES})",
)


def shape(name: str) -> dict[str, Any]:
    """One recorded shape, `oa_user_send_text`; skips the test where there are none."""
    if not FIXTURES.is_dir():
        pytest.skip(f"NOT RUN: the recorded Zalo shapes are not beside the project ({FIXTURES})")
    found: dict[str, Any] = json.loads((FIXTURES / f"zalo_{name}.json").read_text())
    return found


def recorded(start: str, kind: str) -> dict[str, dict[str, Any]]:
    """The recorded shapes of one kind, `webhook` or `response`, by name."""
    found = {path.stem: json.loads(path.read_text()) for path in FIXTURES.glob(f"{start}*.json")}
    return {name: found[name] for name in sorted(found) if found[name]["_meta"]["kind"] == kind}


def an_event(name: str, **changes: Any) -> dict[str, Any]:
    """The recorded event of this name; `message={"text": …}` changes parts of a part."""
    event = copy.deepcopy(shape(f"oa_{name}")["body"])
    for key, value in changes.items():
        both = isinstance(event.get(key), dict) and isinstance(value, dict)
        event[key] = event[key] | value if both else value
    return event


def a_text(text: str = "khai sinh cần gì", number: str = "m1", **changes: Any) -> dict[str, Any]:
    """An writes something."""
    return an_event("user_send_text", message={"text": text, "msg_id": number}, **changes)


def raw(event: object) -> bytes:
    """The event as it travels."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def signature(body: bytes, timestamp: str, first: str = APP, secret: str = OA_SECRET) -> str:
    """What Zalo writes into the header."""
    signed = first.encode() + body + timestamp.encode() + secret.encode()
    return "mac=" + hashlib.sha256(signed).hexdigest()


def signed(event: dict[str, Any], **by: str) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a genuine delivery."""
    body = raw(event)
    return body, {"X-ZEvent-Signature": signature(body, event.get("timestamp", ""), **by)}
