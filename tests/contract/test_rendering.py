"""How a message looks on every channel: what fits is one piece, what does not is cut or numbered."""

from __future__ import annotations

import unicodedata

import pytest

from bot.basics.ids import FileId
from bot.basics.say import Command
from bot.channels.cut import units
from bot.counter.ports import Spoken
from tests.contract.door import Door
from tests.contract.rules import check

SENTENCE = "Anh/chị mang theo giấy chứng sinh của bé ạ. "
LINE = "• Tờ khai đăng ký khai sinh theo mẫu\n"
A_LONG_TITLE = "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con tại Ủy ban nhân dân cấp xã"
TEXTS = {
    "a word": "Dạ",
    "as long as Zalo takes": "x" * 2000,
    "one sign more": "x" * 2001,
    "as long as Telegram takes": "x" * 4096,
    "one sign more than that": "x" * 4097,
    "sentences": SENTENCE * 300,
    "lines": LINE * 300,
    "paragraphs": (SENTENCE * 20 + "\n\n") * 12,
    "emoji, which count twice": "😀 " * 3000,
    "accents spelt apart": unicodedata.normalize("NFD", SENTENCE * 120),
    "signs that mean something elsewhere": "*đậm* _nghiêng_ `mã` [liên kết](https://x.vn) <a> & \\ %s",
}
TITLES = {
    "one": ["Bỏ qua"],
    "two": ["Nam", "Nữ"],
    "as many as Zalo takes": [f"Lựa chọn {n}" for n in range(5)],
    "more": [f"Lựa chọn {n}" for n in range(6)],
    "many": [f"Lựa chọn {n}" for n in range(14)],
    "long ones": [f"{A_LONG_TITLE} {n} {A_LONG_TITLE}" for n in range(3)],
    "with line breaks and spaces": ["  Đồng\ný  ", "Không"],
}
FILES = {"one": 1, "three": 3}


@pytest.mark.parametrize("name", TEXTS)
async def test_a_text_arrives_whole_in_pieces_that_fit(door: Door, name: str) -> None:
    said = await say(door, TEXTS[name])
    pieces = [one.text for one in said]
    if units(unicodedata.normalize("NFC", TEXTS[name])) <= door.longest:
        assert len(pieces) == 1
    if name == "sentences":
        assert all(piece.endswith(".") or piece.endswith("ạ.") for piece in pieces)
    if name == "lines":
        assert all(piece.startswith("•") for piece in pieces)


@pytest.mark.parametrize("name", TITLES)
async def test_every_choice_can_be_chosen(door: Door, name: str) -> None:
    await say(door, "Anh/chị chọn giúp em ạ:", titles=TITLES[name])


async def test_buttons_stand_under_the_last_piece_of_a_long_text(door: Door) -> None:
    seen = await say(door, SENTENCE * 300, titles=["Nam", "Nữ"])
    assert all(not one.keys for one in seen[:-1])


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("length", [1, 300])
async def test_papers_come_with_their_text(door: Door, name: str, length: int) -> None:
    seen = await say(door, SENTENCE * length, files=FILES[name], titles=["Nộp hồ sơ", "Sửa"])
    if "papers" in door.lacks:
        assert "gặp cán bộ" in seen[-1].text  # how to get them is said


async def say(door: Door, text: str, titles: list[str] | None = None, files: int = 0) -> list:
    """The assistant says this; what is then on the screen, after all rules were checked."""
    await door.does(door.start())
    door.said()
    with door.world.storage.work() as work:
        stored = [
            work.files.put(f"giấy tờ {n}.pdf", "application/pdf", b"%PDF-1.7" + bytes([n]))
            for n in range(files)
        ]
        buttons = tuple((title, Command("greet")) for title in titles or ())
        spoken = Spoken("test", text.strip(), buttons, tuple(FileId(file.id) for file in stored))
        work.outbox.add(door.conversation, spoken)
    seen = await door.does()
    check(door, door.said(), seen)
    return seen
