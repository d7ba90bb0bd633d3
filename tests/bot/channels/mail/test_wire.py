"""Mail through a server that nobody here wrote (aiosmtpd), on loopback: encrypted, logged in, turned away."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope

from bot.channels.mail.send import MailTransport
from bot.channels.mail.settings import MailSecurity, MailSettings
from bot.channels.registry import sections
from bot.settings import Settings
from reminders.delivery import NotDelivered
from tests.bot.channels.mail.messages import LETTER
from tests.waiting import PATIENCE

# It warns its operator where it asks for a password outside STARTTLS, as two of these offices do.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

USER, PASSWORD = "kaikaku", "very-secret"


@dataclass
class PostOffice:
    """Keeps what it is given, and turns away whom it is told to."""

    taken: list[Envelope] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    logins: list[bytes] = field(default_factory=list)

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _o: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 well"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        self.taken.append(envelope)
        return "250 taken"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _way: str, data: Any) -> AuthResult:
        self.logins.append(data.login)
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def trusted(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("trust") / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return str(file)


@contextmanager
def open_office(
    authority: trustme.CA, security: MailSecurity, with_login: bool = False, name: str = "127.0.0.1"
) -> Iterator[tuple[PostOffice, int]]:
    office = PostOffice()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    loop = asyncio.new_event_loop()
    protocol = partial(
        SMTP,
        office,
        loop=loop,
        tls_context=context if security == "starttls" else None,
        require_starttls=security == "starttls",
        authenticator=office.authenticate if with_login else None,
        auth_required=with_login,
        auth_require_tls=security == "starttls",
    )
    opening = loop.create_server(protocol, "127.0.0.1", 0, ssl=context if security == "tls" else None)
    server = loop.run_until_complete(opening)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield office, server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        _wind_up(loop, server)


def _wind_up(loop: asyncio.AbstractEventLoop, server: asyncio.Server) -> None:
    """Let what still talks to somebody end; a line left open would be another test's warning."""

    async def ended(left: set[asyncio.Task[Any]]) -> None:
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        # Waited for from before the end: later, Python 3.11 would think that there is nothing to wait for.
        all_lines = asyncio.ensure_future(server.wait_closed())
        await asyncio.sleep(0)
        server.close()
        await asyncio.wait_for(all_lines, PATIENCE)

    loop.run_until_complete(ended(asyncio.all_tasks(loop)))
    loop.close()


def transport(
    port: int, security: MailSecurity, ca_file: str | None = None, password: str | None = None
) -> MailTransport:
    user = USER if password else None
    return MailTransport(
        MailSettings("127.0.0.1", port, security, "bot@city.example", user, password, ca_file), None
    )


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_a_letter_arrives_whole(authority: trustme.CA, trusted: str, security: MailSecurity) -> None:
    with open_office(authority, security) as (office, port):
        receipt = transport(port, security, trusted)(LETTER).receipt
    (envelope,) = office.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("bot@city.example", ["owner@city.example"])
    assert isinstance(envelope.content, bytes)
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert message["Message-ID"] == receipt
    assert message["Subject"] == "改革ナビ 7月3日（月）のお知らせ"
    assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/calendar"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(
    authority: trustme.CA, security: MailSecurity
) -> None:
    with open_office(authority, security) as (office, port), pytest.raises(NotDelivered) as refusal:
        transport(port, security)(LETTER)
    assert "SSLCertVerificationError" in str(refusal.value) and not refusal.value.permanent
    assert office.taken == []


def test_a_certificate_of_another_name_gets_nothing(authority: trustme.CA, trusted: str) -> None:
    with (
        open_office(authority, "tls", name="other.city.example") as (office, port),
        pytest.raises(NotDelivered),
    ):
        transport(port, "tls", trusted)(LETTER)
    assert office.taken == []


def test_a_server_that_cannot_encrypt_gets_neither_password_nor_letter(authority: trustme.CA) -> None:
    with open_office(authority, "none", with_login=True) as (office, port), pytest.raises(NotDelivered):
        transport(port, "starttls", password=PASSWORD)(LETTER)
    assert office.taken == [] and office.logins == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_logs_in_before_it_sends(authority: trustme.CA, trusted: str, security: MailSecurity) -> None:
    with open_office(authority, security, with_login=True) as (office, port):
        transport(port, security, trusted, PASSWORD)(LETTER)
    assert len(office.taken) == 1 and office.logins[-1] == USER.encode()


def test_a_wrong_password_is_no_fault_of_the_recipient_and_is_not_told(
    authority: trustme.CA, trusted: str
) -> None:
    with (
        open_office(authority, "starttls", with_login=True) as (office, port),
        pytest.raises(NotDelivered) as refusal,
    ):
        transport(port, "starttls", trusted, "another-secret")(LETTER)
    assert str(refusal.value) == "メールサーバーを使えない (SMTPAuthenticationError 535)"
    assert not refusal.value.permanent and office.taken == []


def test_refused_for_good_and_refused_for_now_are_told_apart(authority: trustme.CA) -> None:
    with open_office(authority, "none") as (office, port):
        for answer, permanent in (("550 5.1.1 no such user", True), ("452 4.2.2 mailbox full", False)):
            office.refused = {LETTER.address: answer}
            with pytest.raises(NotDelivered) as refusal:
                transport(port, "none")(LETTER)
            assert refusal.value.permanent is permanent
    assert office.taken == []


def test_the_settings_lead_to_the_server_with_the_secret_from_a_file(
    authority: trustme.CA, trusted: str, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    with open_office(authority, "starttls", with_login=True) as (office, port):
        environment = {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
            "SMTP_FROM": "bot@city.example",
            "SMTP_USER": USER,
            "SMTP_PASSWORD_FILE": str(tmp_path / "password"),
            "SMTP_CA_FILE": trusted,
        }
        mail = Settings.from_environment(environment, {}, sections()).of(MailSettings)
        assert mail is not None and PASSWORD not in repr(mail)
        MailTransport(mail, None)(LETTER)
    assert len(office.taken) == 1
