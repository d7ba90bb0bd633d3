import argparse
from pathlib import Path

from tests import documentation

KNOWN = frozenset({("ask",), ("plan", "check"), ("plan", "show")})


def test_commands_are_read_off_the_help() -> None:
    top = argparse.ArgumentParser(prog="kaikaku")
    below = top.add_subparsers()
    below.add_parser("ask").add_argument("question")
    plan = below.add_parser("plan")
    deeper = plan.add_subparsers()
    deeper.add_parser("check")
    deeper.add_parser("show")
    helps = {(): top.format_help(), ("plan",): plan.format_help()}
    assert documentation.commands(lambda words: helps.get(words, "usage: kaikaku ... [-h]")) == KNOWN


def test_what_is_left_out_is_named() -> None:
    text = '`kaikaku ask "3-1-2の効果額は？"` と `kaikaku plan show 3-1-2`。KAIKAKU_DATA に保存します。'
    assert documentation.unsaid(KNOWN, text) == ["plan check"]
    assert documentation.undocumented(["KAIKAKU_DATA", "KAIKAKU_PORT"], text) == ["KAIKAKU_PORT"]


def test_what_does_not_exist_is_named() -> None:
    text = "`kaikaku plan delete` と `kaikaku tell`。KAIKAKU_COLOUR と SMTP_PASSWORD_FILE と SMTP_HOST_FILE"
    assert documentation.unknown_commands(KNOWN, text) == ["plan delete", "tell"]
    found = documentation.unknown_settings(["SMTP_HOST", "SMTP_PASSWORD"], ["SMTP_PASSWORD"], text)
    assert found == ["KAIKAKU_COLOUR", "SMTP_HOST_FILE"]


def test_commands_are_found_in_blocks_and_spans() -> None:
    text = """```console
$ .venv/bin/kaikaku plan show 3-1-2
$ docker run -v kaikaku:/data kaikaku ask who
```
`kaikaku plan check > report.txt`"""
    assert documentation.commands_in(text, KNOWN) == KNOWN


def test_prose_and_files_are_no_commands() -> None:
    text = "kaikaku is a bot. `kaikaku.db`, `kaikaku plan` の各操作, `docker build -t kaikaku .`"
    assert documentation.unknown_commands(KNOWN, text) == []


def test_commands_that_are_shown_are_read_with_their_settings_and_output() -> None:
    text = """```console
$ kaikaku ask "3-1-2の 額は？"
14,561千円です。
```
```sh
KAIKAKU_DATA=お試し .venv/bin/kaikaku chat --as a   # 話す
sudo systemctl start kaikaku && kaikaku doctor
```"""
    asked, chat, doctor = documentation.shown_commands(text)
    assert (asked.words, asked.printed) == (("ask", "3-1-2の 額は？"), "14,561千円です。")
    assert (chat.words, chat.settings) == (("chat", "--as", "a"), (("KAIKAKU_DATA", "お試し"),))
    assert (doctor.words, doctor.printed) == (("doctor",), None)


def test_files_and_links_that_are_not_there_are_named(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "app.py").touch()
    page = tmp_path / "page.md"
    page.write_text("# はじめに（二つ）\n\n```sh\n# 説明\n```\n", encoding="utf-8")
    assert documentation.missing_files(
        "`bot/app.py` `bot/*.py` `bot/` `bot/none.py` `bot/a b`", tmp_path
    ) == ["bot/none.py"]
    text = "[a](#はじめに二つ) [b](page.md) [c](page.md#説明) [d](none.md) [e](https://example.jp)"
    assert documentation.dead_links(text, page) == ["page.md#説明", "none.md"]
