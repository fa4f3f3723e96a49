"""Kills `motcua talk --json` fifty times while a dossier is being filed, and says what came of it.

Run as `python -m tests.faults.killing FOLDER`. The processes that die are forked from this one after
the model was loaded, so that they start at once; from there on each has its own connections, threads
and files. It runs by itself, because a process in which a paper was ever printed cannot be forked:
the compiler's threads do not come along.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot import running, wiring
from bot.basics import logs, settings
from bot.basics.messages import Outgoing
from bot.channels import terminal
from bot.commands import talk
from bot.conversation.engine import Engine
from bot.counter import decide
from bot.storage import tables
from tests.conversation.world import PDF

SEED = 20261124
KILLS = 50
LONGEST_LIFE = 0.25
PATIENCE = 60.0

ANSWERS = (
    "xin chào",
    "thủ tục 1.004194",
    "Nộp hồ sơ ở đây",
    "Công an phường Ba Đình",
    "Nguyễn Văn An",
    "12/3/1995",
    "nam",
    "001095012345",
    "0912345678",
    "bỏ qua",
    "Số 5 ngõ 10 phố A, phường Ba Đình, Hà Nội",
    "20/11/2026",
    "24",
    "người ở thuê",
    "Trần Thị Hoa",
    "001170067890",
    "không",
    "Trần Thị Hoa – 001170067890",
)


class SlowTerminal(terminal.JsonTerminal):
    """Takes its time to say that a line is out, so that many deaths fall between the two."""

    async def send(self, message: Outgoing) -> str:
        printed = await super().send(message)
        await asyncio.sleep(0.05)
        return printed


def live(engine: Engine, folder: Path, read: int, write: int) -> None:
    """`motcua talk --json` in a forked process, with the engine that is already loaded."""
    logs.configure("error")
    sys.stdin, sys.stdout = os.fdopen(read), os.fdopen(write, "w")
    parts = wiring.assemble(settings.read(data_dir=folder))
    engine._desk, engine._runner = parts.desk, asyncio.Runner()
    running.make_engine = lambda _parts: engine
    files = wiring.OutgoingFiles(parts.storage)
    door = SlowTerminal(sys.stdout, files, folder / "talk")
    asyncio.run(talk._talk(parts, door, talk._json_lines()))


class Life:
    """One process, and what it was seen to print before it died."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        read, self._write = os.pipe()
        self._read, write = os.pipe()
        fork = multiprocessing.get_context("fork")
        self._process = fork.Process(target=live, args=(engine, folder, read, write))
        self._process.start()
        os.close(read)
        os.close(write)
        os.set_blocking(self._read, False)
        self._seen = b""

    def hears(self, line: dict[str, Any]) -> None:
        """One line on its stdin."""
        os.write(self._write, (json.dumps(line) + "\n").encode())

    def printed(self) -> list[dict[str, Any]]:
        """Every whole line printed so far."""
        while True:
            try:
                piece = os.read(self._read, 1 << 16)
            except BlockingIOError:
                break
            if not piece:
                break
            self._seen += piece
        whole = self._seen.rpartition(b"\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def answers(self, key: str) -> bool:
        """Waits until the message with this key is answered."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if any(line["in_reply_to"] == key for line in self.printed()):
                return True
            time.sleep(0.01)
        return False

    def dies(self) -> list[dict[str, Any]]:
        """Is killed; what it had printed."""
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.join()
        printed = self.printed()
        os.close(self._write)
        os.close(self._read)
        return printed


def main(tmp_path: Path) -> None:
    """The whole scenario; an assertion fails if anything was lost or told too often."""
    chance = random.Random(SEED)
    print("seed", SEED)
    logs.configure("error")
    engine = wiring.make_engine(wiring.assemble(settings.read(data_dir=tmp_path / "other")))
    script = [*ANSWERS, f"@{tmp_path / 'giay.pdf'}", "xong", "xem lại", "nộp"]
    (tmp_path / "giay.pdf").write_bytes(PDF)
    told: list[dict[str, Any]] = []
    step, kills = 0, 0
    while step < len(script):
        life = Life(engine, tmp_path)
        # As many kills are left as the steps still to come can bear.
        while step < len(script):
            life.hears(line_for(step, script[step]))
            must_die = kills < KILLS and chance.random() < 0.8
            if must_die:
                time.sleep(chance.uniform(0, LONGEST_LIFE))
                told += life.dies()
                kills += 1
                if any(one["in_reply_to"] == f"line-{step}" for one in told):
                    step += 1
                break
            assert life.answers(f"line-{step}"), f"no answer to line {step}"
            step += 1
        else:
            told += life.dies()
    print("killed", kills, "times during the script")
    while kills < KILLS:  # what was left unsent is sent by whoever lives next
        life = Life(engine, tmp_path)
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        told += life.dies()
        kills += 1
    told += settle(engine, tmp_path)
    check(tmp_path, script, told)


def line_for(step: int, said: str) -> dict[str, Any]:
    what = {"file": said[1:]} if said.startswith("@") else {"text": said}
    return {"from": "an", "id": f"line-{step}", **what}


def settle(engine: Engine, folder: Path) -> list[dict[str, Any]]:
    """A last life, long enough for everything that is still open; with an officer's decision in it."""
    parts = wiring.assemble(settings.read(data_dir=folder))
    life = Life(engine, folder)
    deadline = time.monotonic() + PATIENCE
    accepted = False
    while time.monotonic() < deadline:
        with parts.storage.work() as work:
            if not work.is_idle("terminal"):
                pass
            elif accepted:
                break
            else:
                at_counter = decide.Officer(work, parts.desk, "Phạm Thu Hà")
                waiting = decide.waiting(at_counter)
                decide.accept(at_counter, waiting[0].code)
                accepted = True
        time.sleep(0.05)
    return life.dies()


def check(folder: Path, script: list[str], told: list[dict[str, Any]]) -> None:
    parts = wiring.assemble(settings.read(data_dir=folder))
    with parts.storage.look() as work:
        inbox = work.inbox._connection.execute(select(tables.inbox)).all()
        assert sorted(row.key for row in inbox) == sorted(f"line-{n}" for n in range(len(script)))
        assert {row.state for row in inbox} == {"done"}
        officer = decide.Officer(work, parts.desk, "")
        assert len(decide.every(officer)) == 1
        outbox = work.inbox._connection.execute(select(tables.outbox)).all()
        bodies = [work.inbox._vault.unseal(row.sealed)["text"] for row in outbox]
        keys = [work.inbox.key_of(row.inbox) for row in outbox]
    times = Counter((one["in_reply_to"], one["text"]) for one in told)
    print("told twice:", sum(times.values()) - len(outbox), "of", len(outbox))
    for message, count in Counter(zip(keys, bodies, strict=True)).items():
        assert count <= times[message] <= 2 * count, (times[message], message)
    assert set(times) == set(zip(keys, bodies, strict=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
