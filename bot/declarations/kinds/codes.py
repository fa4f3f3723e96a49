"""Tax codes and dossier codes (FORMATS §7, LEGAL §5)."""

from __future__ import annotations

import re

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.vn import mst

from bot.declarations.kinds.identity import digit_runs, judge_citizen_id
from bot.declarations.kinds.model import Choice, Ok, Question, Reading, Unsure, Wrong
from bot.declarations.kinds.typed import Typed, plain_line


def read_tax_code(text: str, question: Question) -> Reading:
    """`0100233488`, a branch `0100233488-001`, or the 12-digit number of an individual."""
    runs = digit_runs(text)
    fitting = [run for run in runs if len(run) in (10, 12, 13) and run.isdecimal()]
    if len(set(fitting)) > 1:
        return Unsure("kinds.several_numbers", tuple(Choice(run, run) for run in fitting[:4]))
    if not fitting:
        length = len(max(runs, key=len, default=""))
        return Wrong("kinds.tax_code.length" if length else "kinds.tax_code.expected")
    if len(fitting[0]) == 12:
        return judge_citizen_id(fitting[0], question)
    try:
        return Ok(mst.format(mst.validate(fitting[0])))
    except InvalidChecksum:
        return Wrong("kinds.tax_code.check_digit")
    except ValidationError:
        return Wrong("kinds.tax_code.expected")


_AGENCY = r"(?:000\.[0-9]{2}\.[0-9]{2}\.[GH][0-9]{2}|[GH][0-9]{2}(?:\.[0-9]{1,3}){0,4})"
_DAY = r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_CODE = re.compile(
    rf"(?<![A-Z0-9.])({_AGENCY})[ -]+({_DAY})[ -]+([0-9]{{1,7}})(?![0-9A-Z]|[.-][0-9])"
)
_RUN_TOGETHER = re.compile(rf"([GH][0-9]{{2}})([0-9]{{0,3}})({_DAY})([0-9]{{4}})")


def read_dossier_code(text: str, question: Question) -> Reading:
    """`H26.12-241121-0007`. Nothing that is missing from a code is guessed."""
    written = re.sub(r"(?<=[0-9.GHO-])O|O(?=[0-9.O-])", "0", text.upper())
    codes = list(dict.fromkeys("-".join(match.groups()) for match in _CODE.finditer(written)))
    if len(codes) > 1:
        return Unsure("kinds.several_numbers", tuple(Choice(code, code) for code in codes[:4]))
    if codes:
        agency, day, number = codes[0].rsplit("-", 2)
        whole = f"{agency}-{day}-{number.zfill(4)}"
        return Ok(whole) if whole == codes[0] else _completed(whole)
    for word in written.split():
        if match := _RUN_TOGETHER.fullmatch(word):
            unit, part, day, number = match.groups()
            return _completed(f"{unit}{'.' if part else ''}{part}-{day}-{number}")
    is_tail = re.fullmatch("[0-9]{1,7}", re.sub(r"[^A-Z0-9]", "", written))
    return Wrong("kinds.dossier_code.tail" if is_tail else "kinds.dossier_code.expected")


def _completed(code: str) -> Unsure:
    return Unsure("kinds.dossier_code.completed", (Choice(code, code),))


TAX_CODE = Typed(read_tax_code, tidy=plain_line)
DOSSIER_CODE = Typed(read_dossier_code, tidy=plain_line)
