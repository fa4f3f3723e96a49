"""Files inside a declaration: given to the question being asked, or held until theirs comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.basics.ids import FileId
from bot.basics.say import Button, Say, button, say
from bot.basics.vietnamese.answers import Reply, says_skip, yes_or_no
from bot.declarations.marks import is_alike, is_same
from bot.declarations.model import Draft, ReceivedFile, Status
from bot.declarations.path import Path, Stop
from bot.declarations.phrases import Order
from bot.procedures.model import FileKind, Upload

_MEGABYTE = 1024 * 1024


def receive(
    draft: Draft, received: tuple[ReceivedFile, ...], path: Path
) -> tuple[Draft, tuple[Say, ...]]:
    """The draft after files arrived, and what is to be said of those not simply taken.

    They go to the present question if it takes files, else they are held.
    """
    stop = path.stop(draft.asking)
    paper = stop.field.paper if stop and stop.field.kind == "file" else None
    says: list[Say] = []
    for item in received:
        if refused := _refused(draft, item, paper):
            says.append(refused)
        elif paper is None:
            draft = draft.having(held=(*draft.held, item))
        else:
            says += _elsewhere(draft, item, path)
            draft = draft.having(taking=(*draft.taking, _doubted(draft, item)), misses=0)
    held = [item for item in received if item in draft.held]
    if held:
        late = draft.status is Status.REVIEW
        says.append(say("declaration.held_late" if late else "declaration.held", received=held))
    return draft, tuple(says)


def _refused(draft: Draft, item: ReceivedFile, paper: Upload | None) -> Say | None:
    """Why the file is not taken; None if it is."""
    if item.problem:
        return say(item.problem, name=item.name)
    if any(is_same(item.marks, known.marks) for known in (*draft.taking, *draft.held)):
        return say("file.twice", name=item.name)
    if paper is None:
        return None
    if _kind(item) not in paper.kinds:
        return say("file.other_kind", name=item.name, kinds=paper.kinds, paper=paper.name)
    if paper.max_mb is not None and item.size > paper.max_mb * _MEGABYTE:
        return say("file.too_large_here", name=item.name, paper=paper.name, mb=paper.max_mb)
    if len(draft.taking) >= paper.max_files:
        return say("file.too_many", name=item.name, paper=paper.name, most=paper.max_files)
    if sum(known.pages for known in draft.taking) + item.pages > paper.max_pages:
        return say("file.too_many_pages", name=item.name, paper=paper.name, most=paper.max_pages)
    return None


def _kind(item: ReceivedFile) -> FileKind:
    return FileKind.PHOTO if item.mime.startswith("image/") else FileKind.PDF


def _elsewhere(draft: Draft, item: ReceivedFile, path: Path) -> Iterator[Say]:
    """Tells that the file was also sent as another paper; one file may well be both."""
    for stop in path.stops:
        answer = draft.answers.get(stop.id)
        if stop.field.kind != "file" or not answer or stop.id == draft.asking:
            continue
        if any(is_same(item.marks, known.get("marks", ())) for known in answer):
            yield say("file.also_elsewhere", name=item.name, label=stop.field.label)


def _doubted(draft: Draft, item: ReceivedFile) -> ReceivedFile:
    """The file, with the doubt that it looks like one already taken."""
    if any(is_alike(item.marks, known.marks) for known in draft.taking):
        return replace(item, doubt="file.maybe_twice")
    return item


def use_held(draft: Draft, path: Path) -> tuple[Draft, tuple[Say, ...]]:
    """The draft with every held file given to the present question, as far as it takes them."""
    return receive(draft.having(held=()), draft.held, path)


def use(draft: Draft) -> Draft:
    """The draft without a doubt about the files taken: the citizen wants them as they are."""
    return draft.having(taking=tuple(replace(item, doubt="") for item in draft.taking))


def drop(draft: Draft) -> tuple[Draft, tuple[Say, ...]]:
    """The draft without the doubtful files, or if there are none without the one taken last."""
    gone = [item for item in draft.taking if item.doubt] or list(draft.taking[-1:])
    if not gone:
        return draft, ()
    kept = tuple(item for item in draft.taking if item not in gone)
    return draft.having(taking=kept), (say("file.dropped", dropped=gone),)


def laid_aside(draft: Draft) -> Draft:
    """The draft with the files taken held instead: another question comes first."""
    return draft.having(held=(*draft.held, *draft.taking), taking=())


def meant(draft: Draft, text: str) -> Order | None:
    """What a yes or no means once files are taken: use them, send others, there are no more."""
    doubtful = any(item.doubt for item in draft.taking)
    match yes_or_no(text):
        case Reply.YES if doubtful:
            return Order.USE
        case Reply.NO:
            return Order.AGAIN if doubtful else Order.DONE
    return Order.DONE if says_skip(text) else None


def apart(_paper: str, taken: tuple[ReceivedFile, ...]) -> tuple[ReceivedFile, ...]:
    """Keeps each file as it came."""
    return taken


def as_value(item: ReceivedFile) -> dict[str, Any]:
    """How one file stands in the answers."""
    return {
        "file": item.file,
        "name": item.name,
        "size": item.size,
        "pages": item.pages,
        "marks": list(item.marks),
    }


def all_of(draft: Draft) -> frozenset[FileId]:
    """Every file the draft holds."""
    answered = (
        FileId(item["file"])
        for value in draft.answers.values()
        if isinstance(value, list)
        for item in value
        if isinstance(item, dict) and "file" in item
    )
    received = (item.file for item in (*draft.taking, *draft.held))
    return frozenset((*answered, *received, *draft.previews))


def told(draft: Draft, stop: Stop) -> dict[str, Any]:
    """What a question says of files: those taken, what is unsure about them, those held."""
    return {
        "taking": draft.taking,
        "doubts": [say(item.doubt, name=item.name) for item in draft.taking if item.doubt],
        "is_full": len(draft.taking) >= (stop.field.maximum or len(draft.taking) + 1),
        "held": draft.held,
    }


def buttons(draft: Draft, stop: Stop, is_required: bool) -> tuple[Button, ...]:
    """What can be pressed under a question that takes files."""
    facts = {"draft": draft.id, "field": stop.id}

    def order(key: str, do: str) -> Button:
        return button(key, "inform", {**facts, "do": do})

    if any(item.doubt for item in draft.taking):
        return (order("button.use_files", Order.USE), order("button.send_again", Order.AGAIN))
    if draft.taking:
        return (order("button.done", Order.DONE),)
    held = (order("button.use_held", "use_held"),) if draft.held else ()
    return held if is_required else (*held, order("button.skip", Order.SKIP))
