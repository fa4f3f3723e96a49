"""Every setting, its default and its meaning. Nothing else reads the environment."""

from __future__ import annotations

import difflib
import os
from datetime import datetime
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.basics.errors import Misconfigured

PREFIX = "MOTCUA_"
_ORIGIN = r"https?://[A-Za-z0-9.-]+(:\d+)?"
_LINK = r"^(https://\S+)?$"


class Settings(BaseSettings):
    """All settings. In the environment or in `.env`, each name begins with `MOTCUA_`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="forbid", frozen=True
    )

    data_dir: Path = Field(Path("var"), description="folder for the database, files and keys")
    database_url: str = Field(
        "",
        description="SQLAlchemy URL; empty: SQLite in data_dir; postgresql+psycopg://… in service",
    )
    encryption_keys: SecretStr = Field(
        SecretStr(""),
        description="Fernet keys, comma-separated, newest first; empty: one is made in data_dir",
    )
    files_url: str = Field(
        "",
        pattern=r"^(s3://[^\s/]+(/\S*)?)?$",
        description="where encrypted files are kept: s3://bucket/folder; empty: in data_dir",
    )
    s3_endpoint: str = Field(
        "",
        pattern=r"^(https?://\S+)?$",
        description="address of an S3-compatible store; empty: Amazon's own",
    )
    s3_region: str = Field("us-east-1", description="region of the S3 store")
    s3_key_id: SecretStr = Field(SecretStr(""), description="access key id of the S3 store")
    s3_secret_key: SecretStr = Field(SecretStr(""), description="secret access key of the S3 store")
    models_dir: Path = Field(Path("models"), description="folder of trained models")
    catalogue_dir: Path = Field(
        Path(__file__).parent.parent / "catalogue", description="procedures, forms and wording"
    )
    office: str = Field(
        "demo", description="the office that runs this, a file in catalogue/units/offices"
    )
    now: datetime | None = Field(
        None, description="start the clock at this moment (for demonstrations and tests)"
    )

    host: str = Field("127.0.0.1", description="address the web server listens on")
    port: int = Field(8080, ge=0, le=65535, description="port the web server listens on")
    public_url: str = Field("", description="https address citizens see; empty: http://host:port")
    trusted_proxies: str = Field(
        "127.0.0.1", description="addresses of proxies whose X-Forwarded-For is believed"
    )
    embed_origins: str = Field(
        "",
        pattern=rf"^({_ORIGIN}(\s*,\s*{_ORIGIN})*)?$",
        description="sites that may show the chat in a frame, comma-separated: https://ubnd.example",
    )
    telegram_url: str = Field(
        "", pattern=_LINK, description="t.me address shown on the web; empty: not shown"
    )
    zalo_url: str = Field(
        "", pattern=_LINK, description="zalo.me address shown on the web; empty: not shown"
    )

    telegram_token: SecretStr = Field(
        SecretStr(""), description="bot token; empty: Telegram is off"
    )
    telegram_mode: str = Field(
        "polling", pattern="^(polling|webhook)$", description="how updates come: polling or webhook"
    )
    telegram_secret: SecretStr = Field(
        SecretStr(""), description="webhook secret token, 1–256 of A–Z a–z 0–9 _ -"
    )
    telegram_papers: str = Field(
        "file",
        pattern="^(file|link)$",
        description="link: papers go in and out over this server's own pages, not over Telegram's",
    )
    telegram_api: str = Field(
        "https://api.telegram.org", description="Bot API server (another one for tests)"
    )

    zalo_oa_id: str = Field(
        "", pattern=r"^[0-9]{0,40}$", description="id of the Official Account; empty: Zalo is off"
    )
    zalo_app_id: str = Field(
        "", pattern=r"^[0-9]{0,40}$", description="id of the app that acts for the Official Account"
    )
    zalo_app_secret: SecretStr = Field(
        SecretStr(""), description="secret of that app, for getting access tokens"
    )
    zalo_oa_secret: SecretStr = Field(
        SecretStr(""), description="OA Secret Key of the console's Webhook page; not the app's"
    )
    zalo_verification: str = Field(
        "",
        pattern=r"^[A-Za-z0-9_-]{0,100}$",
        description="code with which Zalo's console verifies our domain: zalo_verifier<code>.html",
    )
    zalo_signature: str = Field(
        "enforce",
        pattern="^(log|enforce)$",
        description="log: only watch what signs Zalo's events; enforce: drop what is not signed",
    )
    zalo_signed_with: str = Field(
        "app_id+oa_secret",
        pattern=r"^(app_id|oa_id)\+(oa_secret|app_secret)$",
        description="what Zalo's signatures are made of; change it only if the log says so",
    )
    zalo_window_hours: int = Field(
        168,
        ge=1,
        le=168,
        description="how long after a citizen's last message we write; beyond 48 Zalo charges",
    )
    zalo_templates: str = Field(
        "",
        pattern=r"^([a-z_]+=[0-9]{1,20}(\s*,\s*[a-z_]+=[0-9]{1,20})*)?$",
        description="ids of approved templates: cap_nhat=301234,can_lam=301235; empty: none",
    )
    zalo_info_card: str = Field(
        "",
        pattern=_LINK,
        description="picture on Zalo's form that asks for a phone number; empty: it is typed",
    )
    zalo_api: str = Field(
        "https://openapi.zalo.me", description="OpenAPI server (another one for tests)"
    )
    zalo_business_api: str = Field(
        "https://business.openapi.zalo.me",
        description="server for templates sent to phone numbers (another one for tests)",
    )
    zalo_oauth: str = Field(
        "https://oauth.zaloapp.com",
        description="server that issues the access tokens (another one for tests)",
    )
    zalo_bot_token: SecretStr = Field(
        SecretStr(""), description="token of a bot on Zalo's Bot Platform; empty: it is off"
    )
    zalo_bot_secret: SecretStr = Field(
        SecretStr(""),
        description="webhook secret of that bot, 8–256 characters; empty: it is polled",
    )
    zalo_bot_api: str = Field(
        "https://bot-api.zaloplatforms.com", description="Bot Platform (another one for tests)"
    )

    officer_talk_minutes: int = Field(
        120, ge=1, le=10080, description="how long the assistant is quiet where an officer wrote"
    )
    max_file_mb: int = Field(10, ge=1, le=50, description="largest file a citizen may send, MB")
    log_level: str = Field(
        "info", pattern="^(info|warning|error)$", description="least severe event that is logged"
    )

    @property
    def database(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{self.data_dir / 'motcua.db'}"

    @property
    def address(self) -> str:
        """The web address citizens see, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def read(**overrides: object) -> Settings:
    """The settings in force. Raises `Misconfigured` with every wrong setting and its meaning."""
    problems = [_unknown(name) for name in sorted(os.environ) if _is_unknown(name)]
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks each of them
    except ValidationError as error:
        raise Misconfigured([*problems, *map(_explain, error.errors())]) from error
    if problems:
        raise Misconfigured(problems)
    return settings


def _is_unknown(name: str) -> bool:
    return (
        name.startswith(PREFIX) and name.removeprefix(PREFIX).lower() not in Settings.model_fields
    )


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name.removeprefix(PREFIX).lower(), Settings.model_fields, 1)
    hint = f" — did you mean {PREFIX}{near[0].upper()}?" if near else ""
    return f"{name}: there is no such setting{hint}"


def _explain(problem: ErrorDetails) -> str:
    name = str(problem["loc"][0]).removeprefix(PREFIX.lower()) if problem["loc"] else ""
    if problem["type"] == "extra_forbidden":
        return _unknown(PREFIX + name.upper())
    field = Settings.model_fields.get(name)
    meaning = f" — {field.description}" if field else ""
    return f"{PREFIX}{name.upper()}: {problem['msg']}{meaning}"
