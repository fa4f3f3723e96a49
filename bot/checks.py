"""`./motcua test`: everything that has to hold before a change lands, in order of speed."""

from __future__ import annotations

import subprocess
import sys

CODE = ("bot", "nlu", "actions", "tests")
CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "format", "--check", "--quiet", *CODE),
    ("ruff", "check", "--quiet", *CODE),
    ("mypy", "bot"),
    ("pytest", "--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile"),
)


def main(arguments: list[str]) -> int:
    """Runs the checks and returns the exit code of the first that fails.

    With arguments, only pytest runs, and gets them.
    """
    checks = (("pytest", *arguments),) if arguments else CHECKS
    for check in checks:
        print("→", *check, flush=True)  # noqa: T201
        code = subprocess.run([sys.executable, "-m", *check], check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
