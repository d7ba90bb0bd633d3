"""The settings of mail: its server, and who it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, cast

from bot.settings import SettingsSection
from bot.settings import values as form
from bot.settings.values import Values, is_loopback

MailSecurity = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The SMTP server that mail leaves by, and the address it comes from.

    `ca_file` holds the certificates to trust in place of the system's, as for a server of the city's own.
    """

    host: str
    port: int
    security: MailSecurity
    sender: str
    user: str | None
    password: str | None = field(repr=False)
    ca_file: str | None = None


def _mail(values: Values) -> MailSettings | None:
    host, sender = values.text("SMTP_HOST"), values.text("SMTP_FROM")
    user, password = values.text("SMTP_USER"), values.secret("SMTP_PASSWORD")
    security = cast(MailSecurity, values.one_of("SMTP_SECURITY", "starttls", "tls", "none"))
    port = values.made("SMTP_PORT", form.port, {"starttls": 587, "tls": 465, "none": 25}[security])
    ca_file = values.made("SMTP_CA_FILE", form.certificates, None)
    if host is None:
        for name in ("SMTP_PORT", "SMTP_SECURITY", "SMTP_USER", "SMTP_PASSWORD", "SMTP_FROM", "SMTP_CA_FILE"):
            if name in values.given or f"{name}_FILE" in values.given:
                values.fault(name, "SMTP_HOST も必要です")
        return None
    if sender is None or "@" not in sender:
        values.fault("SMTP_FROM", "差出人のメールアドレスを指定してください")
    mail = MailSettings(host, port, security, sender or "", user, password, ca_file)
    _check_login(mail, values)
    return mail


def _check_login(mail: MailSettings, values: Values) -> None:
    if (mail.user is None) != (mail.password is None):
        values.fault("SMTP_USER", "SMTP_USER と SMTP_PASSWORD は両方指定してください")
    if mail.password is not None and mail.security == "none" and not is_loopback(mail.host):
        values.fault("SMTP_SECURITY", "none ではパスワードを暗号化せずに送ることになるため使えません")
    for name, value in (("SMTP_USER", mail.user), ("SMTP_PASSWORD", mail.password)):
        if value is not None and not value.isascii():
            values.fault(name, "半角の文字だけが使えます")


SECTION = SettingsSection(
    (
        "SMTP_HOST",
        "SMTP_PORT",
        "SMTP_SECURITY",
        "SMTP_USER",
        "SMTP_PASSWORD",
        "SMTP_FROM",
        "SMTP_CA_FILE",
    ),
    _mail,
    secrets=("SMTP_PASSWORD",),
)
