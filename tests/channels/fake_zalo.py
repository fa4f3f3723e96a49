"""A Zalo on this machine: takes messages as strictly as the real one, answers in recorded shapes.

`python -m tests.channels.fake_zalo PORT` runs it as a program of its own. What a test wants of it
goes to `/_fake/…`: faults for the next calls, what citizens write, what they read.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import socket
import sys
import unicodedata
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.channels.zalo_build import APP, APP_SECRET, FIXTURES, an_event, shape, signed

LIMITS = {"text": 2000, "buttons": 5, "title": 100, "payload": 1000}
_SILENCE = 3600.0


class FakeZalo:
    """One Official Account, and the citizens who write to it."""

    def __init__(self) -> None:
        self.access, self.refresh = "ACCESS-1", "REFRESH-1"
        self.spent: list[str] = []
        """Every refresh key that was used, in order."""
        self.refreshes = 0
        self.sent: list[dict[str, Any]] = []
        """Messages that reached a citizen: `to`, `message`, `endpoint`, `id`."""
        self.refused: list[str] = []
        """Why a message was not as Zalo wants it."""
        self.uploads: dict[str, bytes] = {}
        self.media: dict[str, bytes] = {}
        """What citizens sent, by number."""
        self.templates: list[dict[str, Any]] = []
        """Templates that reached a citizen, as they were sent, with their `id`."""
        self.template_faults: list[str] = []
        self.faults: list[str] = []
        """What goes wrong with the next messages, in order: see `_fault`."""
        self.is_government = False
        self.hook = ""
        """Where events are brought to."""
        self.doubles = False
        self.reverses = False
        self.waiting: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self._numbers = itertools.count(1)

    def app(self) -> Starlette:
        """The endpoints of Zalo's servers, all at one address, and those of the test."""
        return Starlette(
            routes=[
                Route("/v4/oa/access_token", self._grant, methods=["POST"]),
                Route("/v3.0/oa/message/cs", self._v3, methods=["POST"]),
                Route("/v2.0/oa/message", self._v2, methods=["POST"]),
                Route("/v3.0/oa/message/template", self._template, methods=["POST"]),
                Route("/message/template", self._template, methods=["POST"]),
                Route("/business/message/template", self._template, methods=["POST"]),
                Route("/v2.0/oa/upload/{kind}", self._upload, methods=["POST"]),
                Route("/v2.0/oa/getoa", self._about),
                Route("/media/{number}", self._download),
                Route("/_fake/set", self._set, methods=["POST"]),
                Route("/_fake/event", self._event, methods=["POST"]),
                Route("/_fake/deliver", self._deliver, methods=["POST"]),
                Route("/_fake/media", self._put, methods=["POST"]),
                Route("/_fake/state", self._state),
                Route("/_fake/sent/{after:int}", self._sent_after),
            ]
        )

    # what Zalo does

    async def _grant(self, request: Request) -> Response:
        asked = await request.form()
        self.refreshes += 1
        await asyncio.sleep(0.05)  # so that those who ask at once really meet
        if request.headers.get("secret_key") != APP_SECRET or asked.get("app_id") != APP:
            return answer("oa_res_token_err_name_only")
        if asked.get("grant_type") == "authorization_code":
            if asked.get("code") != "CODE-1" or len(str(asked.get("code_verifier"))) != 43:
                return answer("oa_res_token_err_name_only")
        elif (key := str(asked.get("refresh_token"))) != self.refresh:
            known = key in self.spent
            name = "consumed_empty" if known else "invalid_refresh"
            return answer(f"oa_res_token_err_{name}")
        self.spent.append(self.refresh)
        number = len(self.spent) + 1
        self.access, self.refresh = f"ACCESS-{number}", f"REFRESH-{number}"
        return answer("oa_res_token_ok", access_token=self.access, refresh_token=self.refresh)

    async def _v3(self, request: Request) -> Response:
        if self.is_government:
            return answer("oa_res_err_235")
        return await self._message(request, "v3")

    async def _v2(self, request: Request) -> Response:
        if not self.is_government:
            return answer("oa_res_err_240")
        return await self._message(request, "v2")

    async def _message(self, request: Request, endpoint: str) -> Response:
        if request.headers.get("access_token") != self.access:
            return answer("oa_res_err_216")
        fault = self.faults.pop(0) if self.faults else ""
        if refusal := self._refusal(fault):
            return refusal
        body = await request.json()
        if wrong := self.wrong(body):
            self.refused.append(wrong)
            return answer("oa_res_err_210" if wrong.startswith("too ") else "oa_res_err_201")
        number = f"z{next(self._numbers)}"
        to = body["recipient"]["user_id"]
        self.sent.append({"to": to, "message": body["message"], "endpoint": endpoint, "id": number})
        if fault == "timeout":
            await asyncio.sleep(_SILENCE)
        if fault == "broken":
            return answer("oa_res_gateway_html")
        if fault == "empty":
            return Response(b"")
        good = shape("oa_res_cs_ok")["body"]
        return JSONResponse(good | {"data": good["data"] | {"message_id": number, "user_id": to}})

    async def _template(self, request: Request) -> Response:
        """An approved template, by account or, at the other server, by telephone."""
        if request.headers.get("access_token") != self.access:
            return answer("oa_res_err_216")
        fault = self.template_faults.pop(0) if self.template_faults else ""
        if refusal := self._refusal(fault):
            return refusal
        body = await request.json()
        by_phone = "phone" in body
        to = "phone tracking_id" if by_phone else "user_id"
        if set(body) != {*to.split(), "template_id", "template_data"}:
            self.refused.append("shape of a filled template")
            return answer("oa_res_err_210")
        number = f"z{next(self._numbers)}"
        self.templates.append(body | {"id": number})
        if fault == "timeout":
            await asyncio.sleep(_SILENCE)
        if fault == "broken":
            return answer("oa_res_gateway_html")
        name, under = ("phone", "msg_id") if by_phone else ("uid", "message_id")
        good = shape(f"oa_res_template_{name}_ok")["body"]
        return JSONResponse(good | {"data": good["data"] | {under: number}})

    def _refusal(self, fault: str) -> Response | None:
        """`rate`, `refuse -213`, `expire`: the message is not taken."""
        if fault == "rate":
            return answer("oa_res_err_32")
        if fault == "expire":
            self.access = "ACCESS-nobody-has-it"
            return answer("oa_res_err_220")
        if fault.startswith("refuse "):
            code = fault.removeprefix("refuse -")
            known = (FIXTURES / f"zalo_oa_res_err_{code}.json").exists()
            return answer(f"oa_res_{'err' if known else 'znserr'}_{code}")
        return None

    def wrong(self, body: Any) -> str:
        """Why Zalo would not take this message; empty if it would."""
        if set(body) != {"recipient", "message"} or set(body["recipient"]) != {"user_id"}:
            return "shape"
        message = body["message"]
        text, attachment = message.get("text", ""), message.get("attachment")
        if not set(message) <= {"text", "attachment"} or not message:
            return "shape of the message"
        if len(text) > LIMITS["text"] or text != unicodedata.normalize("NFC", text):
            return "too long, or not composed"
        if attachment is None:
            return "" if text else "no text"
        if set(attachment) != {"type", "payload"}:
            return "shape of the attachment"
        payload = attachment["payload"]
        if attachment["type"] == "file":
            known = payload.get("token") in self.uploads and set(payload) == {"token"}
            return "" if known and not text else "file"
        if "buttons" in payload:
            return self._wrong_buttons(text, payload)
        return self._wrong_element(payload)

    def _wrong_buttons(self, text: str, payload: Any) -> str:
        if not text or set(payload) != {"buttons"}:
            return "buttons without text"
        if not 1 <= len(payload["buttons"]) <= LIMITS["buttons"]:
            return "too many buttons"
        for button in payload["buttons"]:
            if set(button) != {"title", "type", "payload"} or button["type"] != "oa.query.hide":
                return "shape of a button"
            if not 1 <= len(button["title"]) <= LIMITS["title"]:
                return "too long a title"
            if len(button["payload"]) > LIMITS["payload"]:
                return "too long a payload"
        return ""

    def _wrong_element(self, payload: Any) -> str:
        if set(payload) != {"template_type", "elements"} or len(payload["elements"]) != 1:
            return "shape of a template"
        (element,) = payload["elements"]
        if payload["template_type"] == "request_user_info":
            return "" if set(element) == {"title", "subtitle", "image_url"} else "card"
        known = element.get("attachment_id") in self.uploads
        is_image = set(element) == {"media_type", "attachment_id"} and known
        return "" if payload["template_type"] == "media" and is_image else "image"

    async def _upload(self, request: Request) -> Response:
        kind = request.path_params["kind"]
        if request.headers.get("access_token") != self.access:
            return answer("oa_res_err_216")
        form = await request.form()
        file = form["file"]
        assert not isinstance(file, str)
        content = await file.read()
        if len(content) > {"image": 1024 * 1024, "file": 5 * 1024 * 1024}[kind]:
            return answer("oa_res_err_210")
        number = f"u{next(self._numbers)}"
        self.uploads[number] = content
        under = {"image": "attachment_id", "file": "token"}[kind]
        return answer(f"oa_res_upload_{kind}_ok", data={under: number})

    async def _about(self, request: Request) -> Response:
        if request.headers.get("access_token") != self.access:
            return answer("oa_res_err_216")
        return answer("oa_res_getoa_ok")

    async def _download(self, request: Request) -> Response:
        content = self.media.get(request.path_params["number"])
        return Response(content) if content is not None else Response(status_code=404)

    # what the test wants

    async def _set(self, request: Request) -> Response:
        for name, value in (await request.json()).items():
            setattr(self, name, value)
        return JSONResponse({})

    async def _put(self, request: Request) -> Response:
        number = f"m{next(self._numbers)}"
        self.media[number] = await request.body()
        return JSONResponse({"url": f"{str(request.base_url).rstrip('/')}/media/{number}"})

    async def _event(self, request: Request) -> Response:
        """A citizen does something; Zalo brings it at once, or when it `reverses`, later."""
        asked = await request.json()
        event = an_event(asked["name"], **asked.get("changes", {}))
        if isinstance(event.get("message"), dict) and "msg_id" in event["message"]:
            event["message"]["msg_id"] = f"c{next(self._numbers)}"
        event["timestamp"] = str(int(event["timestamp"]) + next(self._numbers))
        if self.reverses:
            self.waiting.append(event)
        else:
            await self._bring(event)
        return JSONResponse({"timestamp": event["timestamp"]})

    async def _deliver(self, _request: Request) -> Response:
        """What waited is brought, the last first."""
        while self.waiting:
            await self._bring(self.waiting.pop())
        return JSONResponse({})

    async def _bring(self, event: dict[str, Any]) -> None:
        body, headers = signed(event)
        async with httpx.AsyncClient() as client:
            for count in range(2 if self.doubles else 1):
                more = {"num_retry": str(count)} if count else {}
                response = await client.post(self.hook, content=body, headers=headers | more)
                self.statuses.append(response.status_code)

    async def _sent_after(self, request: Request) -> Response:
        return JSONResponse(self.sent[request.path_params["after"] :])

    async def _state(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "refused": self.refused,
                "templates": self.templates,
                "spent": self.spent,
                "refreshes": self.refreshes,
                "statuses": self.statuses,
                "uploads": {
                    number: base64.b64encode(content).decode()
                    for number, content in self.uploads.items()
                },
            }
        )


def answer(name: str, **changes: Any) -> Response:
    """A recorded answer."""
    found = shape(name)
    if "body" not in found:
        return Response(found["body_raw"], status_code=found["status"])
    return JSONResponse(found["body"] | changes, status_code=found["status"])


def main() -> None:
    """Runs until it is stopped, at the port that was asked for (0: any); says where on stdout."""
    listening = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    config = uvicorn.Config(FakeZalo().app(), log_level="error", ws="none", lifespan="off")
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
