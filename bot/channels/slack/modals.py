"""Forms opened in modals, and what a modal shows once it was sent: faults beside their fields, or what became of it."""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient

from bot.channels.facade import BotFacade
from bot.channels.slack import limits
from bot.channels.slack.destination import Destination
from bot.channels.slack.elements import Block, paragraph
from bot.channels.slack.ephemeral import open_view
from bot.channels.slack.forms import faults_of, form_view, submitted
from bot.channels.slack.open_forms import OpenForms
from bot.channels.slack.plain_text import parts
from bot.channels.slack.receive import Payload, place_of_press
from bot.channels.slack.send import reply_in
from bot.channels.slack.views import modal
from bot.message import Form, Reply
from bot.wording.wording import say

Answer = dict[str, Any]
"""What Slack is answered to a modal that was sent; nothing closes it."""

NOT_TAKEN = frozenset({"not_taken", "refused", "error", "unclear"})
"""Kinds of replies to a form of which nothing was kept."""


class Modals:
    """What stands over conversations to be filled in. Calls may come from any thread."""

    def __init__(self, client: WebClient, facade: BotFacade, forms: OpenForms) -> None:
        self._client, self._facade, self._forms = client, facade, forms

    def after_press(self, body: Payload, reply: Reply) -> None:
        """Open the form that a button led to, at once; its message opens it again later."""
        if reply.form is None or "trigger_id" not in body:
            return
        place = place_of_press(body)
        place = place.own if reply.is_confidential and place.way == "open" else place
        language = reply.language
        view = form_view(reply.form, place, language)
        if view is not None:
            open_view(self._client, body["trigger_id"], view, place, say("slack/not_opened", language))

    def open_of_outgoing(self, body: Payload, number: int) -> None:
        """Open the form that an outbox message holds, at the revision at which it was sent."""
        outgoing, place = self._facade.outgoing(number), place_of_press(body)
        reply = reply_in(outgoing) if outgoing is not None and outgoing.body is not None else None
        language = reply.language if reply else "ja"
        view = form_view(reply.form, place, language) if reply and reply.form else None
        gone = say("slack/forgotten", language)
        open_view(
            self._client,
            body["trigger_id"],
            view or modal(say("slack/form_title", language), [paragraph(gone)]),
            place,
            say("slack/not_opened", language) if view else gone,
        )

    def after_button(self, body: Payload, reply: Reply) -> None:
        """A button inside the modal sent it: show what became of it there."""
        view = self._shown(body, reply.form, reply) if reply.form else _words(reply, body)
        updated = self._client.views_update(view_id=body["view"]["id"], view=view)
        if reply.form is not None:
            self._forms.stands_at(str(updated["view"]["id"]), reply.form.revision)

    def acknowledgement(self, body: Payload, reply: Reply) -> Answer:
        """Faults by field, words in the place of the form, or nothing."""
        view = body["view"]
        faults = faults_of(reply.form, view) if reply.form else None
        if reply.form is not None and faults:
            self._forms.stands_at(view["id"], reply.form.revision)
            return {"response_action": "errors", "errors": faults}
        if reply.kind in NOT_TAKEN:
            return {"response_action": "update", "view": _words(reply, body)}
        return {}

    def _shown(self, body: Payload, form: Form, reply: Reply) -> Block:
        sent = submitted(body["view"])
        place = sent.place if sent else Destination(body["user"]["id"])
        return form_view(form, place, reply.language) or _words(reply, body)


def _words(reply: Reply, body: Payload) -> Block:
    """The reply in words, and what was written where nothing of it was taken."""
    language, sent = reply.language, submitted(body["view"])
    labels = {
        block.get("block_id"): block["label"]["text"] for block in body["view"]["blocks"] if "label" in block
    }
    text = list(parts(reply.text, limits.RICH_TEXT))
    if sent is not None and reply.kind in NOT_TAKEN:
        fields = [(labels.get(f"field:{name}", name), words) for name, words in sent.press.fields]
        text += parts(say("slack/form_stale", language, fields=fields), limits.RICH_TEXT)
    return modal(say("slack/form_title", language), [paragraph(part) for part in text[: limits.FORM_BLOCKS]])
