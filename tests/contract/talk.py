"""A conversation on one screen: what is done, step by step, and what must then be seen."""

from __future__ import annotations

import functools
from typing import Any

from bot.counter import decide
from tests.contract.door import Door, Seen
from tests.contract.rules import check
from tests.conversation.world import PDF, Citizen, Heard
from tests.pictures import jpeg, page, photo_of

_NEEDS = {"pdf": "pdf", "place": "place", "late": "buttons"}


class Talk:
    """One conversation on one screen."""

    def __init__(self, door: Door) -> None:
        self.door, self.typed = door, ""
        self.citizen = Citizen(door.world, door.conversation)
        self.heard: list[Heard] = []

    async def takes(self, step: dict[str, Any]) -> None:
        """One step, and what must then be on the screen."""
        if "waits" in step:
            self.door.world.clock.passes(**step["waits"])
            return
        (what,) = set(step) & set(DOES)
        seen = await DOES[what](self, step[what])
        text = "\n".join(one.text for one in seen)
        cannot = (what in _NEEDS and _NEEDS[what] in self.door.lacks) or (
            what == "sends" and step[what].endswith(".pdf") and "pdf" in self.door.lacks
        )
        key = step["cannot"] if cannot and "cannot" in step else step.get("key")
        assert key in (None, self.heard[-1].key), f"{self.heard[-1].key}: {text}"
        for words in step.get("sees", []) if not cannot else []:
            assert words in text, f"{words!r} is not in {text!r}"
        for words in step.get("unseen", []):
            assert words not in text, f"{words!r} is in {text!r}"

    async def does(self, *raws: Any) -> list[Seen]:
        """Something is done; every rule holds afterwards."""
        seen = await self.door.does(*raws)
        said = self.door.said()
        assert said, "no answer at all"
        check(self.door, said, seen, self.typed)
        self.heard += said
        return seen

    async def says(self, words: str) -> list[Seen]:
        self.typed += words
        return await self.does(self.door.text(words))

    async def says_many(self, length: int) -> list[Seen]:
        return await self.says(("tôi muốn hỏi " * length)[:length])

    async def taps(self, title: str) -> list[Seen]:
        key = self.door.key(title)
        if key is None:
            return await self.says(self.door.chosen(title))
        return await self.does(key)

    async def late(self, title: str) -> list[Seen]:
        key = self.door.key(title)
        return await (self.says(title) if key is None else self.does(key))

    async def sends(self, name: str) -> list[Seen]:
        return await self.does(await self.door.file(name, content_of(name)))

    async def place(self, where: list[float]) -> list[Seen]:
        return await self.does(self.door.place(*where))

    async def starts(self, _: bool) -> list[Seen]:
        return await self.does(self.door.start())

    async def officer(self, decision: list[Any]) -> list[Seen]:
        what, words = (*decision, 0)[:2]
        note = " ".join(f"Câu thứ {n}." for n in range(1, 10**6) if n * 15 < words)
        with self.door.world.officer() as officer:
            code = self.citizen.code
            if what == "supplement":
                dossier = decide.get(officer, code)
                item = decide.missing_item(officer, dossier, "giấy tờ chứng minh chỗ ở")
                decide.request_supplement(officer, code, note, (item,))
            elif what == "refuse":
                decide.refuse(officer, code, note)
            else:
                decide.accept(officer, code)
        return await self.does()

    async def fills(self, until: str) -> list[Seen]:
        """Answers by the form's example until this question."""
        seen: list[Seen] = []
        for _ in range(80):
            last = self.heard[-1]
            if last.key == "declaration.review" or self.citizen.draft.asking == until:
                return seen
            seen = await self._answers(last)
        raise AssertionError(f"never got to {until}: {self.heard[-1]}")

    async def _answers(self, last: Heard) -> list[Seen]:
        draft = self.citizen.draft
        form = self.door.world.desk.catalogue.get(draft.procedure).form
        assert form is not None
        if last.key == "declaration.doubt":
            return await self.taps("Đúng rồi")
        if any(button.title == "Xong rồi" for button in last.buttons):
            return await self.taps("Xong rồi")
        if example := form.example.get(draft.asking or ""):
            return await self.says(str(example))
        if any(button.title == "Bỏ qua" for button in last.buttons):
            return await self.taps("Bỏ qua")
        return await self.sends("giay-to.jpg")


DOES = {
    name: getattr(Talk, name)
    for name in (
        *("says", "says_many", "taps", "late", "sends", "place", "starts"),
        *("officer", "fills"),
    )
}


@functools.cache
def content_of(name: str) -> bytes:
    """A paper, a photo of one, or (`hong.jpg`) what only pretends to be."""
    if name.startswith("hong"):
        return b"MZ\x90\x00" + b"\x00" * 99
    if name.endswith(".pdf"):
        return PDF
    return jpeg(photo_of(page(name=f"Lê Thị {name}")))
