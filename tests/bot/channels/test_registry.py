"""The list of channels, and what follows from it: an invented channel is named there and nowhere else."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from starlette.testclient import TestClient

import bot.channels
from bot.app import App, open_app, read_settings
from bot.app.facade import AppFacade
from bot.channels import registry
from bot.cli import main
from bot.message import Message
from bot.settings import Settings, SettingsFault
from bot.storage import roster_store
from reminders.delivery import deliver_waiting, settle_doubtful
from reminders.moment import TOKYO
from reminders.storage import outbox
from tests.bot.channels.pigeon.channel import PIGEON
from tests.bot.cli.test_remind import DUTIES, ROSTER
from tests.terminals import environment
from tests.waiting import PATIENCE, free_port, until

HOME = Path(bot.channels.__file__).parent
QUESTION = "3-1-2の効果額は？"
OWNER = "owner@city.example"
GIVEN = {"KAIKAKU_TODAY": "2023-07-12", "KAIKAKU_PIGEON_RING": "JP-21-1"}


@pytest.fixture
def loft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pigeons are a channel now, and have a home."""
    monkeypatch.setattr(registry, "CHANNELS", (*registry.CHANNELS, PIGEON))
    home = tmp_path / "loft"
    home.mkdir()
    return home


def settings_of(loft: Path, **more: str) -> Settings:
    given = {"KAIKAKU_DATA": str(loft.parent), "KAIKAKU_PIGEON_LOFT": str(loft), **GIVEN, **more}
    return Settings.from_environment(given, {}, registry.sections())


@pytest.fixture
def city(loft: Path) -> App:
    """A city whose roster is in force, over the invented channel."""
    app = open_app(settings_of(loft))
    began = datetime(2023, 4, 3, tzinfo=TOKYO)
    with app.database.writing() as inside:
        first = date(2023, 4, 1)
        roster_store.keep(inside, ROSTER, effective=first, source="名簿.xlsx", by="secretariat", now=began)
    return app


@pytest.fixture
def served(city: App) -> Iterator[TestClient]:
    with city.channels.running(AppFacade(city)) as app:
        yield TestClient(app, base_url="http://127.0.0.1:8000")


def note(text: str, sender: str = OWNER, flight: int = 1) -> dict[str, str]:
    return {"flight": str(flight), "from": sender, "text": text}


def slips(loft: Path) -> list[str]:
    return [one.read_text(encoding="utf-8") for one in sorted(loft.glob("*.txt"))]


def test_a_message_over_a_new_channel_is_answered_over_it(served: TestClient, loft: Path) -> None:
    assert served.post("/pigeon", json=note(QUESTION)).status_code == 202
    until(lambda: slips(loft))
    assert "14,561" in slips(loft)[0] and "出典：3-1-2、p.10" in slips(loft)[0]
    assert served.post("/pigeon", json=note("R6は？", flight=2)).status_code == 202
    until(lambda: len(slips(loft)) == 2)
    assert "令和6年度は14,561千円" in slips(loft)[1]


def test_what_it_repeats_is_answered_once_and_what_is_no_message_is_not(
    served: TestClient, loft: Path, city: App
) -> None:
    for text in (QUESTION, QUESTION, ""):
        assert served.post("/pigeon", json=note(text)).status_code == 202
    until(lambda: slips(loft))
    assert len(AppFacade(city).exchanges("pigeon", OWNER, 10)) == len(slips(loft)) == 1


def test_it_stands_beside_the_page(served: TestClient) -> None:
    assert "改革ナビ" in served.get("/").text
    assert served.get("/healthz").json()["status"] == "ok"


def test_people_are_known_by_what_it_calls_them(city: App) -> None:
    def said(sender: str) -> str:
        message = Message("pigeon", sender, sender, sender, "自己評価", sender)
        return city.conversation.take(message).text

    assert DUTIES[0].code in said(OWNER)
    assert DUTIES[0].code not in said("nobody@city.example")


def test_what_a_crash_left_is_handled_and_sent_by_it(city: App, loft: Path) -> None:
    city.conversation.receive(Message("pigeon", "1", OWNER, OWNER, QUESTION, OWNER))
    assert city.conversation.handle_waiting() == 1
    assert [one.state for one in deliver_waiting(city.database, city.channels.send, city.now)] == ["sent"]
    assert len(slips(loft)) == 1


def test_what_is_in_doubt_is_looked_for_and_not_sent_again(city: App, loft: Path) -> None:
    city.conversation.take(Message("pigeon", "1", OWNER, OWNER, QUESTION, OWNER))
    with city.database.writing() as inside:
        (outgoing,) = outbox.outgoing_in(inside, "waiting")
        outbox.doubt_all(inside, city.now(), "試し")
    city.channels.send["pigeon"](outgoing)
    assert [one.state for one in settle_doubtful(city.database, city.channels.look, city.now)] == ["sent"]
    assert deliver_waiting(city.database, city.channels.send, city.now) == [] and len(slips(loft)) == 1


def test_its_settings_are_read_with_all_others_and_their_faults_named_together(
    loft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(loft)
    monkeypatch.setenv("KAIKAKU_PIGEON_LOFT", str(loft))
    monkeypatch.setenv("KAIKAKU_PORT", "0")
    with pytest.raises(SettingsFault) as caught:
        read_settings()
    assert [one.partition(":")[0] for one in caught.value.faults] == ["KAIKAKU_PORT", "KAIKAKU_PIGEON_RING"]
    (loft / "ring").write_text("JP-21-1\n")
    monkeypatch.setenv("KAIKAKU_PIGEON_RING_FILE", str(loft / "ring"))
    monkeypatch.setenv("KAIKAKU_PORT", "8000")
    assert read_settings().unknown == ()


def test_the_doctor_looks_at_it(
    loft: Path, city: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(loft)
    for name, value in {"KAIKAKU_DATA": str(loft.parent), "KAIKAKU_PIGEON_LOFT": str(loft), **GIVEN}.items():
        monkeypatch.setenv(name, value)
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert f"○ ハト: {loft} へ飛ばします" in told and "○ ハト: 鳩舎があります" in told
    loft.rmdir()
    monkeypatch.chdir(loft.parent)
    assert main(["doctor"]) == 1
    assert "× ハト: 鳩舎がありません" in capsys.readouterr().out


def test_on_a_given_day_it_reaches_nothing_beyond_this_machine(loft: Path) -> None:
    app = open_app(settings_of(loft, KAIKAKU_PIGEON_HOST="loft.city.example"))
    assert app.channels.delivering == ("pigeon",) and app.channels.send == {}
    with app.channels.running(AppFacade(app)) as served:
        client = TestClient(served, base_url="http://127.0.0.1:8000")
        assert client.post("/pigeon", json=note(QUESTION)).status_code == 404


def test_it_is_part_of_what_serve_runs(loft: Path) -> None:
    program = (
        "import sys\n"
        "from bot.channels import registry\n"
        "from tests.bot.channels.pigeon.channel import PIGEON\n"
        "registry.CHANNELS += (PIGEON,)\n"
        "from bot.cli import main\n"
        "sys.exit(main(['serve']))"
    )
    port = free_port()
    settings = environment(
        loft.parent, KAIKAKU_PORT=str(port), KAIKAKU_PIGEON_LOFT=str(loft), KAIKAKU_PIGEON_RING="JP-21-1"
    )
    top = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=top,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as server:
        assert server.stdout is not None
        server.stdout.readline()
        asked = Request(f"http://127.0.0.1:{port}/pigeon", json.dumps(note(QUESTION)).encode())
        with urlopen(asked, timeout=PATIENCE) as response:
            assert response.status == 202
        until(lambda: slips(loft))
        server.terminate()
        assert server.wait(PATIENCE) == 0
    assert "14,561" in slips(loft)[0]


def test_every_channels_folder_has_the_same_file_names() -> None:
    folders = {one.name for one in HOME.iterdir() if (one / "__init__.py").exists()}
    assert folders == {one.set_up.__module__.split(".")[2] for one in registry.CHANNELS}
    for name in folders:
        files = {one.stem for one in (HOME / name).glob("*.py")}
        only_sends = {"mail"}
        assert {"channel", "render", "send"} <= files, name
        assert ("receive" in files) == (name not in only_sends), name


def test_no_two_channels_have_a_name() -> None:
    names = [name for one in registry.CHANNELS for name in one.names]
    assert len(set(names)) == len(names)
