"""The doors to Zalo, put together from the storage and the settings."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from bot.basics import yaml12
from bot.basics.clock import Clock
from bot.basics.errors import Misconfigured
from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound, Kind
from bot.basics.say import Command
from bot.basics.settings import Settings
from bot.basics.wording import Wording
from bot.channels.zalo import Reachable, ZaloDoor
from bot.channels.zalo_api import ZaloApi, connect
from bot.channels.zalo_bot import ZaloBotApi, ZaloBotDoor
from bot.channels.zalo_bot_webhook import ZaloBotWebhook
from bot.channels.zalo_media import Media
from bot.channels.zalo_oauth import OAuth
from bot.channels.zalo_read import Receipt, Takeover, Withdrawal
from bot.channels.zalo_send import Office, ZaloSender
from bot.channels.zalo_show import Card
from bot.channels.zalo_template import TRACKED, TemplateSender
from bot.channels.zalo_tokens import Tokens
from bot.channels.zalo_webhook import Signing, ZaloWebhook
from bot.counter.takeover import take_over
from bot.jobs.fetch import Fetch
from bot.notifications.ports import Sender
from bot.storage.grants import StoredGrants
from bot.storage.uploads import StoredUploads
from bot.storage.vault import Vault
from bot.wiring import OutgoingFiles, Parts

Hear = Callable[[Inbound], bool]


@dataclass(frozen=True)
class Account:
    """One Official Account, as far as it can be called."""

    id: str
    grants: StoredGrants
    oauth: OAuth
    api: ZaloApi
    business: ZaloApi
    """The server for telephone numbers."""
    media: Media

    @classmethod
    def of(cls, chosen: Settings, engine: Engine, clock: Clock) -> Account:
        """The account of these settings; its tokens are in the database behind `engine`.

        Raises `Misconfigured` with every setting that is missing.
        """
        given = {
            "ZALO_OA_ID": chosen.zalo_oa_id,
            "ZALO_APP_ID": chosen.zalo_app_id,
            "ZALO_APP_SECRET": chosen.zalo_app_secret.get_secret_value(),
        }
        if missing := [f"MOTCUA_{name}: needed for Zalo" for name in given if not given[name]]:
            raise Misconfigured(missing)
        vault = Vault.open_with(chosen.encryption_keys.get_secret_value(), chosen.data_dir)
        grants, client = StoredGrants(engine, vault), connect()
        secret = chosen.zalo_app_secret.get_secret_value()
        oauth = OAuth(client, chosen.zalo_app_id, secret, chosen.zalo_oauth.rstrip("/"))
        tokens = Tokens(chosen.zalo_oa_id, grants, oauth, clock)
        api = ZaloApi(client, tokens, chosen.zalo_api)
        business = ZaloApi(client, tokens, chosen.zalo_business_api)
        media = Media(client, chosen.zalo_api)
        return cls(chosen.zalo_oa_id, grants, oauth, api, business, media)


@dataclass(frozen=True)
class Zalo:
    """The doors to Zalo that the settings open: an Official Account, a bot, both or none."""

    official: ZaloDoor | None = None
    webhook: ZaloWebhook | None = None
    bot: ZaloBotDoor | None = None
    bot_webhook: ZaloBotWebhook | None = None

    @classmethod
    def of(cls, parts: Parts, hear: Hear, reachable: Reachable) -> Zalo:
        """The doors. `hear` keeps a message for its turn. Raises `Misconfigured`."""
        chosen = parts.settings
        official = _official(parts, hear, reachable) if chosen.zalo_oa_id else None
        webhook = ZaloWebhook(official.take, _signing(chosen)) if official else None
        bot = _bot(parts, hear) if chosen.zalo_bot_token.get_secret_value() else None
        secret = chosen.zalo_bot_secret.get_secret_value()
        hook = ZaloBotWebhook(bot.take, secret) if bot and secret else None
        return cls(official, webhook, bot, hook)

    def ways(self) -> Iterator[tuple[str, Sender, Fetch]]:
        """For each door its channel, its way out, and its way to the files citizens send."""
        if self.official:
            yield self.official.sender.channel, self.official.sender, self.official.fetch
        if self.bot:
            yield self.bot.channel, self.bot, self.bot.fetch

    def doors(self, stop: asyncio.Event) -> Iterator[Coroutine[Any, Any, None]]:
        """What runs while they are open, until `stop` is set."""
        if self.official:
            yield self.official.run(stop)
        if self.bot:
            yield self.bot.run(stop, polls=self.bot_webhook is None)


def _official(parts: Parts, hear: Hear, reachable: Reachable) -> ZaloDoor:
    chosen, storage, clock = parts.settings, parts.storage, parts.clock
    account = Account.of(chosen, storage.engine, clock)
    told = _Told(parts, hear)
    sender = ZaloSender(
        account.api,
        _office(chosen),
        account.grants,
        StoredUploads(storage.engine),
        OutgoingFiles(storage),
        told.last_heard,
        clock,
        TemplateSender(account.api, account.business, clock),
    )
    return ZaloDoor(
        account.id,
        account.api,
        sender,
        account.media,
        clock,
        heard=hear,
        reachable=reachable,
        last_heard=told.last_heard,
        withdrawn=told.withdrawn,
        taken_over=told.taken_over,
        arrived=told.arrived,
    )


class _Told:
    """What the door tells besides messages, and what becomes of it here."""

    def __init__(self, parts: Parts, hear: Hear) -> None:
        self._storage, self._desk, self._hear = parts.storage, parts.desk, hear

    def last_heard(self, conversation: ConversationId) -> datetime | None:
        """When the citizen was heard last."""
        with self._storage.look() as work:
            known = work.conversations.get(conversation)
        return known.heard_at if known else None

    def withdrawn(self, event: Withdrawal) -> None:
        """As if the citizen had pressed the button that erases what may be erased."""
        with self._storage.work() as work:
            command = Command("privacy_delete", {"erase": "1"})
            token = work.buttons.show(event.conversation, command)
        self._hear(Inbound(event.conversation, event.key, Kind.CLICK, event.at, token=token))

    def taken_over(self, event: Takeover) -> None:
        """The assistant is quiet where an officer wrote."""
        with self._storage.work() as work:
            take_over(work, self._desk, event.conversation, event.at)

    def arrived(self, receipt: Receipt) -> None:
        """What may have been sent was."""
        ours = re.fullmatch(rf"{TRACKED}([0-9]{{1,15}})", receipt.tracking)
        number = int(ours[1]) if ours else 0
        with self._storage.work() as work:
            work.sending.arrived(receipt.messages, receipt.conversation, number)


def _bot(parts: Parts, hear: Hear) -> ZaloBotDoor:
    chosen = parts.settings
    client = connect()
    api = ZaloBotApi(client, chosen.zalo_bot_token.get_secret_value(), chosen.zalo_bot_api)
    media = Media(client, chosen.zalo_bot_api)
    return ZaloBotDoor(api, media, _words(chosen), parts.clock, hear)


def _office(chosen: Settings) -> Office:
    words = _words(chosen)
    card = Card(words.render("card_title"), words.render("card_text"), chosen.zalo_info_card)
    window = timedelta(hours=chosen.zalo_window_hours)
    return Office(chosen.zalo_oa_id, words, window, card if chosen.zalo_info_card else None)


def _signing(chosen: Settings) -> Signing:
    return Signing(
        app_id=chosen.zalo_app_id,
        oa_id=chosen.zalo_oa_id,
        oa_secret=chosen.zalo_oa_secret.get_secret_value(),
        app_secret=chosen.zalo_app_secret.get_secret_value(),
        recipe=chosen.zalo_signed_with,
        enforced=chosen.zalo_signature == "enforce",
    )


def _words(chosen: Settings) -> Wording:
    return Wording(yaml12.read(chosen.catalogue_dir / "zalo.yml")["words"])
