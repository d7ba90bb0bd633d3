"""Identity from outside: a real `kaikaku serve`, forged headers, forwarded loopback, foreign names."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.editions.edition import shipped
from knowledge.roster.roster import Address, Channel, Roster
from knowledge.sources.roster_files import write_roster
from knowledge.sources.sample_roster import sample_roster
from tests.bot.channels.web.served import KAIKAKU, TOP, Browser, Served, environment, served
from tests.waiting import PATIENCE

pytestmark = pytest.mark.slow

PROXY, ELSEWHERE = "127.0.0.2", "127.0.0.3"
HEAD = "gyosei-kacho"
FORWARDED = [
    ("Forwarded", "for=127.0.0.1"),
    ("X-Forwarded-For", "127.0.0.1"),
    ("X-Forwarded-Host", "127.0.0.1"),
    ("X-Forwarded-Proto", "http"),
    ("Via", "1.1 proxy"),
    ("X-Real-IP", "127.0.0.1"),
]


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("none") / "data") as one:
        yield one


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("trial") / "data", KAIKAKU_IDENTITY="trial") as one:
        yield one


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("proxy") / "data"
    _import_roster_with_a_user(data)
    settings = {
        "KAIKAKU_IDENTITY": "proxy",
        "KAIKAKU_PROXY_USER_HEADER": "X-Remote-User",
        "KAIKAKU_PROXY_ADDRESSES": PROXY,
        "KAIKAKU_PUBLIC_URL": "https://kaikaku.city.example",
    }
    with served(data, **settings) as one:
        yield one


def _import_roster_with_a_user(data: Path) -> None:
    plan = shipped().plan
    file = data.parent / "名簿.zip"
    write_roster(_with_user(sample_roster(plan)), plan, file)
    command = [*KAIKAKU, "roster", "import", str(file)]
    subprocess.run(
        command, cwd=data.parent, env=environment(data, PYTHONPATH=str(TOP)), check=True, capture_output=True
    )


def _with_user(roster: Roster) -> Roster:
    address = Address(Channel.PAGE, "tanaka")
    return replace(
        roster,
        persons=tuple(
            replace(one, addresses=(address,)) if one.id == HEAD else one for one in roster.persons
        ),
    )


def _became(browser: Browser, person: str, *headers: tuple[str, str]) -> int:
    page = browser.get()
    return browser.post("/person", {"change": page.hidden("change"), "person": person}, *headers).status


class TestNone:
    def test_whoever_claims_to_be_somebody_is_nobody(self, public: Served) -> None:
        claims = (("X-Remote-User", "tanaka"), ("Cookie", f"kaikaku-person={HEAD}"), *FORWARDED)
        browser = Browser(public, always=claims)
        assert browser.asks("3-1-2の効果額は？").status == 303
        assert public.senders() == [None]

    def test_nobody_is_offered_to_be(self, public: Served) -> None:
        browser = Browser(public)
        assert "お試し" not in browser.get().body
        assert _became(browser, HEAD) == 400


class TestTrial:
    def test_one_chooses_whom_to_be(self, trial: Served) -> None:
        browser = Browser(trial)
        assert "見本：行政経営課 課長" in browser.get().body
        assert _became(browser, HEAD) == 303
        assert f'value="{HEAD}" selected' in browser.get().body
        assert browser.asks("3-1-2の効果額は？").status == 303
        assert trial.senders()[-1] == HEAD

    def test_one_not_in_the_roster_is_nobody(self, trial: Served) -> None:
        browser = Browser(trial, cookies={"kaikaku-person": "somebody-else"})
        assert browser.asks("3-1-3の効果額は？").status == 303
        assert trial.senders()[-1] is None

    @pytest.mark.parametrize("header", FORWARDED, ids=lambda header: str(header[0]))
    def test_what_came_through_another_server_is_turned_away(
        self, trial: Served, header: tuple[str, str]
    ) -> None:
        browser = Browser(trial)
        received = len(trial.senders())
        assert _became(browser, HEAD, header) == 403
        assert browser.asks("3-1-4の効果額は？", header).status == 403
        refused = browser.get("/", header)
        assert refused.status == 403
        assert "ほかのサーバーを経由しては使えません。管理者にご相談ください。" in refused.body
        assert browser.get("/plan", header).status == 403
        assert len(trial.senders()) == received

    def test_it_is_never_opened_to_other_machines(self, tmp_path: Path) -> None:
        settings = environment(
            tmp_path, KAIKAKU_IDENTITY="trial", KAIKAKU_HOST="0.0.0.0", PYTHONPATH=str(TOP)
        )
        run = subprocess.run(
            [*KAIKAKU, "serve"], cwd=tmp_path, env=settings, capture_output=True, text=True, timeout=PATIENCE
        )
        assert run.returncode == 1
        assert "KAIKAKU_IDENTITY" in run.stderr
        assert "Traceback" not in run.stderr


class TestProxy:
    def test_the_proxys_word_counts(self, proxied: Served) -> None:
        browser = Browser(proxied, (("x-remote-USER", "Tanaka"),), PROXY)
        assert browser.asks("3-1-2の効果額は？").status == 303
        assert proxied.senders()[-1] == HEAD

    def test_a_user_whom_the_roster_does_not_know_may_ask(self, proxied: Served) -> None:
        browser = Browser(proxied, (("X-Remote-User", "suzuki"),), PROXY)
        assert browser.asks("3-1-3の効果額は？").status == 303
        assert proxied.senders()[-1] is None

    @pytest.mark.parametrize("source", ["127.0.0.1", ELSEWHERE])
    @pytest.mark.parametrize(
        "headers",
        [
            [],
            [("X-Remote-User", "tanaka")],
            [("X-Remote-User", "tanaka"), ("X-Forwarded-For", PROXY)],
            [("X-Remote-User", "tanaka"), ("Forwarded", f"for={PROXY}")],
        ],
        ids=["bare", "forged", "forged and forwarded", "forged and Forwarded"],
    )
    def test_who_comes_past_the_proxy_is_turned_away(
        self, proxied: Served, source: str, headers: list[tuple[str, str]]
    ) -> None:
        refused = proxied.request("/", headers, source=source)
        assert refused.status == 403
        assert "決められた入口からだけ使えます" in refused.body

    @pytest.mark.parametrize("second", ["tanaka", "suzuki", ""])
    def test_a_name_sent_twice_is_turned_away(self, proxied: Served, second: str) -> None:
        headers = [("X-Remote-User", "tanaka"), ("x-remote-user", second)]
        assert proxied.request("/", headers, source=PROXY).status == 403

    def test_a_name_beside_the_header_makes_nobody_of_somebody(self, proxied: Served) -> None:
        claims = (
            ("X_Remote_User", "tanaka"),
            ("Remote-User", "tanaka"),
            ("Cookie", f"kaikaku-person={HEAD}"),
        )
        browser = Browser(proxied, claims, PROXY)
        browser.asks("3-1-4の効果額は？")
        assert proxied.senders()[-1] is None

    def test_one_persons_conversation_is_not_anothers_at_the_same_browser(self, proxied: Served) -> None:
        browser = Browser(proxied, (("X-Remote-User", "tanaka"),), PROXY)
        browser.asks("5-1-2の効果額は？")
        assert "5-1-2" in browser.get().body
        browser.always = (("X-Remote-User", "suzuki"),)
        assert "5-1-2の効果額" not in browser.get().body


class TestNames:
    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            "127.0.0.1.evil.example",
            "evil.example:8000",
            "kaikaku.city.example.evil.example",
            "",
        ],
    )
    def test_a_foreign_host_is_turned_away(self, trial: Served, host: str) -> None:
        assert trial.request("/", host=host).status in (400, 421)

    def test_loopback_goes_by_any_of_its_names(self, trial: Served) -> None:
        for host in (f"localhost:{trial.port}", "127.0.0.1", f"[::1]:{trial.port}"):
            assert trial.request("/", host=host).status == 200

    def test_the_public_name_is_ours(self, proxied: Served) -> None:
        assert proxied.request("/", host="kaikaku.city.example", source=PROXY).status == 200
        assert proxied.request("/", host="www.city.example", source=PROXY).status == 421

    @pytest.mark.parametrize(
        "origin",
        ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost.evil.example", "file://"],
    )
    def test_a_change_from_a_foreign_page_is_turned_away(self, trial: Served, origin: str) -> None:
        browser = Browser(trial)
        received = len(trial.senders())
        assert browser.asks("3-1-2の効果額は？", ("Origin", origin)).status == 403
        assert _became(browser, HEAD, ("Origin", origin)) == 403
        assert len(trial.senders()) == received

    def test_a_change_from_our_own_page_is_taken(self, proxied: Served, trial: Served) -> None:
        own = ("Origin", f"http://127.0.0.1:{trial.port}")
        assert Browser(trial).asks("5-2-5の効果額は？", own).status == 303
        public = ("Origin", "https://kaikaku.city.example")
        assert Browser(proxied, source=PROXY).asks("5-2-5の効果額は？", public).status == 303
