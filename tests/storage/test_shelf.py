"""Files lie encrypted in a folder or in a store that speaks S3, under names that say nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from bot.basics.errors import TryLater
from bot.basics.settings import Settings
from bot.storage import database
from bot.storage.shelf import Shelf
from bot.storage.storage import Storage
from bot.wiring import make_shelf
from tests.conversation.world import vault
from tests.fake_clock import FakeClock
from tests.fake_s3 import FakeS3

WORDS = b"nothing a stranger may read"


@pytest.fixture
def s3() -> FakeS3:
    return FakeS3()


@pytest.fixture
def settings(tmp_path: Path, s3: FakeS3) -> Iterator[Settings]:
    with s3.running() as address:
        yield Settings(
            _env_file=None,
            data_dir=tmp_path,
            files_url="s3://papers/phuong",
            s3_endpoint=address,
            s3_key_id="AKTEST",
            s3_secret_key="secret",
        )


@pytest.fixture(params=["folder", "memory", "s3"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    match request.param:
        case "folder":
            return Shelf.in_folder(tmp_path / "files")
        case "memory":
            return Shelf(MemoryStore())
    return make_shelf(request.getfixturevalue("settings"))


def a_storage(folder: Path, shelf: Shelf) -> Storage:
    engine = database.connect(f"sqlite:///{folder / 'x.db'}")
    database.migrate(engine)
    return Storage(engine, vault(), FakeClock(), shelf)


def test_what_is_kept_is_found_again_until_it_is_deleted(shelf: Shelf) -> None:
    shelf.put("abcd", WORDS)
    assert shelf.get("abcd") == WORDS
    shelf.delete("abcd")
    shelf.delete("abcd")
    with pytest.raises(FileNotFoundError):
        shelf.get("abcd")


def test_only_what_has_lain_long_enough_is_old(shelf: Shelf) -> None:
    shelf.put("abcd", WORDS)
    assert list(shelf.older_than(timedelta(days=1))) == []
    assert list(shelf.older_than(-timedelta(days=1))) == ["abcd"]


def test_nothing_leaves_for_another_machine_unencrypted_or_under_its_name(
    tmp_path: Path, settings: Settings, s3: FakeS3
) -> None:
    with a_storage(tmp_path, make_shelf(settings)).work() as work:
        kept = work.files.put("giay-khai-sinh.pdf", "application/pdf", WORDS)
        assert work.files.open(kept.id) == WORDS
    [(key, body)] = s3.objects.items()
    assert re.fullmatch(r"phuong/[0-9a-f]{2}/[0-9a-f]{32}", key)
    assert WORDS not in body
    assert s3.signed_by == {"AWS4-HMAC-SHA256 Credential=AKTEST"}


def test_files_kept_in_the_folder_are_still_found_once_the_store_is_set(
    tmp_path: Path, settings: Settings, s3: FakeS3
) -> None:
    here = Shelf.in_folder(tmp_path / "files")
    here.put("abcd", WORDS)
    now = make_shelf(settings)
    assert now.get("abcd") == WORDS
    now.delete("abcd")
    with pytest.raises(FileNotFoundError):
        here.get("abcd")
    assert not s3.objects


def test_a_store_that_does_not_let_us_in_is_asked_again_later(
    tmp_path: Path, settings: Settings, s3: FakeS3
) -> None:
    storage = a_storage(tmp_path, make_shelf(settings))
    s3.is_down = True
    with pytest.raises(TryLater), storage.work() as work:
        work.files.put("x.pdf", "application/pdf", WORDS)
    s3.is_down = False
    with storage.work() as work:
        kept = work.files.put("x.pdf", "application/pdf", WORDS)
    s3.is_down = True
    with storage.work() as work:
        work.files.erase([kept.id])  # its content is left for the sweeper
    with storage.look() as work:
        assert work.files.get(kept.id) is None


def test_a_file_kept_before_the_store_could_be_chosen_is_read(tmp_path: Path) -> None:
    storage = a_storage(tmp_path, Shelf.in_folder(tmp_path / "files"))
    with storage.work() as work:
        kept = work.files.put("x.pdf", "application/pdf", WORDS)
    assert (tmp_path / "files" / kept.id[:2] / kept.id).is_file()


def test_what_no_transaction_knows_is_swept_after_a_day(tmp_path: Path) -> None:
    storage = a_storage(tmp_path, Shelf.in_folder(tmp_path / "files"))
    with storage.work() as work:
        known = work.files.put("x.pdf", "application/pdf", WORDS)
    paths = [tmp_path / "files" / known.id[:2] / known.id, tmp_path / "files" / "ff" / "ff00"]
    paths[1].parent.mkdir(exist_ok=True)
    paths[1].write_bytes(b"lost")
    for path in paths:
        os.utime(path, (0, 0))
    with storage.work() as work:
        assert work.files.sweep() == 1
    assert [path.exists() for path in paths] == [True, False]
