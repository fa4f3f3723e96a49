"""How the kinds of fields bear hostile messages, and how long they take over them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from bot.basics.vietnamese.text import strip_marks
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Question, Reading
from tests.unit.declarations.kinds.kind_questions import CASES, ask

SAID = [
    str(case["says"])
    for part in ("carried_over", "our_own")
    for lines in CASES[part].values()
    for case in lines
]
PIECES = (
    *("0", "9", "12", "001099012345", "0912345678", "/", "-", ".", ",", ":", "(", "[", "@", "#"),
    *(" ", "  ", "\n", "\t", "'", '"', "%", "{", "}", "\\", "\u0000", "\u200b", "\u202e", "\ufeff"),
    *("ngày", "tháng", "năm", "mùng", "âm lịch", "một", "hai", "mươi", "trăm", "nghìn", "triệu"),
    *("tỷ", "rưỡi", "phường", "xã", "quận", "tỉnh", "thành phố", "Hà Nội", "P.", "Q.1", "UBND"),
    *("không", "biết", "có", "rồi", "ạ", "em", "là", "tên", "và", "của", "Việt Nam", "h", "giờ"),
    *("\u0301", "\u0323", "đ", "Đ", "ß", "İ", "ǆ", "ﬁ", "①", "²", "٣", "९", "👍🏽", "🇻🇳", "王"),
    *("\ud800", "\udfff", "e\u0302\u0323", "a\u0306\u0301"),
)
SITUATIONS: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "date": ({"role": "child_birth"}, {"role": "adult_birth"}, {"role": "appointment"}, {}),
    "date_or_year": ({"role": "birth"}, {"role": "past_event"}),
    "datetime": ({"role": "past_event"}, {}),
    "name": ({"role": "new_name"}, {}),
    "text": ({"minimum": 2, "maximum": 40}, {}),
    "address": ({"role": "home"}, {"role": "anywhere"}, {}),
    "agency": ({"role": "receiver"}, {"office": ""}, {}),
    "integer": ({"minimum": 1, "maximum": 20}, {}),
    "choice": ({"options": "giay_to"}, {"options": "nhan_ket_qua"}),
    "choices": ({"options": "giay_to"},),
    "choice_or_text": ({"options": "noi_cap"},),
    "citizen_id": ({"known": {"x.ngay_sinh": "1999-01-01", "x.gioi_tinh": "nam"}}, {}),
    "yes_no": ({"ask": "Anh/chị có cần cấp thêm bản sao không ạ?"}, {}),
}
"""How the questions of a kind may differ; a kind that is not named has one way of being asked."""


def situations(kind: str) -> list[Question]:
    """Questions of one kind."""
    return [ask(kind, **how) for how in SITUATIONS.get(kind, ({},))]


def messages(chance: random.Random, count: int) -> Iterator[str]:
    """`count` messages, from what people type to what nobody would."""
    makers: tuple[Callable[[random.Random], str], ...] = (
        _as_typed,
        _mistyped,
        _joined,
        _pieces,
        _any_letters,
        _repeated,
    )
    for _ in range(count):
        yield chance.choice(makers)(chance)


def _as_typed(chance: random.Random) -> str:
    said = chance.choice(SAID)
    return chance.choice((said, said.upper(), strip_marks(said), f"dạ {said} ạ"))


def _mistyped(chance: random.Random) -> str:
    letters = list(chance.choice(SAID))
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(letters))
        letters[at : at + chance.randint(0, 2)] = chance.choice((*PIECES, ""))
    return "".join(letters)


def _joined(chance: random.Random) -> str:
    return chance.choice((" ", ", ", "\n", "")).join(chance.choices(SAID, k=chance.randint(2, 12)))


def _pieces(chance: random.Random) -> str:
    return chance.choice((" ", "")).join(chance.choices(PIECES, k=chance.randint(1, 60)))


def _any_letters(chance: random.Random) -> str:
    return "".join(chr(chance.randrange(0x11000)) for _ in range(chance.randint(1, 80)))


def _repeated(chance: random.Random) -> str:
    """One thing over and over, which is where patterns that backtrack give themselves away."""
    unit = chance.choice((*PIECES, *filter(None, SAID))) + chance.choice(("", " ", ".", ", "))
    longest = chance.choice((120, 300, 1000, 4096, 5000))
    end = chance.choice(("", "!", "x", "\u0000"))
    return (unit * (longest // len(unit)))[: longest - len(end)] + end


def run(seed: int, inputs: int = 10_000) -> dict[str, Any]:
    """Reads `inputs` messages with each kind; the slowest in milliseconds, and what went wrong.

    Times are of the processor, so that what else the machine does is not counted.
    """
    kinds = {kind: _measured(kind, seed, inputs) for kind in KINDS}
    slowest = max(kinds, key=lambda kind: float(kinds[kind]["slowest_ms"]))
    failures = sum(int(figures["failures"]) for figures in kinds.values())
    return {
        "seed": seed,
        "inputs": inputs,
        "failures": failures,
        "slowest": slowest,
        "kinds": kinds,
    }


def _measured(kind: str, seed: int, inputs: int) -> dict[str, Any]:
    questions, chance = situations(kind), random.Random(f"{seed} {kind}")
    KINDS[kind].read(SAID[0], questions[0])
    took: list[tuple[float, str]] = []
    failures: list[str] = []
    for number, text in enumerate(messages(chance, inputs)):
        started = time.thread_time()
        try:
            reading = KINDS[kind].read(text, questions[number % len(questions)])
        except Exception as error:
            failures.append(f"{type(error).__name__}: {text[:60]!r}")
            continue
        took.append((1000 * (time.thread_time() - started), text))
        if not isinstance(reading, get_args(Reading)):
            failures.append(f"no reading: {text[:60]!r}")
    took.sort(reverse=True)
    return {
        "slowest_ms": round(took[0][0], 2),
        "slowest_input": f"{took[0][1][:60]!r} ({len(took[0][1])})",
        "mean_ms": round(sum(ms for ms, _ in took) / len(took), 3),
        "failures": len(failures),
        "examples": failures[:3],
    }
