"""Who may import whom, and which library lives in which room (docs/architecture.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot

PROJECT = Path(bot.__file__).parent.parent
MODELS = {"declarations", "dossiers", "citizens", "payments", "notifications"}
PURE = {"basics", "procedures"}
MAY_IMPORT: dict[str, set[str]] = {
    "basics": set(),
    "procedures": {"basics"},
    "declarations": PURE,
    "dossiers": PURE,
    "citizens": PURE,
    "notifications": PURE,
    "documents": MODELS | PURE,
    "counter": {"documents"} | MODELS | PURE,
    # storage implements the counter's ports, jobs and conversation work with what it opens
    "storage": {"counter", "documents"} | MODELS | PURE,
    "channels": {"notifications", "basics"},
    "conversation": {"counter", "storage"} | MODELS | PURE,
    # files are looked at before the transaction that keeps them
    "jobs": {"counter", "storage", "documents"} | MODELS | PURE,
    "web": {"counter", "channels", "notifications", "basics"},
}
EDGES = {"cli", "checks", "running", "wiring", "commands", "bench"}
"""Where everything is put together: they may import any room, and no room imports them."""

LIBRARY_ROOMS: dict[str, set[str]] = {
    "sqlalchemy": {"storage", "wiring"},
    "alembic": {"storage"},
    "cryptography": {"storage"},
    "obstore": {"storage"},
    "telegram": {"channels", "commands"},
    "httpx": {"channels", "commands"},
    "rasa": {"conversation", "nlu", "bench"},
    "rasa_sdk": {"actions", "conversation"},
    "underthesea": {"nlu"},
    "sklearn": {"nlu", "bench"},
    "scipy": {"procedures", "nlu"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "typst": {"documents"},
    "pypdf": {"documents"},
    "PIL": {"documents"},
    "zxingcpp": {"documents"},
    "pillow_heif": {"documents"},
    "filetype": {"documents"},
    "click": {"cli", "commands"},
    "rich": {"commands"},
}


def rooms() -> Iterator[tuple[str, Path]]:
    """Room and file of every module."""
    for path in sorted((PROJECT / "bot").rglob("*.py")):
        parts = path.relative_to(PROJECT / "bot").parts
        if parts[0] != "catalogue":
            yield (parts[0].removesuffix(".py").partition("_")[0] or "bot", path)
    for room in ("nlu", "actions"):
        yield from ((room, path) for path in sorted((PROJECT / room).rglob("*.py")))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


ALL = list(rooms())
IDS = [str(path.relative_to(PROJECT)) for _, path in ALL]


@pytest.mark.parametrize(("room", "path"), ALL, ids=IDS)
def test_a_room_knows_only_the_rooms_above_it(room: str, path: Path) -> None:
    if room in EDGES or room in ("nlu", "actions", "bot"):
        return
    allowed = MAY_IMPORT[room] | {room}
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "bot" and len(parts) > 1:
            assert parts[1] in allowed, f"{name} in {room}"
        assert parts[0] not in ("actions", "nlu"), f"{name} in {room}"


@pytest.mark.parametrize(("room", "path"), ALL, ids=IDS)
def test_a_library_lives_in_its_room(room: str, path: Path) -> None:
    for name in imports(path):
        library = name.partition(".")[0]
        assert room in LIBRARY_ROOMS.get(library, {room}), f"{library} in {room}"


@pytest.mark.parametrize(("room", "path"), ALL, ids=IDS)
def test_no_sentence_for_citizens_stands_in_python(room: str, path: Path) -> None:
    if room in ("basics", "nlu", "bench"):  # a bench speaks as a citizen would
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    loose = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_comment = id(node) in docs or id(node) in loose
            assert is_comment or not _is_vietnamese(node.value), node.value


def _is_vietnamese(text: str) -> bool:
    """Several words with a letter that only Vietnamese has; a lone word may be a pattern."""
    if " " not in text.strip() or "(?" in text:
        return False
    letters = "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    return any(letter in letters for letter in text.lower())
