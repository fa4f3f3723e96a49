"""Fetching what citizens sent, from Zalo and from nowhere else."""

from __future__ import annotations

import httpx
import pytest

from bot.basics.errors import TryLater, Undeliverable
from bot.basics.messages import RemoteFile
from bot.channels.zalo_media import Media

PUBLIC = "203.162.0.11"
PHOTO = "https://f20-zpc.zdn.vn/jpg/1.jpg"


def media(answers: dict[str, httpx.Response], address: str = PUBLIC, server: str = "") -> Media:
    """A way to an internet in which there is only this."""

    async def resolve(_host: str) -> list[str]:
        return [PUBLIC, address]

    def handle(request: httpx.Request) -> httpx.Response:
        return answers[str(request.url)]

    client = httpx.AsyncClient(transport=httpx.MockTransport(handle))
    return Media(client, server, resolve)


async def test_a_photo_is_fetched():
    found = await media({PHOTO: httpx.Response(200, content=b"jpeg")}).fetch(RemoteFile(PHOTO))
    assert found == b"jpeg"


@pytest.mark.parametrize(
    "url",
    [
        "http://f20-zpc.zdn.vn/1.jpg",
        "https://zdn.vn.evil.example/1.jpg",
        "https://evilzdn.vn/1.jpg",
        "https://zdn.vn@evil.example/1.jpg",
        "https://me:you@f20.zdn.vn/1.jpg",
        "https://evil.example\\.zdn.vn/1.jpg",
        "https://evil.example#.zdn.vn/1.jpg",
        "https://f20.zdn.vn:8443/1.jpg",
        "https://127.0.0.1/1.jpg",
        "file:///etc/passwd",
        "ftp://f20.zdn.vn/1.jpg",
        "//f20.zdn.vn/1.jpg",
        "https://[::1]/",
        "https://[",
        "",
        "x" * 70_000,
        "https://.zdn.vn/",
    ],
)
async def test_an_address_that_is_not_zalos_is_not_opened(url):
    with pytest.raises(Undeliverable, match=r"file\.not_fetched"):
        await media({}).fetch(RemoteFile(url))


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.5", "192.168.1.1", "169.254.169.254", "::1", "fe80::1%eth0"]
)
async def test_an_address_inside_of_our_own_network_is_not_opened(address):
    with pytest.raises(Undeliverable):
        await media({}, address).fetch(RemoteFile(PHOTO))


async def test_a_redirect_is_followed_only_to_zalo_and_not_for_ever():
    away = httpx.Response(302, headers={"location": "https://evil.example/1.jpg"})
    with pytest.raises(Undeliverable):
        await media({PHOTO: away}).fetch(RemoteFile(PHOTO))
    near = httpx.Response(302, headers={"location": "/2.jpg"})
    there = {PHOTO: near, "https://f20-zpc.zdn.vn/2.jpg": httpx.Response(200, content=b"2")}
    assert await media(there).fetch(RemoteFile(PHOTO)) == b"2"
    round_and_round = httpx.Response(302, headers={"location": PHOTO})
    with pytest.raises(Undeliverable):
        await media({PHOTO: round_and_round}).fetch(RemoteFile(PHOTO))


async def test_what_is_too_large_is_not_read_to_its_end():
    large = httpx.Response(200, content=b"x" * (20 * 1024 * 1024 + 1))
    with pytest.raises(Undeliverable, match=r"file\.too_large"):
        await media({PHOTO: large}).fetch(RemoteFile(PHOTO))
    with pytest.raises(Undeliverable, match=r"file\.too_large"):
        await media({}).fetch(RemoteFile(PHOTO, size=10**9))


@pytest.mark.parametrize(("status", "error"), [(404, Undeliverable), (403, Undeliverable)])
async def test_an_address_that_expired_is_not_asked_again(status, error):
    with pytest.raises(error):
        await media({PHOTO: httpx.Response(status)}).fetch(RemoteFile(PHOTO))


async def test_when_zalo_is_away_it_is_tried_later():
    with pytest.raises(TryLater):
        await media({PHOTO: httpx.Response(503)}).fetch(RemoteFile(PHOTO))

    async def lost(_host: str) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(TryLater):
        await Media(httpx.AsyncClient(), "", lost).fetch(RemoteFile(PHOTO))


async def test_files_beside_the_api_are_zalos_too():
    near = {"http://zalo.test/media/1": httpx.Response(200, content=b"1")}
    door = media(near, server="http://zalo.test")
    assert await door.fetch(RemoteFile("http://zalo.test/media/1")) == b"1"
    with pytest.raises(Undeliverable):
        await door.fetch(RemoteFile("http://zalo.test.evil.example/media/1"))
