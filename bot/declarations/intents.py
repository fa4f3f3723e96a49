"""What the classifier's intents mean inside a declaration: a question that goes aside, or an order."""

from __future__ import annotations

from collections.abc import Mapping

from bot.basics.vietnamese.answers import Reply, yes_or_no
from bot.declarations.model import Heard
from bot.declarations.phrases import Order, Phrases

QUESTIONS = frozenset(
    """ask_procedure_overview ask_documents ask_fee ask_time ask_where ask_steps ask_conditions
    ask_form ask_result ask_legal_basis ask_online_level ask_channel ask_level_definition
    ask_level_difference ask_benefits ask_risks ask_how_to_use list_procedures check_status_by_code
    check_status_by_id result_delivery pay_fee pay_issue complain talk_to_officer privacy_delete
    report_scam abusive bot_capability greet thanks_bye start_filing resume_filing withdraw_dossier
    subscribe_updates rate_service out_of_scope supplement_dossier""".split()
)
"""Intents that answer no field: the loop steps aside for them. Each has a rule in stories/rules.yml."""

ORDERS: Mapping[str, Order] = {
    "go_back": Order.BACK,
    "skip": Order.SKIP,
    "cancel_filing": Order.PAUSE,
    "ask_field_help": Order.HELP,
    "dont_know": Order.HELP,
}
"""Intents that are orders when the words could not be read as an answer."""

_SURE = 0.6
_VERY_SURE = 0.8


def is_aside(heard: Heard) -> bool:
    """Whether it is taken for a question where it is no answer; figures alone never are: `12/2015`."""
    return (
        any(map(str.isalpha, heard.text))
        and heard.intent in QUESTIONS
        and heard.confidence >= _SURE
    )


def is_surely_a_question(heard: Heard, phrases: Phrases) -> bool:
    """Whether it is a question even where any words would do as an answer: by its shape, too."""
    is_sure = heard.intent in QUESTIONS and heard.confidence >= _VERY_SURE
    return is_sure and phrases.is_question(heard.text)


def is_surely_rude(heard: Heard) -> bool:
    """Whether it is anger, where it would make an unusual answer: `đm bot ngu` for a name."""
    return heard.intent == "abusive" and heard.confidence >= _VERY_SURE


def asks(heard: Heard, phrases: Phrases) -> bool:
    """Whether it may be a question: what else it says is then not proposed."""
    return heard.intent in QUESTIONS and phrases.is_question(heard.text)


def order_of(heard: Heard) -> Order | None:
    """The order that words mean which are no answer; a yes is none, and `dung` may be one."""
    if yes_or_no(heard.text) is Reply.YES:
        return None
    return ORDERS.get(heard.intent) if heard.confidence >= _VERY_SURE else None
