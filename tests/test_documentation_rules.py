import argparse

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
