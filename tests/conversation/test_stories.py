"""People who tell what happened to them, or ask sideways, and name no procedure."""

from __future__ import annotations

import pytest

from bot.basics.ids import MessageId, ProcedureCode
from bot.counter.ask import answer
from bot.counter.meant import if_meant
from bot.counter.outside import outside_a_form
from bot.counter.talk import plain
from bot.counter.track import track
from bot.counter.turn import Meaning, Message, Reply, Turn
from tests.conversation.world import Citizen, World

DEATH = ProcedureCode("1.000656")


def replied(world: World, citizen: Citizen, use_case, text: str, meaning: Meaning) -> Reply:
    message = Message(MessageId(1), citizen.conversation, text=text, meaning=meaning)
    with world.storage.work() as work:
        return use_case(Turn(work, world.desk, message))


def offered(citizen: Citizen) -> list[str]:
    return [button.title for button in citizen.last().buttons]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("ông nội tôi mất hôm qua", "Đăng ký khai tử"),
        ("ông nội tôi vừa mất hôm qua, tôi phải làm gì", "Đăng ký khai tử"),
        ("con tui sanh hom bua ma chua lam giay to gi het", "Đăng ký khai sinh"),
        ("mẹ tôi 84 tuổi không có lương hưu", "Trợ cấp hưu trí xã hội"),
        ("căn cước của con bị chó gặm nát rồi", "Đổi thẻ căn cước"),
    ],
)
def test_what_happened_calls_for_a_procedure(citizen: Citizen, words: str, name: str) -> None:
    citizen.says(words)
    told = citizen.last()
    assert name in offered(citizen) or name.lower() in told.text.lower(), (told.key, told.text)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("mua xe cũ sang tên hết bao nhiêu", "1.013076"),
        ("hàng xóm xây lấn đất nhà em", "1.012812"),
        ("xoá đăng ký tạm trú", "1.010028"),
        ("rớt mất giấy phép dùng dùi cui điện", "1.013435"),
    ],
)
def test_what_is_known_by_its_code_alone_is_named_with_it(
    citizen: Citizen, words: str, code: str
) -> None:
    citizen.says(words)
    assert citizen.last().key == "subject.elsewhere"
    assert code in citizen.last().text


@pytest.mark.parametrize("words", ["vn", "sao ăn phở ngon vậy ta", "vợ hay càm ràm quá"])
def test_small_talk_is_neither_an_insult_nor_a_complaint(citizen: Citizen, words: str) -> None:
    citizen.says(words)
    assert citizen.last().key not in {"talk.calm", "talk.complaint"}


def test_an_unsure_insult_is_not_answered_as_one(world: World, citizen: Citizen) -> None:
    reply = replied(world, citizen, plain, "vn", Meaning("abusive", 0.59))
    assert reply.says[0].key == "talk.out_of_scope"
    sure = replied(world, citizen, plain, "đồ ngu", Meaning("abusive", 0.95))
    assert sure.says[0].key == "talk.calm"


def test_an_act_that_may_not_be_meant_gives_way_to_what_may_be_named(
    world: World, citizen: Citizen
) -> None:
    text = "ông ngoại mất rồi mà chưa báo"
    unsure = Meaning("check_status_by_code", 0.31, candidates=(DEATH,), names_one=0.4)
    named = replied(world, citizen, if_meant(track), text, unsure)
    assert [say.key for say in named.says] == ["talk.did_you_mean"]
    named = replied(world, citizen, answer, text, Meaning("ask_risks", 0.31, candidates=(DEATH,)))
    assert [say.key for say in named.says] == ["talk.did_you_mean"]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("hồ sơ của tôi đâu", Meaning("check_status_by_code", 0.9, candidates=(DEATH,))),
        ("hồ sơ H26.99-261119-0007", Meaning("check_status_by_code", 0.4, candidates=(DEATH,))),
        ("hồ sơ", Meaning("check_status_by_code", 0.4)),
    ],
)
def test_an_act_is_done_that_is_meant_or_has_no_rival(
    world: World, citizen: Citizen, text: str, meaning: Meaning
) -> None:
    reply = replied(world, citizen, if_meant(track), text, meaning)
    assert reply.says[0].key.startswith("track.")


def test_a_story_taken_for_an_answer_is_offered_what_it_may_be_about(
    world: World, citizen: Citizen
) -> None:
    told = Meaning("inform", 0.87, candidates=(DEATH,), names_one=0.49)
    reply = replied(world, citizen, outside_a_form, "cha em mất bữa kia", told)
    assert reply.says[0].key == "talk.did_you_mean"


def test_what_an_entry_of_a_form_means_is_asked_before_any_is_open(citizen: Citizen) -> None:
    citizen.says("dân tộc là gì")
    assert citizen.last().key == "talk.field_outside_a_form"
