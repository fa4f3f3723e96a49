"""Which files a platform already has."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.notifications.uploads import Uploads
from bot.storage.uploads import StoredUploads
from tests.channels.zalo_parts import MemoryUploads
from tests.conversation.world import storage_in
from tests.fake_clock import MONDAY, FakeClock

LATER = MONDAY + timedelta(days=6)


@pytest.fixture(params=["memory", "stored"])
def uploads(request: pytest.FixtureRequest, tmp_path: Path) -> Uploads:
    if request.param == "memory":
        return MemoryUploads()
    return StoredUploads(storage_in(tmp_path, FakeClock()).engine)


def test_an_id_is_found_until_it_is_too_old(uploads: Uploads) -> None:
    uploads.keep("oa", "digest", "u1", MONDAY)
    assert uploads.find("oa", "digest", MONDAY) == "u1"
    assert uploads.find("oa", "digest", MONDAY + timedelta(seconds=1)) == ""
    assert uploads.find("oa", "other", MONDAY) == ""
    assert uploads.find("other", "digest", MONDAY) == ""


def test_a_newer_id_takes_the_place_of_an_older_one(uploads: Uploads) -> None:
    uploads.keep("oa", "digest", "u1", MONDAY)
    uploads.keep("oa", "digest", "u2", LATER)
    assert uploads.find("oa", "digest", LATER) == "u2"


def test_what_is_too_old_or_no_longer_good_is_forgotten_and_nothing_else(uploads: Uploads) -> None:
    uploads.keep("oa", "old", "u1", MONDAY)
    uploads.keep("oa", "bad", "u2", LATER)
    uploads.keep("oa", "good", "u3", LATER)
    uploads.keep("other", "old", "u4", MONDAY)
    uploads.forget("oa", LATER, "bad")
    found = [uploads.find("oa", digest, MONDAY) for digest in ("old", "bad", "good")]
    assert found == ["", "", "u3"]
    assert uploads.find("other", "old", MONDAY) == "u4"
