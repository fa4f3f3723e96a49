"""One action for each use case that a rule in stories/rules.yml calls."""

from __future__ import annotations

from actions.translate import CounterAction, UseCase
from bot.counter import ask, file, listing, outside, privacy, supplement, talk, track, withdraw
from bot.counter.meant import if_meant

_INTRODUCES_ITSELF = "action_greet"


def _action(name: str, use_case: UseCase) -> type[CounterAction]:
    """A class, because rasa_sdk builds actions from classes and with no arguments."""
    return type(
        "".join(part.capitalize() for part in name.split("_")),
        (CounterAction,),
        {
            "name": lambda _: name,
            "use_case": staticmethod(use_case),
            "introduces": name != _INTRODUCES_ITSELF,
        },
    )


ACTIONS = [
    _action(name, use_case)
    for name, use_case in {
        "action_answer": ask.answer,
        "action_list": if_meant(listing.list_procedures),
        "action_start_filing": file.start,
        "action_resume_filing": if_meant(file.resume),
        "action_put_aside": if_meant(file.put_aside),
        "action_track": if_meant(track.track),
        "action_supplement": if_meant(supplement.supplement),
        "action_withdraw": if_meant(withdraw.withdraw),
        "action_greet": talk.greet,
        "action_plain": if_meant(talk.plain),
        "action_officer": talk.officer,
        "action_complain": talk.complain,
        "action_rate": if_meant(talk.rate),
        "action_privacy": if_meant(privacy.privacy),
        "action_outside_a_form": outside.outside_a_form,
        "action_out_of_scope": talk.out_of_scope,
    }.items()
]
