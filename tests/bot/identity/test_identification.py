from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.registry import set_up
from bot.channels.slack.channel import identify as known_on_slack
from bot.identity.identification import ANYBODY, Headers, Identified, identify, person_behind
from bot.identity.rights import Act, ProtectedWork, Refused, may
from bot.settings import Settings as BotSettings
from tests.invented_roster import HEAD, OWNER, PARKS, ROSTER


@dataclass(frozen=True)
class Settings:
    """The part of the settings that counts."""

    identity: str = "none"
    proxy_user_header: str | None = "Remote-User"
    proxy_addresses: tuple[IPv4Network | IPv6Network, ...] = (
        ip_network("192.0.2.10/32"),
        ip_network("2001:db8::/64"),
    )


TRIAL, PROXY = Settings("trial"), Settings("proxy")
USER = (b"Remote-User", b"head")
BROWSER: list[tuple[bytes, bytes]] = [(b"host", b"127.0.0.1:8000"), (b"accept", b"text/html")]


class TestNone:
    def test_knows_nobody_whatever_is_claimed(self) -> None:
        headers = [*BROWSER, USER, (b"x-forwarded-for", b"127.0.0.1")]
        assert identify(Settings(), "192.0.2.10", headers, chosen="head") == ANYBODY


class TestTrial:
    @pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
    def test_believes_the_choice_on_this_machine(self, peer: str) -> None:
        assert identify(TRIAL, peer, BROWSER, chosen="head") == Identified(person="head")
        assert identify(TRIAL, peer, BROWSER, chosen="") == ANYBODY

    @pytest.mark.parametrize("peer", ["192.0.2.7", "::ffff:192.0.2.7", "2001:db8::7", "", None, "localhost"])
    def test_turns_away_every_other_machine(self, peer: str | None) -> None:
        refused = identify(TRIAL, peer, BROWSER, chosen="head")
        assert isinstance(refused, Refused)
        assert refused.who_can_help == "管理者にご相談ください。"

    @pytest.mark.parametrize(
        "name",
        [
            b"Forwarded", b"X-Forwarded-For", b"x-forwarded-host", b"X-FORWARDED-PROTO", b"X-Forwarded",
            b"X-Forwarded-Anything", b"Via", b"X-Real-IP", b"X_Forwarded_For", b"X-Original-Forwarded-For",
        ],
    )  # fmt: skip
    def test_turns_away_what_came_through_another_server(self, name: bytes) -> None:
        for value in (b"127.0.0.1", b""):
            assert isinstance(identify(TRIAL, "127.0.0.1", [*BROWSER, (name, value)], "head"), Refused)

    def test_does_not_heed_the_proxys_header(self) -> None:
        assert identify(TRIAL, "127.0.0.1", [*BROWSER, USER]) == ANYBODY


class TestProxy:
    @pytest.mark.parametrize("peer", ["192.0.2.10", "::ffff:192.0.2.10", "2001:db8::99"])
    @pytest.mark.parametrize("name", [b"Remote-User", b"remote-user", b"REMOTE-USER"])
    def test_believes_the_header_of_a_known_peer(self, peer: str, name: bytes) -> None:
        assert identify(PROXY, peer, [*BROWSER, (name, b" head ")]) == Identified(user="head")

    @pytest.mark.parametrize("peer", ["192.0.2.11", "127.0.0.1", "::1", "2001:db8:1::1", None])
    @pytest.mark.parametrize("headers", [[*BROWSER, USER], BROWSER])
    def test_turns_away_every_other_peer(self, peer: str | None, headers: Headers) -> None:
        assert isinstance(identify(PROXY, peer, headers), Refused)

    def test_turns_away_a_header_sent_twice(self) -> None:
        for second in (b"head", b"owner", b""):
            headers = [USER, *BROWSER, (b"REMOTE-USER", second)]
            assert isinstance(identify(PROXY, "192.0.2.10", headers), Refused)

    @pytest.mark.parametrize(
        "value", [b"\xff\xfe", b"he\x00ad", b"head\nowner", "he\u202ead".encode(), b"a" * 257]
    )
    def test_turns_away_a_name_that_cannot_be_one(self, value: bytes) -> None:
        assert isinstance(identify(PROXY, "192.0.2.10", [(b"remote-user", value)]), Refused)

    def test_takes_one_without_a_name_for_anybody(self) -> None:
        assert identify(PROXY, "192.0.2.10", BROWSER) == ANYBODY
        assert identify(PROXY, "192.0.2.10", [(b"remote-user", b"  ")]) == ANYBODY

    def test_does_not_heed_what_was_chosen_or_another_header(self) -> None:
        headers = [*BROWSER, (b"remote_user", b"head"), (b"x-remote-user", b"head")]
        assert identify(PROXY, "192.0.2.10", headers, chosen="head") == ANYBODY

    def test_without_a_header_in_the_settings_nobody_is_known(self) -> None:
        nameless = Settings("proxy", proxy_user_header=None)
        assert identify(nameless, "192.0.2.10", [USER]) == ANYBODY


class TestWhoItIs:
    def test_a_user_of_the_page_is_found_in_the_roster(self) -> None:
        assert person_behind(Identified(user="HEAD"), ROSTER) == HEAD

    def test_a_user_whom_the_roster_does_not_know_may_ask_only(self) -> None:
        stranger = person_behind(Identified(user="somebody"), ROSTER)
        assert stranger is None
        assert not isinstance(may(stranger, Act.ASK), Refused)
        assert isinstance(may(stranger, Act.SEE, ProtectedWork((PARKS,))), Refused)

    def test_a_users_name_is_no_persons_id(self) -> None:
        assert person_behind(Identified(user="owner"), ROSTER) is None
        assert person_behind(Identified(person="owner"), ROSTER) == OWNER
        assert person_behind(Identified(person="nobody"), ROSTER) is None
        assert person_behind(ANYBODY, ROSTER) is None

    @pytest.mark.parametrize(
        ("channel", "sender", "who"),
        [
            ("slack", "U0OWNER", "owner"),
            ("slack", "owner", None),
            ("mail", "hanako@city.example", "owner"),
            ("page", "owner", "owner"),
            ("terminal", "head", "head"),
            ("terminal", "U0OWNER", None),
            ("page", None, None),
        ],
    )
    def test_each_channel_calls_people_its_own_way(
        self, channel: str, sender: str | None, who: str | None
    ) -> None:
        found = set_up(BotSettings()).identify(ROSTER, channel, sender)
        assert (found.id if found else None) == who


HEADER = st.tuples(st.binary(min_size=1, max_size=20), st.binary(max_size=30)) | st.sampled_from([USER])


@given(st.sampled_from([Settings(), TRIAL, PROXY]), st.text(max_size=20), st.lists(HEADER, max_size=5))
def test_no_request_makes_it_stumble_or_names_somebody_from_afar(
    settings: Settings, peer: str, headers: list[tuple[bytes, bytes]]
) -> None:
    found = identify(settings, peer, headers, chosen="head")
    if isinstance(found, Identified) and found != ANYBODY:
        assert settings.identity == "trial"
        assert peer.startswith(("127.", "::"))


def test_on_slack_a_person_is_also_known_by_the_mail_address_that_slack_tells() -> None:
    known = next(one for person in ROSTER.persons for one in person.addresses if one.channel == "mail")
    found = ROSTER.person_at(known.channel, known.value)
    assert found is not None
    assert known_on_slack(ROSTER, "U0SOMEBODY", lambda _user: known.value.upper()) == found
    assert known_on_slack(ROSTER, "U0SOMEBODY", lambda _user: "") is None
    assert known_on_slack(ROSTER, "U0SOMEBODY") is None
