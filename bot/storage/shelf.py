"""Where sealed contents lie: a folder, or a store that speaks S3. Knows nothing of what is in them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from bot.basics.errors import TryLater

if TYPE_CHECKING:
    from obstore.store import ClientConfig, ObjectStore, RetryConfig, S3Config

_CLIENT: ClientConfig = {"timeout": "30s", "connect_timeout": "5s"}
_RETRIES: RetryConfig = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}


class Shelf:
    """Contents by name. What lies in a folder used `before` is still found there."""

    def __init__(
        self, store: ObjectStore, folder: Path | None = None, before: Shelf | None = None
    ) -> None:
        self._store, self._folder, self._before = store, folder, before

    @classmethod
    def in_folder(cls, folder: Path) -> Shelf:
        """A shelf in a folder of this machine."""
        return cls(LocalStore(folder, mkdir=True), folder)

    @classmethod
    def in_s3(
        cls, url: str, endpoint: str, region: str, key: str, secret: str, before: Shelf
    ) -> Shelf:
        """A shelf at `s3://bucket/folder`, at Amazon or, with an `endpoint`, at another that speaks S3."""
        config: S3Config = {
            "region": region,
            "access_key_id": key,
            "secret_access_key": secret,
            "virtual_hosted_style_request": not endpoint,
        }
        if endpoint:
            config["endpoint"] = endpoint
        client: ClientConfig = {**_CLIENT, "allow_http": endpoint.startswith("http://")}
        store = S3Store.from_url(url, config=config, client_options=client, retry_config=_RETRIES)
        return cls(store, before=before)

    def put(self, name: str, content: bytes) -> None:
        """Keeps the content; a power cut afterwards loses nothing. Raises `TryLater`."""
        try:
            obstore.put(self._store, _path(name), content)
        except (BaseError, OSError) as error:
            raise TryLater("file.out_of_reach") from error
        if self._folder is not None:
            _to_the_disk(self._folder / _path(name))

    def get(self, name: str) -> bytes:
        """The content. Raises `FileNotFoundError`, or `TryLater` if the store does not answer."""
        try:
            return bytes(obstore.get(self._store, _path(name)).bytes())
        except FileNotFoundError:
            if self._before is None:
                raise
            return self._before.get(name)
        except (BaseError, OSError) as error:
            raise TryLater("file.out_of_reach") from error

    def delete(self, name: str) -> None:
        """Deletes the content, if it is there. Raises `TryLater`."""
        try:
            obstore.delete(self._store, _path(name))
        except FileNotFoundError:
            pass
        except (BaseError, OSError) as error:
            raise TryLater("file.out_of_reach") from error
        if self._before is not None:
            self._before.delete(name)

    def older_than(self, age: timedelta) -> Iterator[str]:
        """The names of contents put here longer ago than that, by the store's own clock."""
        limit = datetime.now(UTC) - age
        for batch in obstore.list(self._store):
            yield from (
                item["path"].rpartition("/")[2] for item in batch if item["last_modified"] < limit
            )
        if self._before is not None:
            yield from self._before.older_than(age)


def _path(name: str) -> str:
    return f"{name[:2]}/{name}"


def _to_the_disk(path: Path) -> None:
    for part in (path, path.parent):
        handle = os.open(part, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
