"""A facade made by hand that keeps what it was given, and a small invented plan full of awkward words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from bot.channels.facade import ExampleQuestion, Health, Show, unseen
from bot.conversation.exchanges import Exchange
from bot.evaluation.context import EvaluationContext
from bot.message import Message, Reply
from bot.notices.inbox_badge import InboxBadge
from bot.notices.personal_overview import PersonalOverview
from bot.progress.figure_source import Traced
from bot.progress.handler import NotShown
from bot.progress.request import Request
from bot.progress.summary import Summary
from bot.storage.entry import Entry
from bot.storage.feedback import Mark as Given
from bot.storage.inbox import Received
from knowledge.editions.edition import Edition
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import (
    EFFECT_AMOUNT,
    Indicator,
    IndicatorKind,
    Initiative,
    Mark,
    MarkKind,
    Measure,
    Note,
    Pillar,
    Plan,
    ReformItem,
    State,
    Target,
    TargetRow,
)
from knowledge.roster.roster import Department, Person, Post, PostKind, Roster
from knowledge.search.passages import DocumentPassage, passages_of
from reminders.delivery import Send
from reminders.storage.outbox_message import OutboxMessage

JAPAN = timezone(timedelta(hours=9))
NOON = datetime(2024, 7, 1, 12, 0, tzinfo=JAPAN)
AWKWARD = "\"><script>alert('x')</script>&amp;"
YEARS = tuple(FiscalYear(start) for start in range(2021, 2026))


def target(value: int | None, state: State = State.BLANK, printed: str = "") -> Target:
    return Target(state, printed=printed) if value is None else Target(State.SET, value)


def row(*values: int | None) -> TargetRow:
    cells = tuple((year, target(value)) for year, value in zip(YEARS, values, strict=True))
    measure = Measure(EFFECT_AMOUNT, "効果額", "千円")
    return TargetRow(measure, cells, target(sum(value or 0 for value in values)))


BRIDGE = Initiative(
    "i1",
    "1-1-1",
    f"橋の点検の見直し{AWKWARD}",
    f"点検の間隔を見直します。{AWKWARD}",
    3,
    main_measures=("間隔の見直し", AWKWARD),
    marks=(Mark(MarkKind.RELISTED, "再掲"),),
    notes=(Note(f"点検{AWKWARD}", f"橋を見て歩くこと{AWKWARD}"),),
    targets=row(None, 1200, -300, 0, 5400),
)
UNSET = Initiative(
    "i2",
    "1-1-2",
    "図書館の開館時間",
    "",
    3,
    targets=TargetRow(
        Measure(EFFECT_AMOUNT, "効果額", "千円"),
        tuple((year, target(None, State.UNDER_ADJUSTMENT)) for year in YEARS),
        target(None, State.UNDER_ADJUSTMENT),
    ),
    summary_state=State.UNDER_ADJUSTMENT,
)
PLAIN = Initiative("i3", "1-2-1", "窓口の案内", "案内を分かりやすくします。", 4)
INVENTED = Plan(
    title=f"みずほ町改革計画{AWKWARD}",
    status="案",
    established="令和3年3月",
    issuer="みずほ町",
    first_year=YEARS[0],
    last_year=YEARS[-1],
    pillars=(
        Pillar(
            1,
            f"まちの改革{AWKWARD}",
            (
                ReformItem(
                    "1-1",
                    "施設の改革",
                    f"施設を長く使います。{AWKWARD}",
                    3,
                    (
                        Indicator(
                            IndicatorKind.OUTCOME,
                            "効果額",
                            f"・効果額 → 6,300千円{AWKWARD}",
                            target(6300),
                            "千円",
                        ),
                    ),
                    (BRIDGE, UNSET),
                    lead="次の取組みを進めます。",
                    measure_heading="効果額目標（千円）",
                ),
                ReformItem("1-2", "窓口の改革", "窓口を便利にします。", 4, (), (PLAIN,)),
                ReformItem(
                    "1-3", "学校の改革", "これから決めます。", 5, (), (), to_be_placed="位置付ける予定です。"
                ),
            ),
        ),
    ),
)
EDITION = Edition("test", f"改革計画（案）{AWKWARD}", date(2021, 4, 1), False, INVENTED)


ROSTER = Roster(
    departments=(Department("facilities", f"施設課{AWKWARD}"), Department("general", "総務部")),
    persons=(
        Person("owner-1", posts=(Post(PostKind.OWNER, "facilities"),)),
        Person("manager", posts=(Post(PostKind.DIRECTOR, "general"),)),
    ),
)


def echo(message: Message) -> Reply:
    """The plainest answer: what was said, or what was pressed."""
    said = message.text if message.press is None else f"{message.press.action} {message.press.value}"
    return Reply(f"「{said}」ですね。", answer="{}")


@dataclass
class FakeFacade:
    """Answers what it `says`; keeps every message and every exchange, and forgets nothing."""

    says: Callable[[Message], Reply] = echo
    plan_edition: Edition = EDITION
    messages: list[Message] = field(default_factory=list)
    kept: dict[str, list[Exchange]] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    is_well: bool = True
    is_due: InboxBadge = field(default_factory=InboxBadge)
    shown: Summary | NotShown = field(default_factory=lambda: NotShown("見られません。", is_refused=True))
    traced: Traced | NotShown = field(default_factory=lambda: NotShown("番号がありません。"))
    requests: list[tuple[str | None, Request]] = field(default_factory=list)

    def take(self, message: Message) -> Reply:
        self.messages.append(message)
        exchanges = self.kept.setdefault(message.conversation, [])
        for exchange in exchanges:
            if exchange.message.key == message.key and exchange.reply:
                return exchange.reply
        reply = self.says(message)
        if reply.kind != "error":
            exchanges.append(Exchange(message, NOON, reply, None))
        return reply

    def receive(self, message: Message) -> Received:
        raise NotImplementedError

    def answer(self, received: Received, send: Send, show: Show = unseen) -> None:
        raise NotImplementedError

    def exchanges(self, channel: str, conversation: str, limit: int) -> Sequence[Exchange]:
        said = self.kept.get(conversation, [])
        return [exchange for exchange in said if exchange.message.channel == channel][-limit:]

    def outgoing(self, number: int) -> OutboxMessage | None:
        raise NotImplementedError

    def mark(self, channel: str, key: str, mark: Given) -> bool:
        for exchanges in self.kept.values():
            for place, exchange in enumerate(exchanges):
                if (exchange.message.channel, exchange.message.key) == (channel, key):
                    exchanges[place] = replace(exchange, mark=mark)
        return True

    def now(self) -> datetime:
        return NOON

    def edition(self) -> Edition:
        return self.plan_edition

    def passages(self) -> Sequence[DocumentPassage]:
        return passages_of(self.plan_edition.plan)

    def progress(self, person: str | None, request: Request) -> Summary | NotShown:
        self.requests.append((person, request))
        return self.shown

    def entry(self, person: str | None, number: int) -> Traced | NotShown:
        return self.traced

    def examples(self) -> Sequence[ExampleQuestion]:
        return (
            ExampleQuestion(f"橋の点検は？{AWKWARD}", f"名前で聞く{AWKWARD}"),
            ExampleQuestion("1-1-1の効果額は？"),
        )

    def roster(self) -> Roster:
        return ROSTER

    def identify(self, channel: str, sender: str | None) -> Person | None:
        return ROSTER.person(sender or "")

    def overview(self, person: str) -> PersonalOverview | None:
        return None

    def shown_today(self, person: str, channel: str) -> Reply | None:
        return None

    def context(self, person: str | None, round: str | None = None) -> EvaluationContext | None:
        return None

    def versions(self, round: str, subject: str) -> Sequence[Entry]:
        return ()

    def due(self, person: str | None) -> InboxBadge:
        return self.is_due

    def file(self, path: str) -> Path | None:
        return self.files.get(path)

    def health(self) -> Health:
        return Health(self.is_well, "改革計画（案）", len(INVENTED.initiatives), "ok", "0.1.0")
