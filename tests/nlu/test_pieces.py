"""The parts that understand a message, one by one and without Rasa."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.basics.ids import ProcedureCode
from bot.basics.vietnamese.letters import flat
from bot.basics.vietnamese.normalise import normalise
from bot.basics.vietnamese.text import fold
from bot.bench.cases import OWN_TESTS, own_cases
from bot.procedures.find import Found
from bot.procedures.places import Places
from nlu.acts import OUT_OF_SCOPE
from nlu.clauses import clauses, joints, sentences
from nlu.components.procedures import known_names
from nlu.entities import find
from nlu.exchange import Exchange
from nlu.features import SUBJECT, Concepts, Subjects, shaped
from nlu.lexicon import Lexicon, Span, Tagged, spans
from nlu.naming import Names
from nlu.reading import masked, read_elsewhere
from nlu.slots import SlotModel
from nlu.training import trained_elsewhere
from nlu.variants import Variants, Words

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
BIRTH, DEATH = ProcedureCode("1.001193"), ProcedureCode("1.000656")
COPIES = ProcedureCode("2.000635")


def found_in(text: str) -> list[tuple[str, str, str]]:
    return [(item.entity, text[item.start : item.end], item.value) for item in find(text, TODAY)]


def test_codes_and_numbers_are_found_where_they_stand():
    text = "tra h26.12 - 261120-0007, cccd 079196001234, gọi 0912 345 678"
    assert found_in(text) == [
        ("dossier_code", "h26.12 - 261120-0007", "H26.12-261120-0007"),
        ("citizen_id", "079196001234", "079196001234"),
        ("phone", "0912 345 678", "0912345678"),
    ]


def test_two_dossier_codes_in_one_message_are_two_entities():
    found = found_in("H15.50.05.13-261008-0975 và H26.12-261118-0123")
    assert [value for _, _, value in found] == ["H15.50.05.13-261008-0975", "H26.12-261118-0123"]


def test_dates_and_amounts_have_values():
    assert found_in("sinh ngày 15/11/2026, đóng 150k") == [
        ("date", "15/11/2026", "2026-11-15"),
        ("money", "150k", "150000"),
    ]


def test_agencies_and_places_are_found():
    text = "công an phường ở Nghệ An, phường Bến Thành"
    places = Places.read(ROOT / "bot" / "catalogue" / "units")
    found = [(item.entity, text[item.start : item.end]) for item in find(text, TODAY, places)]
    assert found == [
        ("agency", "công an phường"),
        ("place", "Nghệ An"),
        ("place", "phường Bến Thành"),
    ]


def test_a_procedure_code_is_no_amount():
    assert found_in("1.001193 là thủ tục gì") == [("procedure", "1.001193", "1.001193")]


def test_a_story_is_taken_apart_at_signs():
    text = "Vợ em mới sinh. Cần giấy gì, bao nhiêu tiền?"
    assert sentences(text) == ["Vợ em mới sinh.", "Cần giấy gì, bao nhiêu tiền?"]
    assert clauses(text) == ["Vợ em mới sinh.", "Cần giấy gì", "bao nhiêu tiền?"]


def test_words_that_join_two_questions_are_places_to_split():
    pairs = joints("cần giấy gì với lại bao lâu thì có")
    assert ("cần giấy gì", "với lại bao lâu thì có") in pairs


def test_a_long_text_has_few_parts_to_look_at():
    assert len(clauses("cần gì, " * 2000)) <= 12
    assert joints("khai sinh và " * 300) == []
    assert len(joints("a b và " * 20)) <= 6


def test_a_known_name_is_hidden_whatever_it_says():
    subjects = Subjects(["thu phí bảo trì"])
    assert subjects.hidden("thu phi bảo trì mất bao lâu") == f"{SUBJECT} mất bao lâu"


def test_codes_and_numbers_are_seen_by_their_shape():
    assert shaped("Hồ sơ H26.12-261120-0007 của 079196001234?") == "hồ sơ mahoso của socccd ?"


def test_words_of_one_meaning_are_one_concept():
    concepts = Concepts({"cost": ["lệ phí", "bao nhiêu tiền"]})
    assert "cost" in concepts("le phi sao").split()
    assert "cost" in concepts("het bao nhieu tien").split()


def test_variants_are_the_same_each_time_and_keep_their_act():
    words = Words.read()
    make = Variants(words, Subjects(["đăng ký kết hôn"]), copies=2, seed=5)
    sentences_ = [("đăng ký kết hôn bao nhiêu tiền", "ask_fee")]
    first, again = make.of(sentences_), make.of(sentences_)
    assert first == again
    assert {example.intent for example in first} <= {"ask_fee", OUT_OF_SCOPE}
    assert len(first) > 3


def test_a_catalogue_name_that_a_training_sentence_says_stands_among_the_names_training_knows():
    known = Subjects(Words.read().names)
    catalogue = Subjects(known_names())
    said: set[str] = set()
    for lines in training_sentences().values():
        for words in (fold(normalise(line).text).split() for line in lines):
            missed = set(catalogue.spans(words)) - set(known.spans(words))
            said.update(" ".join(words[start:end]) for start, end in missed)
    assert said == set(), "add them to nlu/words/names.yml"


def test_what_is_not_ours_makes_a_question_out_of_scope():
    make = Variants(Words.read(), Subjects(["đăng ký kết hôn"]), copies=0)
    others = [
        e for e in make.of([("đăng ký kết hôn ở đâu", "ask_where")]) if e.intent == OUT_OF_SCOPE
    ]
    assert others
    assert all("kết hôn" not in e.text for e in others)


NAMES = Names(
    [(BIRTH, "làm giấy khai sinh"), (DEATH, "giấy chứng tử"), (COPIES, "bản sao giấy khai sinh")]
)


def test_a_name_said_in_full_settles_between_candidates():
    found = Found(None, (BIRTH, COPIES), 0.7)
    assert NAMES.settle("lam giay khai sinh can gi", found) == BIRTH


def test_the_longer_name_of_another_keeps_the_question_open():
    found = Found(None, (BIRTH, COPIES), 0.7)
    assert NAMES.settle("làm giấy khai sinh hay bản sao giấy khai sinh", found) is None


def test_a_candidate_not_named_in_full_is_not_settled():
    assert NAMES.settle("khai sinh", Found(None, (BIRTH, DEATH), 0.5)) is None


def flight(text: str) -> Tagged:
    """`đi hà|to nội|+`: words with their slot; `+` goes on with it."""
    words, tags = [], []
    slot = ""
    for part in text.split():
        word, _, mark = part.partition("|")
        words.append(word)
        slot = slot if mark == "+" else mark
        tags.append("O" if not mark else f"I-{slot}" if mark == "+" else f"B-{mark}")
    return Tagged(tuple(words), tuple(tags))


CITIES = ["hà nội", "đà nẵng", "cần thơ", "hải phòng", "nha trang", "quy nhơn"]


def flights() -> list[Tagged]:
    found = []
    for one in CITIES:
        for other in CITIES:
            if one != other:
                a, b = one.split(), other.split()
                found.append(flight(f"bay từ {a[0]}|from {a[1]}|+ đến {b[0]}|to {b[1]}|+"))
                found.append(flight(f"vé đến {b[0]}|to {b[1]}|+ từ {a[0]}|from {a[1]}|+"))
    return found


def test_slots_are_learned_and_cities_never_met_are_found_by_their_place():
    model = SlotModel().fit(flights())
    words = "bay từ phú quốc đến hà nội".split()
    assert spans(model.tags(words)) == [Span("from", 2, 4), Span("to", 5, 7)]


def test_a_saved_model_tags_like_the_one_that_was_saved():
    model = SlotModel().fit(flights())
    words = "vé đến quy nhơn từ nha trang".split()
    tags = model.tags(words)
    loaded = pickle.loads(pickle.dumps(model))
    del model
    assert loaded.tags(words) == tags


def test_slots_of_one_kind_share_their_values_whatever_they_are_called():
    seen = [
        flight("đi hà|fromloc.city_name nội|+ đến huế|toloc.city_name"),
        flight("đi huế|fromloc.city_name đến hà|toloc.city_name nội|+"),
        flight("lúc sáng|depart_time.period"),
    ]
    kinds = Lexicon.of(seen).kinds
    assert kinds["fromloc.city_name"] == kinds["toloc.city_name"] != kinds["depart_time.period"]


def test_an_intent_of_another_field_is_told_by_its_slots_too():
    sentences = [
        (f"xem chuyến từ slot_city đi slot_city {word}", "flight") for word in ("nhé", "với", "ạ")
    ] + [(f"{word} đi slot_city", "airfare") for word in ("giá vé", "bao nhiêu tiền")]
    model = trained_elsewhere(sentences)
    mask = masked("giá vé đi quy nhơn", [{"entity": "city", "start": 10, "end": 18}])
    assert mask.split() == ["giá", "vé", "đi", "slot_city_"]
    assert read_elsewhere(mask, model).intent == "airfare"


def test_data_of_one_intent_teaches_that_intent():
    model = trained_elsewhere([("bật đèn", "on"), ("bật quạt", "on")])
    assert read_elsewhere("tắt đèn", model).ranking == (("on", 1.0),)


def test_two_sentences_that_share_no_word_are_told_apart():
    model = trained_elsewhere([("xin chào", "hi"), ("tạm biệt", "bye")])
    assert read_elsewhere("chào", model).intent == "hi"


def test_words_that_a_segmenter_joined_are_judged_like_the_same_words_apart():
    slot = [{"entity": "city", "start": 10, "end": 18}]
    assert masked("giá_vé_đi quy_nhơn", slot) == masked("giá vé đi quy nhơn", slot)


def test_a_word_that_vietnamese_cannot_spell_is_a_name_where_names_stand():
    cities = ("hamburg", "krasnodar", "bergen", "lisboa", "glasgow", "praha", "bristol", "odessa")
    others = ("ngay", "sớm", "luôn", "thôi", "đâu", "mau", "xa", "nhanh")
    seen = [flight(f"đi {city}|to") for city in cities] + [flight(f"đi {word}") for word in others]
    model = SlotModel().fit(seen)
    assert spans(model.tags(["đi", "stockholm"])) == [Span("to", 1, 2)]
    assert spans(model.tags(["đi", "chơi"])) == []


def test_values_are_exchanged_for_others_of_their_kind_and_stay_tagged():
    sentences_ = flights()
    lexicon = Lexicon.of(sentences_)
    made = Exchange(sentences_, lexicon, random.Random(3)).some()
    assert made
    assert made != Exchange(sentences_, lexicon, random.Random(4)).some()
    known = {tuple(flat(word) for word in city.split()) for city in CITIES}
    for sentence in made:
        for span in spans(sentence.tags):
            assert tuple(map(flat, sentence.words[span.start : span.end])) in known


def test_a_slot_seen_once_and_sentences_without_any_are_learned_beside_others():
    model = SlotModel().fit([*flights(), flight("ghế hạng|class nhất|+"), flight("chào bạn")])
    assert spans(model.tags("ghế hạng nhất".split())) == [Span("class", 1, 3)]


def test_slots_hold_without_diacritics():
    model = SlotModel().fit(flights())
    assert [s.slot for s in spans(model.tags("ve den ha noi tu can tho".split()))] == ["to", "from"]


def test_spans_are_counted_as_conll_counts_them():
    tags = ["B-a", "I-a", "B-a", "O", "I-b", "I-c"]
    assert spans(tags) == [Span("a", 0, 2), Span("a", 2, 3), Span("b", 4, 5), Span("c", 5, 6)]


def training_sentences() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "nlu" / "data").glob("*.yml")):
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.strip()[2:] for line in group["examples"].splitlines() if line.strip()]
            found.setdefault(group["intent"], []).extend(lines)
    return found


def test_every_intent_has_sixty_sentences_of_its_own():
    few = {intent: len(set(lines)) for intent, lines in training_sentences().items()}
    assert {intent: count for intent, count in few.items() if count < 60} == {}


def test_no_sentence_has_two_intents():
    where = Counter[str]()
    for lines in training_sentences().values():
        where.update({line.lower() for line in lines})
    assert [line for line, count in where.items() if count > 1] == []


@pytest.mark.parametrize("group", OWN_TESTS)
def test_no_test_sentence_was_trained(group):
    trained = {line.lower() for lines in training_sentences().values() for line in lines}
    tests = [case.text for case in own_cases() if case.group == group]
    assert [text for text in tests if text.lower() in trained] == []
