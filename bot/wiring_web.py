"""The door in the browser, put together from the storage, the counter and the settings."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field

import segno
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.basics.errors import Undeliverable
from bot.basics.history import Position, Said
from bot.basics.ids import ConversationId, DossierCode, FileId, ProcedureCode
from bot.basics.messages import Inbound, RemoteFile
from bot.basics.settings import Settings
from bot.basics.vietnamese.text import fold
from bot.channels.webchat import CHANNEL, Hub, WebSender
from bot.counter.forms import procedure_of
from bot.counter.look_up import Glimpse, look_up
from bot.counter.papers import blank_name
from bot.counter.ports import Desk
from bot.notifications.ports import FileToSend
from bot.procedures.office import Office
from bot.storage.vault import Vault
from bot.web.app import Doors, make_app
from bot.web.ports import BlankForm, SignedWebhook, Webhook
from bot.web.serve import WebServer
from bot.web.site import OtherDoor, Site
from bot.web.spool import Spool
from bot.wiring import OutgoingFiles, Parts


@dataclass(frozen=True)
class WebDoor:
    """The chat in the browser. `sender` and `fetch` are its way out and in; `server` its front."""

    parts: Parts
    spool: Spool
    hub: Hub = field(default_factory=Hub)

    @classmethod
    def of(cls, parts: Parts) -> WebDoor:
        """The door for these parts."""
        chosen = parts.settings
        vault = Vault.open_with(chosen.encryption_keys.get_secret_value(), chosen.data_dir)
        return cls(parts, Spool(chosen.data_dir / "uploads", vault))

    @property
    def sender(self) -> WebSender:
        """The way out."""
        return WebSender(self.hub)

    async def fetch(self, file: RemoteFile) -> bytes:
        """The content of an upload. Raises `Undeliverable`."""
        return await self.spool.fetch(file)

    def server(
        self,
        hear: Callable[[Inbound], bool],
        telegram: Webhook | None = None,
        zalo: SignedWebhook | None = None,
        zalo_bot: Webhook | None = None,
    ) -> WebServer:
        """The web server. `hear` keeps a message for its turn; False if it was kept before."""
        parts = self.parts
        conversations = WebConversations(parts, hear)
        doors = Doors(
            conversations=conversations,
            spool=self.spool,
            hub=self.hub,
            healthy=conversations.is_healthy,
            tracking=WebTracking(parts),
            telegram=telegram,
            zalo=zalo,
            zalo_bot=zalo_bot,
            blank_forms=WebBlankForms(parts.desk),
            tickets=parts.links.tickets if parts.links else None,
        )
        app = make_app(
            make_site(parts.settings, parts.desk.office), doors, parts.desk.wording, parts.clock
        )
        chosen = parts.settings
        return WebServer(app, self.hub, chosen.host, chosen.port, chosen.trusted_proxies)


class WebConversations:
    """The conversations of the web door. See `web.ports.Conversations`."""

    def __init__(self, parts: Parts, hear: Callable[[Inbound], bool]) -> None:
        self._storage, self._hear = parts.storage, hear
        self._files = OutgoingFiles(parts.storage)

    def receive(self, inbound: Inbound) -> bool:
        """Keeps a message and sees that its turn comes; False if it was kept before."""
        return self._hear(inbound)

    def after(self, conversation: ConversationId, position: Position) -> list[Said]:
        """Everything said in the conversation after `position`, oldest first."""
        with self._storage.look() as work:
            return work.history.after(conversation, position)

    def news(self, position: Position | None) -> tuple[Position, frozenset[ConversationId]]:
        """The web conversations with something new after `position`; None: where the end is now."""
        with self._storage.look() as work:
            if position is None:
                return work.history.end(), frozenset()
            return work.history.news(CHANNEL, position)

    def file(self, conversation: ConversationId, file: FileId) -> FileToSend:
        """A file that was sent in this conversation. Raises `Undeliverable` for any other."""
        with self._storage.look() as work:
            if not work.history.holds(conversation, file):
                raise Undeliverable("file.gone")
        return self._files.fetch(file)

    def is_healthy(self) -> bool:
        """Whether the database answers."""
        try:
            with self._storage.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True


class WebTracking:
    """Dossiers for whoever has the code. See `web.ports.Tracking`."""

    def __init__(self, parts: Parts) -> None:
        self._storage, self._clock = parts.storage, parts.clock

    def look_up(self, code: DossierCode, client: str) -> Glimpse | None:
        """What may be seen of the dossier; None if there is none. Raises `TooManyTries`."""
        with self._storage.work() as work:
            return look_up(work, code, client, self._clock.now())


class WebBlankForms:
    """The catalogue's forms, to print. See `web.ports.BlankForms`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def listed(self) -> list[BlankForm]:
        """All of them, by the name of the procedure."""
        found = (
            BlankForm(one.code, one.name, one.form.name, one.form.number)
            for one in self._desk.catalogue.written
            if one.form
        )
        return sorted(found, key=lambda form: fold(form.procedure))

    def pdf(self, code: ProcedureCode) -> FileToSend | None:
        """The form of this procedure; None if it has none."""
        procedure = procedure_of(self._desk, code)
        if procedure is None or procedure.form is None:
            return None
        pdf = self._desk.documents.blank(procedure.form)
        return FileToSend(blank_name(procedure.form), "application/pdf", pdf)


def make_site(chosen: Settings, office: Office) -> Site:
    """What the pages say about this installation."""
    listed = {"Telegram": chosen.telegram_url, "Zalo": chosen.zalo_url}
    return Site(
        address=chosen.address,
        office=office.name,
        phone=office.phone,
        is_demo=office.is_demo,
        max_file_mb=chosen.max_file_mb,
        zalo_verification=chosen.zalo_verification,
        embed_origins=tuple(o.strip() for o in chosen.embed_origins.split(",") if o.strip()),
        other_doors=tuple(OtherDoor(name, url, _qr(url)) for name, url in listed.items() if url),
    )


def _qr(url: str) -> str:
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=1)
    return drawn.getvalue().decode()
