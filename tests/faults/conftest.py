"""The engine of the conversation tests serves here as well."""

from __future__ import annotations

from tests.conversation.conftest import clock, desk, engine

__all__ = ["clock", "desk", "engine"]
