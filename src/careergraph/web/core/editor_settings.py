"""The groups of settings for editors: how people sign in, webhooks, imports, and sites that show previews."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from careergraph.editorial.access.oidc import settings as oidc
from careergraph.editorial.importers.jobs.settings import ImportSettings
from careergraph.editorial.preview.sites import parse_sites
from careergraph.editorial.webhooks.settings import Named, Settings
from careergraph.store.documents.documents import BY_TYPE
from careergraph.web.core.setting import ConfigProblem, Group, parsing, setting

_DOCUMENT_URL = re.compile(r"https?://[^\s{}]+(\{(type|slug)\}[^\s{}]*)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcSettings(Group):
    """The OpenID Connect provider that people sign in with. Needs the extra `oidc`."""

    prefix = "oidc_"
    issuer: str = setting(
        "",
        "The OpenID Connect provider: its issuer, an https address. Its tokens are sent as `Authorization: "
        "Bearer`. Needs the extra `oidc`.",
    )
    audience: str = setting("", "The audience of its tokens: the client, or the API, as the provider calls it.")
    roles: str = setting(
        "",
        "The provider's roles or groups with the role that each has here, with commas between, such as "
        "`careers-editors=editor, careers-admins=admin`. A person with none of them is no editor.",
    )
    role_claim: str = setting(
        "roles", "The claim with a person's roles or groups; dots lead inside, as in `realm_access.roles`."
    )
    scope_claim: str = setting(
        "careergraph_scope",
        "The claim that may narrow a person's role: an object with lists `types`, `locales` and `attributes`.",
    )
    name_claim: str = setting(
        "sub",
        "The claim with a person's name in revisions and the audit log. `email` counts only if it is verified; use "
        "none that people can choose themselves.",
    )
    display_name_claim: str = setting(
        "name",
        "The claim with a person's name for others to read. It may change, and is kept in the list of people alone.",
    )

    client_id: str = setting(
        "",
        "The client that the provider knows the admin as: with it people sign in to the admin at the provider, whose "
        "tokens for this client must have the role claim too. Needs `public_url`; the provider sends people back to "
        "`/sign-in/callback` below `admin_path` there.",
    )
    client_secret: str = setting("", "The secret of this client, if it has one.", secret=True)
    scopes: str = setting("openid profile", "The scopes that the admin asks the provider for, with blanks between.")

    def parse(self) -> oidc.Settings | None:
        """The provider; None without one. Raises ConfigProblem."""
        if self.client_id and not self.issuer:
            raise ConfigProblem("oidc_client_id needs oidc_issuer, the provider")
        if "openid" not in self.scopes.split():
            raise ConfigProblem("oidc_scopes must hold openid")
        if not self.issuer:
            return None

        with parsing("oidc_issuer"):
            return oidc.Settings(
                issuer=self.issuer,
                audience=self.audience,
                roles=oidc.roles_of(self.roles),
                role_claim=self.role_claim,
                scope_claim=self.scope_claim,
                name_claim=self.name_claim,
                display_name_claim=self.display_name_claim,
            )

    def __post_init__(self) -> None:
        self.parse()


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaSettings(Group):
    """The files of images. Needs the extra `media`."""

    prefix = "media_"
    store: str = setting(
        "",
        "The folder with the files of images, or an address of fsspec such as `s3://bucket/media`, the same for all "
        "who share a database. Without it there are neither uploads nor files. `careergraph serve` uses `var/media` "
        "where the extra `media` is installed.",
    )
    url: str = setting(
        "",
        "The address of these files for clients, such as that of a CDN, `https://images.example/media`; by default "
        "`/media` below `public_url`.",
    )
    max_bytes: int = setting(10_000_000, "The largest image that can be uploaded, in bytes.")
    seconds: float = setting(60.0, "The longest time in which an image may arrive, in seconds.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings(Group):
    """Webhooks to other servers."""

    prefix = "webhook_"
    secret_key: str = setting(
        "",
        "The key from which the secrets of webhooks are derived: at least 32 random characters, the same for all who "
        "share a database. Without it no webhook is sent.",
        flat="secret_key",
        secret=True,
    )
    private: str = setting(
        "",
        "The private addresses, networks and hosts that webhooks may be sent to, and that `careergraph pull` may read, "
        "with commas between, such as "
        "`10.1.0.0/16, hooks.internal`. All others are refused.",
    )

    document_url: str = setting(
        "",
        "The address where people edit a document, with `{type}` and `{slug}`, such as "
        "`https://cms.example/{type}/{slug}`: webhooks and hooks name it.",
        flat="document_url",
    )
    keep_days: int = setting(30, "How many days an event that was delivered, or given up, stays in the log.")

    def parse(self) -> Settings:
        """Parse how webhooks are sent. Raises ConfigProblem."""
        with parsing("secret_key or webhook_private"):
            keep = timedelta(days=self.keep_days)
            named = Named.read(self.private)
            return Settings(secret_key=self.secret_key, named=named, keep=keep, document_url=self.document_url)

    def __post_init__(self) -> None:
        self.parse()
        if self.document_url and not _DOCUMENT_URL.fullmatch(self.document_url):
            raise ConfigProblem("document_url is no http or https address with {type} or {slug} in it")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportJobSettings(Group):
    """Imports over the API."""

    prefix = "imports_"
    folder: str = setting(
        "var/imports",
        "The folder of uploaded tables and of plans. Servers and workers of one database share it; nothing in it is "
        "public.",
    )
    max_megabytes: int = setting(256, "The most megabytes of an upload.")
    upload_seconds: float = setting(900.0, "The time in which an upload must arrive, in seconds.")
    keep_days: int = setting(7, "How many days uploads, and the reports of imports, are kept.")

    def parse(self) -> ImportSettings:
        """The settings of import jobs."""
        keep = timedelta(days=self.keep_days)
        return ImportSettings(folder=Path(self.folder), max_bytes=self.max_megabytes * 1024 * 1024, keep=keep)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewSettings(Group):
    """Previews on the sites of front ends."""

    prefix = "preview_"
    sites: str = setting(
        "",
        "The sites that show previews, by name, with blanks between: each with a template of its address, such as "
        "`web=https://site.example/api/draft?secret={token}&path={path}`. `CreatedPreview.previewUrl` fills it in.",
    )

    def parse(self) -> dict[str, str]:
        """The templates by the name of the site. Raises ConfigProblem."""
        with parsing("preview_sites"):
            return parse_sites(self.sites)

    def __post_init__(self) -> None:
        self.parse()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings(Group):
    """The review of drafts."""

    approvals: str = setting(
        "",
        "How many people other than its authors must approve a draft before it is published, by document types, with "
        "commas between, such as `career=1, skill=2`. A type that is left out needs none.",
    )

    def parse(self) -> Mapping[str, int]:
        """The approvals that drafts need by their types. Raises ConfigProblem."""
        needed = {}
        for part in filter(None, (it.strip() for it in self.approvals.split(","))):
            name, _, count = (it.strip() for it in part.partition("="))
            if name not in BY_TYPE or not count.isascii() or not count.isdigit() or len(count) > 1:
                raise ConfigProblem(
                    f"approvals cannot be used: {part[:40]!r} is no document type with a number, as `career=1` is"
                )
            needed[name] = int(count)
        return needed

    def __post_init__(self) -> None:
        self.parse()
