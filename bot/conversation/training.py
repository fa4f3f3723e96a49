"""The trained model that belongs to the training data as it is now."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tempfile
from pathlib import Path

import structlog

log = structlog.get_logger()

PROJECT = Path(__file__).parent.parent.parent
_INPUTS = (
    "config.yml",
    "domain.yml",
    "nlu",
    "stories",
    "bot/catalogue/abbreviations.yml",
    "bot/basics/vietnamese/normalise.py",
    "bot/basics/vietnamese/syllables.py",
    "bot/basics/vietnamese/terms.py",
    "bot/basics/vietnamese/text.py",
)


def model_name() -> str:
    """The file name of the model; changes when the training data, the pipeline or the rules do."""
    digest = hashlib.sha256()
    for name in _INPUTS:
        root = PROJECT / name
        files = [root] if root.is_file() else sorted(root.rglob("*"))
        for path in files:
            if path.suffix in {".yml", ".py"}:
                digest.update(str(path.relative_to(PROJECT)).encode() + path.read_bytes())
    return f"motcua-{digest.hexdigest()[:12]}.tar.gz"


def trained_model(models: Path) -> Path:
    """The model for the present training data; trained now if there is none."""
    path = models / model_name()
    return path if path.exists() else train(models, path.name)


def train(models: Path, name: str) -> Path:
    """Trains a model and puts it into `models` under `name`."""
    import rasa.model_training

    log.info("model.training_started")
    # Rasa shows bars and prints where its model is; both would land among answers on stdout.
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    models.mkdir(parents=True, exist_ok=True)
    with (
        contextlib.redirect_stdout(io.StringIO()),
        tempfile.TemporaryDirectory(dir=models, prefix=".training-") as folder,
    ):
        result = rasa.model_training.train(
            domain=str(PROJECT / "domain.yml"),
            config=str(PROJECT / "config.yml"),
            training_files=[str(PROJECT / "nlu" / "data"), str(PROJECT / "stories")],
            output=folder,
            fixed_model_name=name.removesuffix(".tar.gz"),
            force_training=True,
        )
        # Whole or not at all: another process may be about to load it.
        trained = Path(str(result.model)).replace(models / name)
    log.info("model.trained")
    return trained
