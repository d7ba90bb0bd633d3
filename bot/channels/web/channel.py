"""The page as a channel in the list: people fetch their replies, and whom a message is from was seen to before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.channels.adapter import ChannelAdapter, Registration, ServerApp
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.facade import BotFacade


def set_up(settings: Settings) -> ChannelAdapter:
    """Always there."""
    identity = {
        "none": "誰が使っているかは区別しません (公表された計画の質問だけ)",
        "trial": "お試し (使う人を画面で選ぶ)",
        "proxy": f"認証プロキシのヘッダー {settings.proxy_user_header} を使います",
    }
    usage = f"http://{settings.host}:{settings.port} 利用者の確認: {identity[settings.identity]}"
    return ChannelAdapter(usage=usage, start=partial(_start, settings))


@dataclass(frozen=True, slots=True)
class RunningPage:
    """The page on the server."""

    app: ServerApp

    def over_http(self, _others: ServerApp) -> ServerApp:
        """The page answers every path, the unknown ones too."""
        return self.app

    def stop(self) -> None:
        """The server has finished what was under way."""


def _start(settings: Settings, facade: BotFacade) -> RunningPage:
    from bot.channels.web.app import create_app

    return RunningPage(create_app(facade, settings))


WEB = Registration(("page", "form"), "画面", set_up, is_fetched=True)
"""The self-evaluation's own pages are a conversation apart."""
