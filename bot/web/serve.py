"""Runs the web application until it is told to stop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from bot.channels.webchat import Hub

_PATIENCE = 5
"""Seconds that requests under way may still take when the server stops."""


class WebServer(uvicorn.Server):
    """One server. `stop()` may be called from the event loop or a signal handler."""

    def __init__(
        self, app: ASGIApp, hub: Hub, host: str, port: int, trusted_proxies: str = "127.0.0.1"
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                ws="none",  # uvicorn's websocket code wants a newer library than Rasa allows
                lifespan="on",
                access_log=False,  # paths hold dossier codes
                log_config=None,
                log_level="warning",
                server_header=False,
                forwarded_allow_ips=trusted_proxies,
                timeout_graceful_shutdown=_PATIENCE,
            )
        )
        self._hub = hub

    async def run_until_stopped(self, on_ready: Callable[[int], None]) -> None:
        """Serves; `on_ready` is told the port once it listens. Leaves signals to the caller."""
        serving = asyncio.create_task(self._serve())
        try:
            while not self.started and not serving.done():
                await asyncio.sleep(0.02)
            if self.started:
                on_ready(self.servers[0].sockets[0].getsockname()[1])
            await serving
        except asyncio.CancelledError:
            self.stop()
            await serving
            raise

    def stop(self) -> None:
        """Ends: open pages are let go and come back by themselves."""
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Lets go of the pages that wait for news, else uvicorn would wait for them."""
        self._hub.close()
        await super().shutdown(sockets)
