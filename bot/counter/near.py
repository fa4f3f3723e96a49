"""The nearest office: by a place that was shared, or by the ward that was named when asked."""

from __future__ import annotations

from bot.basics.messages import Kind
from bot.basics.say import Say, say
from bot.counter.turn import Reply, Turn
from bot.procedures.office import Office
from bot.procedures.places import Place

TOO_FAR = 50.0
"""Kilometres: nobody should be sent that far while their own ward has an office."""


def near(turn: Turn) -> Reply | None:
    """What the message does to find an office; None if it is not about that."""
    message, asked = turn.message, turn.conversation.context.asked_ward
    if asked:
        turn.remember(asked_ward=False)
    if message.latitude is not None and message.longitude is not None:
        return Reply((_by_place(turn, message.latitude, message.longitude),))
    if message.kind is not Kind.TEXT or message.pressed:
        return None
    if turn.conversation.draft is None and turn.desk.phrases.asks("nearest", message.text):
        turn.remember(asked_ward=True)
        return Reply((Say("near.ask", asks_place=True),))
    found = _by_ward(turn) if asked else None
    return Reply((found,)) if found else None


def _by_place(turn: Turn, latitude: float, longitude: float) -> Say:
    nearest = turn.desk.offices.nearest(latitude, longitude)
    if nearest and nearest.km <= TOO_FAR:
        return _found(turn, nearest.office, km=nearest.km)
    turn.remember(asked_ward=turn.conversation.draft is None)
    return say("near.too_far", km=nearest.km if nearest else None, most=TOO_FAR)


def _by_ward(turn: Turn) -> Say | None:
    """The office of the ward that the words name; None if they name none."""
    resolved = turn.desk.places.resolve(turn.message.text)
    if resolved.status == "not_found":
        return None
    if resolved.place is None or not resolved.place.commune:
        turn.remember(asked_ward=True)
        names = [_named(place) for place in resolved.candidates]
        return say("near.which_ward", place=resolved.place, names=names)
    if office := turn.desk.offices.of_commune(resolved.place.commune_code):
        return _found(turn, office)
    return say("near.of_ward", place=resolved.place)


def _found(turn: Turn, office: Office, km: float | None = None) -> Say:
    sectors = turn.desk.catalogue.sectors
    accepts = [sectors[sector] for sector in office.accepts if sector in sectors]
    return say("near.found", office=office, km=km, accepts=accepts)


def _named(place: Place) -> str:
    return f"{place.commune}, {place.province}" if place.commune else place.province
