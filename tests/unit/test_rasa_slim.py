"""The stand-ins for what Rasa imports and this project never uses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import rasa_slim

import bot


def run(code: str) -> str:
    """What a fresh interpreter prints; the import system of this one stays as it is."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_missing_package_can_be_named_subclassed_and_caught_but_never_used():
    import tensorflow as tf

    class Mine(tf.keras.Model):
        pass

    try:
        raise ValueError
    except (tf.errors.NotFoundError, ValueError):
        pass
    with pytest.raises(rasa_slim.MissingPackage, match="pip install tensorflow"):
        Mine()


def test_other_missing_packages_are_missing():
    assert (
        run("import importlib.util; print(importlib.util.find_spec('no_such_package'))") == "None"
    )


def test_a_process_can_leave_out_what_is_inside_a_package():
    code = "import rasa_slim; rasa_slim.leave_out('json'); from json.tool import main; print(main)"
    assert run(code) == "<class 'json.tool.main'>"


def test_a_process_can_leave_out_a_module_that_is_there():
    code = "import rasa_slim; rasa_slim.leave_out('json.tool'); import json.tool, json; print(json.tool.__version__, json.dumps(1))"  # noqa: E501
    assert run(code) == "0.0.0 1"


def test_the_assistant_starts_without_what_only_other_commands_use():
    heavy = [
        *("sanic", "aiohttp", "requests", "redis"),
        *("matplotlib", "prompt_toolkit", "sklearn.svm", "scipy.stats"),
    ]
    code = f"import sys, bot.running; print([name for name in {heavy} if name in sys.modules and not isinstance(sys.modules[name], __import__('rasa_slim')._StandInModule)])"  # noqa: E501
    assert run(code) == "[]"


def test_what_is_installed_is_what_stands_here():
    source = Path(bot.__file__).parents[1] / "install" / "rasa_slim" / "rasa_slim.py"
    installed = Path(rasa_slim.__file__)
    assert installed.read_bytes() == source.read_bytes(), "run ./motcua --help: it installs anew"
