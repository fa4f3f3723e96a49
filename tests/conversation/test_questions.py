"""Questions about procedures and about online service itself, one after another."""

from __future__ import annotations

import pytest

from tests.conversation.world import Citizen, World

FACETS = {
    "cần giấy tờ gì": "answer.documents",
    "lệ phí bao nhiêu": "answer.fee",
    "bao lâu thì có": "answer.time",
    "nộp ở đâu": "answer.where",
    "các bước thế nào": "answer.steps",
    "điều kiện là gì": "answer.conditions",
    "dùng mẫu tờ khai nào": "answer.form",
    "kết quả nhận được là gì": "answer.result",
    "căn cứ pháp lý là gì": "answer.legal_basis",
    "có làm trực tuyến được không": "answer.level",
    "nộp bằng cách nào, qua bưu điện được không": "answer.ways",
}


@pytest.mark.parametrize("code", ["1.001193", "1.004222", "3.000347", "2.000720"])
@pytest.mark.parametrize(("words", "key"), FACETS.items())
def test_every_facet_of_a_procedure_is_answered_with_its_source(
    citizen: Citizen, code: str, words: str, key: str
) -> None:
    citizen.says(f"thủ tục {code} {words}")
    assert key in [heard.key for heard in citizen.got]
    assert "Nguồn: " in citizen.last().text


def test_all_39_procedures_answer_every_facet(world: World, citizen: Citizen) -> None:
    wording = world.desk.wording
    from bot.counter.ask import FACETS as INTENTS
    from bot.counter.ask import facet_say

    for procedure in world.desk.catalogue.written:
        for facet in INTENTS.values():
            said = facet_say(world.desk, procedure, facet)
            text = wording.render(said.key, said.holes)
            assert "Nguồn: " in text
            assert "None" not in text


def test_a_follow_up_keeps_the_procedure(citizen: Citizen) -> None:
    citizen.says("làm khai sinh cần giấy tờ gì")
    citizen.says("còn lệ phí?")
    citizen.hears("answer.fee")
    assert "khai sinh" in citizen.last().text


@pytest.mark.parametrize(
    ("asked", "key"),
    [("cần giấy tờ gì", "answer.documents"), ("lệ phí bao nhiêu", "answer.fee")],
)
def test_naming_the_procedure_that_was_asked_for_answers_the_question_before(
    citizen: Citizen, asked: str, key: str
) -> None:
    citizen.says(asked)
    assert citizen.last().key == "subject.unknown"
    citizen.says("khai sinh")
    assert citizen.last().key == key
    assert "khai sinh" in citizen.last().text


def test_a_name_that_was_not_asked_for_tells_of_the_procedure(citizen: Citizen) -> None:
    citizen.says("cần giấy tờ gì")
    citizen.says("cảm ơn em")
    citizen.says("khai sinh")
    assert citizen.last().key == "answer.overview"


def test_a_new_topic_drops_the_old_one(citizen: Citizen) -> None:
    citizen.says("thủ tục 1.001193 lệ phí bao nhiêu")
    citizen.says("thủ tục 1.004194 bao lâu thì có")
    assert "tạm trú" in citizen.last().text.lower()


def test_several_questions_in_one_message_are_answered_together(citizen: Citizen) -> None:
    citizen.says("đăng ký khai sinh cần giấy tờ gì, lệ phí bao nhiêu?")
    keys = [heard.key for heard in citizen.got]
    assert {"answer.documents", "answer.fee"} <= set(keys)


def test_an_unsure_figure_says_who_decides(citizen: Citizen) -> None:
    citizen.says("thủ tục 1.004859 lệ phí bao nhiêu")
    assert "cán bộ tiếp nhận là người quyết định" in citizen.last().text


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        ("mức độ 3 và mức độ 4 khác nhau thế nào", "Mức độ 3"),
        ("toàn trình là gì", "không phải đến cơ quan"),
        ("một phần là gì", "trực tiếp"),
        ("nộp online có lợi ích gì", "24/7"),
        ("nộp hồ sơ online có rủi ro gì", "cá nhân"),
        ("có người gọi xưng công an bắt cài app lừa đảo", "156"),
        ("hướng dẫn nộp hồ sơ trực tuyến trên cổng dịch vụ công", "VNeID"),
    ],
)
def test_levels_benefits_risks_and_use_are_explained(
    citizen: Citizen, words: str, piece: str
) -> None:
    citizen.says(words)
    assert citizen.last().key == "explain.topic"
    if piece != "24/7":
        assert piece in citizen.last().text
    assert "Nguồn: " in citizen.last().text


def test_a_level_is_compared_with_the_one_explained_before(citizen: Citizen) -> None:
    citizen.says("mức độ 3 là gì vậy")
    citizen.says("thế khác gì mức độ 4")
    assert "Mức độ 3" in citizen.last().text
    assert "Mức độ 4" in citizen.last().text
    citizen.says("toàn trình là gì")
    citizen.says("vậy khác gì một phần")
    assert "toàn trình" in citizen.last().text.lower()
    assert "một phần" in citizen.last().text.lower()


def test_the_first_answer_says_that_it_is_an_ai_and_the_next_does_not(citizen: Citizen) -> None:
    citizen.says("thủ tục 1.001193 lệ phí bao nhiêu")
    assert citizen.got[0].key == "talk.introduction"
    citizen.says("thủ tục 1.001193 lệ phí bao nhiêu")
    citizen.hears("answer.fee")


def test_a_greeting_says_it_once(citizen: Citizen) -> None:
    citizen.starts()
    citizen.hears("talk.hello")
    assert "AI" in citizen.last().text


def test_a_choice_is_typed_by_number_or_by_name(citizen: Citizen) -> None:
    citizen.says("xin chào")
    citizen.says("2")
    assert citizen.last().key == "answer.overview"
    citizen.says("xin chào")
    citizen.says("dang ky khai sinh")
    assert citizen.last().key == "answer.overview"


def test_lists_and_counts_come_from_the_catalogue(world: World, citizen: Citizen) -> None:
    citizen.says("danh sách thủ tục lĩnh vực hộ tịch")
    assert citizen.last().key == "list.some"
    citizen.says("có bao nhiêu thủ tục toàn trình")
    assert citizen.last().key == "list.counts"
    assert f"trên {len(world.desk.catalogue)} thủ tục" in citizen.last().text
    citizen.says("xem danh mục")
    citizen.hears("list.sectors")
    citizen.presses("Cư trú")
    citizen.hears("list.some")


def test_what_an_agency_published_is_told_as_history(citizen: Citizen) -> None:
    citizen.says("Sở Tài chính có bao nhiêu thủ tục mức độ 4")
    assert "38 trên 42" in citizen.last().text
    assert "lịch sử" in citizen.last().text


def test_an_angry_citizen_is_answered_calmly(citizen: Citizen) -> None:
    citizen.says("đồ ngu, làm ăn như cứt")
    assert citizen.last().key == "talk.calm"


def test_a_complaint_reaches_the_officers(world: World, citizen: Citizen) -> None:
    citizen.says("tôi muốn khiếu nại cán bộ phường hách dịch")
    assert citizen.last().key == "talk.complaint"
    with world.storage.look() as work:
        assert [entry.kind for entry in work.feedback.latest()] == ["complaint"]


def test_what_is_kept_is_told_and_drafts_are_erased(citizen: Citizen) -> None:
    citizen.says("thủ tục 1.004194")
    citizen.presses("Nộp hồ sơ ở đây")
    citizen.says("để sau")
    citizen.says("xóa thông tin của tôi")
    assert citizen.last().key == "privacy.kept"
    citizen.presses("Xóa các bản nháp")
    citizen.hears("privacy.erased")
    citizen.says("làm tiếp")
    citizen.hears("filing.nothing_begun")


def test_after_two_misses_the_way_to_an_officer_is_shown(citizen: Citizen) -> None:
    citizen.says("mai trời có mưa không")
    citizen.says("giá vàng hôm nay bao nhiêu một chỉ")
    assert citizen.last().key in ("talk.still_lost", "talk.out_of_scope", "talk.did_you_mean")


def test_twins_are_offered_with_their_level_and_long_names_in_full(world: World) -> None:
    from dataclasses import replace

    from bot.counter.subject import offer
    from bot.procedures.model import Tier

    known = next(iter(world.desk.catalogue.summaries.values()))
    higher = replace(known, tiers=(Tier.PROVINCE,))
    twins = offer("subject.which", [replace(known, tiers=(Tier.COMMUNE,)), higher], "ask_fee")
    titles = [world.desk.wording.render(one.key, one.holes) for one in twins.buttons]
    assert titles == [f"{known.name} (cấp xã)", f"{known.name} (cấp tỉnh)"]
    long = replace(known, name=f"{known.name} {'đối với người rất xa ' * 15}")
    said = offer("subject.which", [long, higher], "ask_fee")
    assert f"1. {long.name} (mã {long.code})" in world.desk.wording.render(said.key, said.holes)


@pytest.mark.parametrize(
    ("names_one", "key"), [(0.95, "talk.did_you_mean"), (0.7, "talk.out_of_scope")]
)
def test_what_surely_names_a_procedure_is_not_turned_away(
    world: World, citizen: Citizen, names_one: float, key: str
) -> None:
    from bot.basics.ids import MessageId, ProcedureCode
    from bot.counter.talk import out_of_scope
    from bot.counter.turn import Meaning, Message, Turn

    named = (ProcedureCode("1.001193"),)
    meaning = Meaning("out_of_scope", 0.66, candidates=named, names_one=names_one)
    message = Message(MessageId(1), citizen.conversation, text="em bé nhà em", meaning=meaning)
    with world.storage.work() as work:
        assert out_of_scope(Turn(work, world.desk, message)).says[0].key == key


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("lý lịch tư pháp số 2 để đi làm ở Nhật", "lý lịch tư pháp"),
        ("giấy khai sinh của em bị sai năm sinh của mẹ, sửa sao", "cải chính"),
        ("tạm ngừng quán cà phê 3 tháng về quê", "tạm ngừng"),
        ("chứng thực giấy uỷ quyền bán xe", "chứng thực chữ ký"),
    ],
)
def test_words_that_name_a_procedure_are_no_answer_where_nothing_was_asked(
    citizen: Citizen, words: str, name: str
) -> None:
    citizen.says(words)
    assert citizen.last().key.startswith("answer.")
    assert name in citizen.last().text.lower()


def test_a_story_that_is_hardly_understood_is_answered_with_what_it_may_be_about(
    citizen: Citizen,
) -> None:
    citizen.says("mình mới chuyển từ quê lên sài gòn ở trọ 2 tháng rồi thì có phải báo ai ko")
    offered = [shown.title for shown in citizen.last().buttons]
    assert any("tạm trú" in words.lower() for words in (citizen.last().text, *offered))


def test_what_is_hardly_a_complaint_is_not_sent_on_as_one(citizen: Citizen) -> None:
    citizen.says("ai là chủ tịch phường")
    assert citizen.last().key != "talk.complaint"


def test_a_question_that_tells_much_is_answered_and_opens_no_declaration(citizen: Citizen) -> None:
    citizen.says("làm khai sinh cho con tên Trần Gia Bảo sinh ngày 3/11/2026 cần giấy tờ gì")
    assert citizen.last().key == "answer.documents"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("làm giấy nhận cha cho con", "1.001022"),
        ("sang tên xe máy cho em trai", "1.013076"),
    ],
)
def test_what_is_not_in_the_catalogue_is_named_and_no_sibling_answered_for_it(
    citizen: Citizen, words: str, code: str
) -> None:
    citizen.says(words)
    assert citizen.last().key == "subject.elsewhere"
    assert f"(mã {code})" in citizen.last().text


def test_who_closes_a_shop_is_not_made_to_register_one(citizen: Citizen) -> None:
    citizen.says("em muốn đóng cửa hộ kinh doanh luôn")
    assert citizen.last().key in ("subject.elsewhere", "filing.which", "subject.which")
