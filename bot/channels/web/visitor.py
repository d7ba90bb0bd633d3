"""Who is at the browser: a random cookie that only it has, the person as far as known, what follows from it.

The conversation and the token of a change are derived from the cookie and never equal it, so that neither the
database nor a page gives the cookie away.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

COOKIE_LIFE = 400 * 24 * 60 * 60  # seconds; browsers keep none longer
_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser, and the person at it by the channel's own name (None: not known)."""

    cookie: str
    sender: str | None = None
    is_new: bool = False

    @classmethod
    def of(cls, cookie: str | None, sender: str | None) -> Visitor:
        """The visitor of that cookie; a new one where there is none or one that we never made."""
        if cookie and _COOKIE.fullmatch(cookie):
            return cls(cookie, sender)
        return cls(secrets.token_urlsafe(32), sender, is_new=True)

    @property
    def conversation(self) -> str:
        """The same for this browser and person: somebody else at the same browser has their own."""
        return self._derived(f"conversation {self.sender or ''}")[:32]

    @property
    def change_token(self) -> str:
        """What every form carries; another site can neither read it nor the cookie that it comes from."""
        return self._derived("change")

    def may_change(self, token: str) -> bool:
        return not self.is_new and hmac.compare_digest(token.encode(), self.change_token.encode())

    def _derived(self, purpose: str) -> str:
        return hmac.new(self.cookie.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def new_form_token() -> str:
    """A fresh token for the forms of one page."""
    return secrets.token_urlsafe(16)


def message_key(visitor: Visitor, form_token: str, content: str) -> str | None:
    """The key of what a form sends; None for a token that cannot be ours.

    A double click or a repeated request gives the same key. The content is part of it: who goes back in the
    browser and asks something else from the old form is heard.
    """
    if not _TOKEN.fullmatch(form_token):
        return None
    whole = f"{visitor.conversation} {form_token} {content}"
    return hashlib.sha256(whole.encode()).hexdigest()[:32]
