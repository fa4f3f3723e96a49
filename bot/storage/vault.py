"""Encrypts what is personal before it reaches the disk; keys can be rotated."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.basics.errors import Misconfigured


class Vault:
    """Seals and opens values with the newest key; older keys still open what they sealed."""

    def __init__(self, keys: list[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise Misconfigured(
                ["MOTCUA_ENCRYPTION_KEYS: each key is 32 bytes in url-safe base64 (Fernet)"]
            ) from error

    @classmethod
    def open_with(cls, keys: str, folder: Path) -> Vault:
        """The vault for comma-separated `keys`; without any, for the key kept in `folder`."""
        listed = [key.strip() for key in keys.split(",") if key.strip()]
        return cls(listed or [_own_key(folder)])

    def seal(self, value: Any) -> bytes:
        """`value`, JSON only, encrypted."""
        return self.seal_bytes(json.dumps(value, ensure_ascii=False).encode())

    def unseal(self, sealed: bytes) -> Any:
        """The value that `seal` was given. Raises `Misconfigured` if no key opens it."""
        return json.loads(self.unseal_bytes(sealed))

    def seal_bytes(self, content: bytes) -> bytes:
        """`content` encrypted."""
        return self._fernet.encrypt(content)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """The content that `seal_bytes` was given. Raises `Misconfigured` if no key opens it."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise Misconfigured(
                ["MOTCUA_ENCRYPTION_KEYS: the data was encrypted with a key that is not listed"]
            ) from error


def _own_key(folder: Path) -> str:
    """The key in `folder/key`, made on first use and readable by its owner alone."""
    path = folder / "key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = Fernet.generate_key().decode("ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key
