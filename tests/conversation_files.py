"""The conversations in tests/conversations, as officers write them: who talks on which day, and what is answered."""

import re
from dataclasses import dataclass, field
from pathlib import Path

CONVERSATIONS = Path(__file__).with_name("conversations")


@dataclass
class Turn:
    """A typed line, what its reply must hold in this order, and what it must not hold."""

    line: str
    wanted: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)

    def check(self, reply: str) -> None:
        rest = reply
        for words in self.wanted:
            assert words in rest, f"「{self.line}」への返事に「{words}」がありません：\n{reply}"
            rest = rest.partition(words)[2]
        for words in self.unwanted:
            assert words not in reply, f"「{self.line}」への返事に「{words}」があります：\n{reply}"


@dataclass
class Sitting:
    """What one person says on one day, from the first line until somebody else comes, or another day."""

    person: str | None = None
    today: str | None = None
    turns: list[Turn] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The words of the command line."""
        named = {"--as": self.person, "--today": self.today}
        return ["chat", *(word for name, value in named.items() if value for word in (name, value))]


def read_sittings(path: Path) -> list[Sitting]:
    """Everything that is said, one sitting after the other over the same data."""
    sittings = [Sitting()]
    for line in path.read_text("utf-8").split("\n"):
        if found := re.fullmatch(r"(as|today): (\S+)", line):
            if sittings[-1].turns:
                sittings.append(Sitting(sittings[-1].person, sittings[-1].today))
            setattr(sittings[-1], "person" if found[1] == "as" else "today", found[2])
        elif line.startswith("> "):
            sittings[-1].turns.append(Turn(line[2:]))
        elif line.startswith("! "):
            sittings[-1].turns[-1].unwanted.append(line[2:])
        elif line.strip() and not line.startswith("#"):
            sittings[-1].turns[-1].wanted.append(line.strip())
    return sittings
