"""What the files of one catalogue folder share, read once for all of its procedures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.basics import yaml12

NOT_SECTORS = frozenset({"calendar", "forms", "sayings", "units", "wording"})
"""Folders of the catalogue that hold something else than procedures."""


class Shelf:
    """What the files of one catalogue folder share: forms, blocks of fields, sets of options, sources."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        forms = folder / "forms"
        self.sources = dict(yaml12.read(folder / "sources.yml"))
        self.sectors = dict(yaml12.read(folder / "sectors.yml"))
        self.options = _read_if_there(forms / "options.yml")
        self.blocks = {path.stem: yaml12.read(path) for path in sorted(forms.glob("blocks/*.yml"))}
        self.forms = {
            path.stem: path for path in sorted(forms.glob("*.yml")) if path.stem != "options"
        }

    def procedure_files(self) -> list[Path]:
        """Every procedure file, `<sector>/<procedure>.yml`."""
        return [
            path
            for path in sorted(self.folder.glob("*/*.yml"))
            if path.parent.name not in NOT_SECTORS
        ]


def _read_if_there(path: Path) -> dict[str, Any]:
    return dict(yaml12.read(path)) if path.exists() else {}
