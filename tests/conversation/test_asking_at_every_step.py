"""A question asked at every step of every form is answered, and the step comes again, nothing lost."""

from __future__ import annotations

import itertools

import pytest

from bot.declarations.model import Then
from tests.conversation.at_a_step import puts
from tests.conversation.world import World
from tests.walking import MOST_TURNS, Citizen, filed_here, typing

ASKED = {
    "lệ phí bao nhiêu vậy em?": "answer.fee",
    "bao lâu thì có kết quả ạ?": "answer.time",
    "cần những giấy tờ gì vậy em?": "answer.documents",
    "nop o dau vay em?": "answer.where",
}
ONE_OF_EACH = {procedure.form.id: procedure for procedure in filed_here() if procedure.form}


@pytest.mark.parametrize("form", sorted(ONE_OF_EACH))
def test_a_question_at_every_step_loses_nothing(world: World, form: str) -> None:
    procedure = ONE_OF_EACH[form]
    asker, walker = world.citizen(), Citizen(procedure)
    questions = itertools.cycle(ASKED.items())
    while walker.last.then is not Then.REVIEW:
        assert walker.said < MOST_TURNS
        question, key = next(questions)
        before = puts(asker, walker)
        asker.says(question)
        keys = [heard.key for heard in asker.got]
        assert keys == [key, "declaration.ask"], f"{before.asking}: {question}: {keys}"
        assert asker.draft.asking == before.asking
        assert asker.draft.answers == before.answers
        typing(walker)
