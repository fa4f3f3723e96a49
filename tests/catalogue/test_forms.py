"""Every form: complete, consistent, walkable by words and by buttons, printable, true to its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.basics import yaml12
from bot.basics.ids import FieldId, MessageId
from bot.declarations import checks, derive
from bot.declarations.asking import Asker
from bot.declarations.kinds import KINDS, ROLES
from bot.declarations.kinds.model import Ok, Question, Unsure
from bot.declarations.model import Draft, Heard
from bot.declarations.path import PAPERS, Stop
from bot.documents.typst_documents import TEMPLATES, TypstDocuments, template_of
from bot.procedures.model import Confidence, Field, Form, Procedure
from bot.procedures.read import read_form, read_procedure
from bot.procedures.shelf import Shelf
from tests.build import CATALOGUE, PLACES, a_draft, a_loop, an_asker, at, example_lines
from tests.catalogue.shared_forms import ELSEWHERE, LET_SKIP, OURS
from tests.unit.documents.reading_pdf import text_of, untold

SHELF = Shelf(CATALOGUE)
FORMS = {name: read_form(name, SHELF) for name in SHELF.forms}
PROCEDURES = [read_procedure(path, SHELF) for path in SHELF.procedure_files()]
FILED = [procedure for procedure in PROCEDURES if procedure.form]
DOCUMENTS = TypstDocuments()
SHARED = Path(__file__).parents[3] / "shared" / "domain" / "forms.yaml"
MOST_REPETITIONS = 2
MEANS_MORE = frozenset(("yes_no", "consent", "integer"))
"""Kinds that read a plain no as an answer of its own."""
FACTS = frozenset(
    """ho_ten ngay_sinh gioi_tinh so_dinh_danh loai_giay_to so_giay_to ngay_cap noi_cap loai_cu_tru
    dia_chi dien_thoai email dan_toc quoc_tich noi_sinh que_quan quan_he loai_khai_sinh
    co so ngay noi ten von ngay_mat noi_mat nguyen_nhan""".split()
)

every_form = pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
every_filed = pytest.mark.parametrize("procedure", FILED, ids=[each.code for each in FILED])


def fields_of(form: Form) -> Iterator[Field]:
    """Every field that can be asked."""
    return (field for field in form.fields if not field.hidden)


def walk(form: Form, answer: Callable[[Asker, Draft, Stop], Any]) -> Draft:
    """The draft when every question was answered with what `answer` gives."""
    asker, draft = an_asker(form), a_draft()
    for _ in range(500):
        stop = asker.path(draft).first_open(draft.answers)
        if stop is None:
            return draft
        draft = draft.answered(stop.id, answer(asker, draft, stop))
    raise AssertionError(f"{form.id} never ends")


def read(asker: Asker, draft: Draft, stop: Stop, text: str) -> Any:
    """The value of what is typed, or of the first thing it may mean."""
    reading = KINDS[stop.field.kind].read(text, asker.question(draft, stop))
    if isinstance(reading, Unsure) and reading.choices:
        return reading.choices[0].value
    assert isinstance(reading, Ok), f"{stop.id}: {text!r} is no answer: {reading}"
    return reading.value


# --- what it says -------------------------------------------------------------------------------


@every_form
def test_every_question_has_a_label_words_help_and_an_example(form: Form) -> None:
    for field in fields_of(form):
        assert field.label, field.id
        assert field.ask, field.id
        assert field.help, field.id
        assert field.example, field.id
        assert field.ask[0].isupper(), field.ask
        assert field.ask.rstrip()[-1] in ".?", field.ask
        assert field.help.rstrip()[-1] in ".?”", field.help
        assert "{" not in f"{field.label}{field.ask}{field.help}", field.id


@every_form
def test_whether_there_is_another_one_is_explained_too(form: Form) -> None:
    for section in form.sections:
        if section.repeat:
            assert re.search(r"[.?”]$", section.repeat.help), section.id


@every_form
def test_nobody_is_asked_in_office_language(form: Form) -> None:
    for field in fields_of(form):
        said = f"{field.ask} {field.help}"
        assert not re.search(r"\b(UBND|CCCD|CMND|GCN|BHYT|HKD|TTHC|nyc)\b", said), said
        assert not re.search(r"\b(huyện|thị xã|thị trấn)\b", said) or "không còn" in said, said


@every_form
def test_people_are_called_as_people_call_them(form: Form) -> None:
    official = "người yêu cầu|người được đề nghị|người được cấp giấy|người có hộ tịch"
    for field in fields_of(form):
        assert not re.search(official, field.ask.lower()), field.ask


@every_form
def test_help_says_where_to_look_and_not_only_that_it_may_be_skipped(form: Form) -> None:
    only_skips = r"(Không bắt buộc\.\s*|Không (nhớ|có|biết|rõ) thì( anh/chị)? bỏ qua\.\s*)+"
    for field in fields_of(form):
        assert not re.fullmatch(only_skips, field.help), f"{field.id}: {field.help}"


@every_form
def test_every_example_is_an_answer(form: Form) -> None:
    for field in fields_of(form):
        question = Question(field, at(19).date(), PLACES)
        reading = KINDS[field.kind].read(field.example, question)
        assert isinstance(reading, Ok | Unsure), f"{field.id}: {field.example!r}: {reading}"


@every_form
def test_every_way_to_say_an_option_means_it(form: Form) -> None:
    for field in fields_of(form):
        for option in field.options:
            for way in (option.label, *option.also):
                reading = KINDS[field.kind].read(way, Question(field, at(19).date(), PLACES))
                assert isinstance(reading, Ok), f"{field.id}: {way}: {reading}"
                assert reading.value in (option.id, [option.id]), f"{field.id}: {way}"


@every_form
def test_no_two_fields_share_an_id(form: Form) -> None:
    ids = [field.id for field in form.fields]
    assert len(set(ids)) == len(ids)
    sections = [section.id for section in form.sections]
    assert len(set(sections)) == len(sections)


# --- what it names exists -----------------------------------------------------------------------


@every_form
def test_conditions_and_derivations_look_back_at_fields_that_are_there(form: Form) -> None:
    known: dict[str, Field] = {}
    for section in form.sections:
        check_condition(section.when, known)
        for field in section.fields:
            check_condition(field.when, known)
            if field.derive:
                assert field.derive.rule in derive.RULES
                assert set(field.derive.of) <= set(known), field.id
            known[field.id] = field


def check_condition(when: Mapping[str, Any], known: Mapping[str, Field]) -> None:
    """Every field named is known, and can have the values it should have."""
    for name, wanted in when.items():
        assert name in known, name
        values = wanted if isinstance(wanted, list | tuple) else [wanted]
        field = known[name]
        if field.kind == "yes_no":
            assert set(values) <= {True, False}, name
        elif field.options:
            assert set(values) <= {option.id for option in field.options}, name


@every_form
def test_checks_name_rules_and_fields_that_are_there(form: Form) -> None:
    known = {field.id for field in form.fields}
    for check in form.cross_checks:
        assert check.rule in checks.RULES
        assert check.message.endswith(".")
        assert {FieldId(re.sub(r"\[-?\d+\]", "", name)) for name in check.fields} <= known


@every_form
def test_it_names_people_kinds_roles_and_a_layout_that_are_there(form: Form) -> None:
    known = {field.id for field in form.fields}
    assert len(known) == len(form.fields), "a question stands there twice"
    assert {form.applicant, form.subject} <= known
    assert (TEMPLATES / f"{template_of(form)}.typ").exists()
    for field in form.fields:
        assert not field.role or field.role in ROLES[field.kind], field.id
        owner, _, fact = field.profile.rpartition(".")
        assert not fact or fact in FACTS, field.id
        assert not owner or owner in form.people, field.id
    for section in form.sections:
        if section.repeat:
            assert all(field.id.startswith(f"{section.id}.") for field in section.fields)


@every_filed
def test_papers_are_asked_for_in_words_and_when_the_form_says_so(procedure: Procedure) -> None:
    assert procedure.form is not None
    known = {field.id: field for field in procedure.form.fields}
    for upload in procedure.uploads:
        assert upload.id not in known
        assert upload.name
        assert upload.ask.endswith((".", "?"))
        assert upload.help.endswith(".")
        check_condition(upload.when, known)
    assert {form.form for form in procedure.forms} == {procedure.form.id}
    if procedure.uploads:
        assert any(section.id == PAPERS for section in procedure.form.sections)


def test_every_form_is_filed_somewhere() -> None:
    assert {each.form.id for each in FILED if each.form} == set(FORMS)


# --- it can be walked ---------------------------------------------------------------------------


@every_form
def test_the_example_walks_to_the_end_and_says_nothing_else(form: Form) -> None:
    asked = set()

    def typed(asker: Asker, draft: Draft, stop: Stop) -> Any:
        asked.add(stop.id)
        value = read(asker, draft, stop, str(form.example[stop.id]))
        values = asker.path(draft.answered(stop.id, value)).values
        broken = checks.disagreements(form.cross_checks, stop.id, values, asker.today)
        assert not broken, f"{stop.id}: {broken[0].message}"
        return value

    draft = walk(form, typed)
    assert an_asker(form).is_complete(draft)
    assert set(form.example) == asked


@every_form
def test_whatever_is_optional_can_be_skipped(form: Form) -> None:
    def shortest(asker: Asker, draft: Draft, stop: Stop) -> Any:
        if not stop.field.required:
            return None
        if stop.is_gate:
            return False
        return read(asker, draft, stop, str(form.example.get(stop.id) or stop.field.example))

    assert an_asker(form).is_complete(walk(form, shortest))


@pytest.mark.parametrize("words", ["không", "dạ không ạ", "không có", "bỏ qua"])
@every_form
def test_a_plain_no_leaves_out_what_is_optional(form: Form, words: str) -> None:
    loop = a_loop(an_asker(form))

    def declined(asker: Asker, draft: Draft, stop: Stop) -> Any:
        if stop.field.required or stop.field.options or stop.field.kind in MEANS_MORE:
            return example_of(asker, draft, stop)
        heard = Heard(MessageId(f"{stop.id} {words}"), words)
        answers = loop.hear(draft.having(asking=stop.id), heard).draft.answers
        assert answers.get(stop.id, "asked again") is None, stop.id
        return None

    def example_of(asker: Asker, draft: Draft, stop: Stop) -> Any:
        if stop.is_gate:
            return False
        return read(asker, draft, stop, str(form.example.get(stop.id) or stop.field.example))

    walk(form, declined)


@pytest.mark.parametrize("place", range(6))
@every_form
def test_buttons_alone_walk_wherever_there_are_choices(form: Form, place: int) -> None:
    def pressed(asker: Asker, draft: Draft, stop: Stop) -> Any:
        if stop.is_gate:
            return stop.number <= MOST_REPETITIONS
        choices = KINDS[stop.field.kind].choices(asker.question(draft, stop))
        if choices:
            return choices[place % len(choices)].value
        return read(asker, draft, stop, stop.field.example)

    asker, draft = an_asker(form), walk(form, pressed)
    assert asker.is_complete(draft)
    assert all(line.value for line in asker.lines(draft))


# --- it is printed ------------------------------------------------------------------------------


@every_form
def test_it_has_the_layout_of_its_official_form(form: Form) -> None:
    assert form.print


@every_form
def test_every_answer_is_in_print(form: Form) -> None:
    lines = example_lines(form)
    assert not untold(form, lines, text_of(DOCUMENTS.declaration(form, lines, at(20))))


# --- it is what the ministries ask --------------------------------------------------------------


@pytest.fixture(scope="module")
def shared() -> Mapping[str, Any]:
    """The official forms, field by field."""
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not there: nothing says which fields the official forms have")
    forms: Mapping[str, Any] = yaml12.read(SHARED)["forms"]
    return forms


def test_every_official_field_is_asked_derived_or_sent(shared: Mapping[str, Any]) -> None:
    missing = []
    for name, official in shared.items():
        known = {field.id for ours in OURS.get(name, (name,)) for field in FORMS[ours].fields}
        known |= {upload.id for each in filed_with(name) for upload in each.uploads}
        for field in official["fields"]:
            ours = ELSEWHERE.get((name, field["id"]), (field["id"],))
            missing += [f"{name}.{field['id']}: {one}" for one in ours if one not in known]
    assert not missing
    assert sum(len(official["fields"]) for official in shared.values()) == 440


def filed_with(name: str) -> list[Procedure]:
    """The procedures filed with the official form of this name."""
    return [each for each in FILED if each.form and each.form.id in OURS.get(name, (name,))]


def test_nothing_official_can_be_skipped_but_what_is_listed(shared: Mapping[str, Any]) -> None:
    skipped = {
        (name, field["id"])
        for name, official in shared.items()
        for field in official["fields"]
        for ours in OURS.get(name, (name,))
        for known in FORMS[ours].fields
        if known.id == field["id"] and field["required"] and not known.required
    }
    assert skipped == LET_SKIP


def test_the_portals_own_names_are_kept(shared: Mapping[str, Any]) -> None:
    for name, official in shared.items():
        for field in official["fields"]:
            for ours in OURS.get(name, (name,)):
                for known in FORMS[ours].fields:
                    if known.id == field["id"]:
                        assert known.portal_key == field.get("portal_key", ""), known.id


def test_what_is_unsure_is_marked(shared: Mapping[str, Any]) -> None:
    for name, official in shared.items():
        for ours in OURS.get(name, (name,)):
            form = FORMS[ours]
            assert form.source.confidence == Confidence(official["conf"]), ours
            for field in official["fields"]:
                for known in form.fields:
                    if known.id == field["id"] and "conf" in field:
                        assert known.confidence == Confidence(field["conf"]), known.id
