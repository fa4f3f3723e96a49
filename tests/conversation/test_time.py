"""What time does: drafts are remembered, then forgotten."""

from __future__ import annotations

from bot.basics.ids import ConversationId
from bot.jobs.tidy import Tidier
from tests.conversation.test_filing import RESIDENCE, opens
from tests.conversation.world import Citizen, World, fills


def test_a_draft_is_reminded_of_once_and_erased_after_thirty_days(
    world: World, citizen: Citizen
) -> None:
    fills(citizen, opens(citizen, RESIDENCE), until="ngay_sinh")
    tidier = Tidier(world.storage, world.desk)
    world.clock.passes(days=28)
    tidier.tidy()
    tidier.tidy()
    citizen.looks()
    citizen.hears("filing.expires")
    world.clock.passes(days=3)
    tidier.tidy()
    citizen.says("làm tiếp")
    assert citizen.last().key == "filing.nothing_begun"


def test_nobody_is_reminded_at_night_nor_where_zalo_would_refuse_it(world: World) -> None:
    phone, zalo = world.citizen(), Citizen(world, ConversationId("zalo_oa:1:2"))
    for one in (phone, zalo):
        fills(one, opens(one, RESIDENCE), until="ngay_sinh")
    tidier = Tidier(world.storage, world.desk)
    world.clock.passes(days=28, hours=14)
    tidier.tidy()
    assert phone.looks() == []
    world.clock.passes(hours=8)
    tidier.tidy()
    phone.looks()
    phone.hears("filing.expires")
    assert zalo.looks() == []


def test_answering_the_reminder_keeps_the_draft(world: World, citizen: Citizen) -> None:
    fills(citizen, opens(citizen, RESIDENCE), until="ngay_sinh")
    tidier = Tidier(world.storage, world.desk)
    world.clock.passes(days=28)
    tidier.tidy()
    citizen.looks()
    citizen.presses("Làm tiếp")
    world.clock.passes(days=10)
    tidier.tidy()
    assert citizen.draft.asking == "ngay_sinh"


def test_a_content_whose_transaction_failed_is_swept_and_no_other(world: World) -> None:
    import os
    import time

    with world.storage.work() as work:
        kept = work.files.put("a.pdf", "application/pdf", b"x")
    folder = world.files
    lost = folder / "aa" / ("aa" + "0" * 30)
    lost.parent.mkdir(parents=True, exist_ok=True)
    lost.write_bytes(b"lost")
    long_ago = time.time() - 2 * 24 * 3600
    for path in folder.glob("??/*"):
        os.utime(path, (long_ago, long_ago))
    Tidier(world.storage, world.desk).tidy()
    assert not lost.exists()
    with world.storage.look() as look:
        assert look.files.open(kept.id) == b"x"
