"""The one set of listeners, for Socket Mode and HTTP alike: stored first, then acknowledged and worked on at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from slack_bolt import Ack, App, BoltContext, BoltResponse, Respond
from slack_sdk import WebClient

from bot.channels.facade import BotFacade
from bot.channels.slack.background import start
from bot.channels.slack.client import quiet_logger
from bot.channels.slack.destination import Destination
from bot.channels.slack.elements import Block
from bot.channels.slack.ephemeral import open_view, whisper
from bot.channels.slack.forms import FORM, PRESSED
from bot.channels.slack.handler import SlackHandler
from bot.channels.slack.homes import Homes
from bot.channels.slack.members import OwnWorkspace, SlackMembers
from bot.channels.slack.modals import Answer
from bot.channels.slack.open_forms import is_from_form
from bot.channels.slack.receive import CHANNEL, SEARCH, Payload, message_of, place_of_press, plain_words
from bot.channels.slack.render import MARK, OPEN_FORM, OPEN_SOURCE, TURN_PAGE, posts
from bot.channels.slack.send import Sender, reply_in
from bot.channels.slack.settings import SlackSettings
from bot.channels.slack.views import codes_in, codes_view, passage_view
from bot.conversation.dispatch import ASK
from bot.message import Message
from bot.storage.database_fault import DatabaseFault
from bot.storage.feedback import MARKS
from bot.wording.wording import say
from reminders.storage.outbox_message import OutboxMessage

COMMAND = "/kaikaku"
LOOK_UP_CODES = "look_up_codes"
EVENTS = (
    "app_home_opened",
    "app_mention",
    "assistant_thread_context_changed",
    "assistant_thread_started",
    "message",
)

AT_ONCE = 4
"""How many messages are worked on at a time, so that receiving more of them is never kept waiting for long."""

SENT_WITHIN = 2.0
"""Seconds that a sent modal is worked on before it is closed; Slack waits three."""

_RECEIVED = "kaikaku_received"


def listening(
    slack: SlackSettings, client: WebClient, facade: BotFacade, people: SlackMembers, sender: Sender
) -> Listeners:
    """A Bolt app that listens. Raises BoltError or OSError when Slack refuses the token or is not there."""
    app = App(
        client=client,
        signing_secret=slack.signing_secret or "",
        # Over Socket Mode nothing is signed, and nothing comes in over HTTP.
        request_verification_enabled=slack.signing_secret is not None,
        logger=quiet_logger(),
    )
    listeners = Listeners(app, slack, facade, people, sender)
    app.use(listeners.receive)
    app.event("app_mention")(listeners.let_be)
    app.event("message")(listeners.let_be)
    app.action(re.compile(f"^({PRESSED}|{SEARCH})(:|$)"))(listeners.after_press)
    app.action(re.compile(f"^{OPEN_FORM}:"))(listeners.open_form)
    app.view(FORM)(listeners.submit)
    app.action(re.compile(f"^{OPEN_SOURCE}:"))(listeners.open_source)
    app.action(re.compile(f"^{TURN_PAGE}:"))(listeners.turn_page)
    app.action(re.compile(f"^{MARK}:"))(listeners.mark)
    app.shortcut(LOOK_UP_CODES)(listeners.look_up_codes)
    app.event("app_home_opened")(listeners.show_home)
    app.event("assistant_thread_started")(listeners.suggest)
    app.event("assistant_thread_context_changed")(listeners.let_be)
    return listeners


class Listeners:
    """What happens on each thing that Slack sends. Nothing slow stands before an acknowledgement."""

    def __init__(
        self, app: App, slack: SlackSettings, facade: BotFacade, people: SlackMembers, sender: Sender
    ) -> None:
        self.app = app
        self._slack, self._facade, self._people, self._sender = slack, facade, people, sender
        self._work = ThreadPoolExecutor(AT_ONCE, "slack-work")
        # Apart, since what opens a view has three seconds for it.
        self._looks = ThreadPoolExecutor(2, "slack-look")
        self._homes = Homes(app.client, facade)
        self._answers = SlackHandler(app.client, facade, sender, self._homes, self._looks)

    def close(self) -> None:
        """Finish what is under way."""
        self._work.shutdown(wait=True)
        self._looks.shutdown(wait=True)
        self._answers.patience.close()

    def receive(self, body: Payload, context: BoltContext, next: Callable[[], BoltResponse]) -> BoltResponse:
        """Keep what was said; when that fails it is told, there is no acknowledgement, and Slack says it again."""
        message = self._message_of(body, context.bot_user_id or "")
        if message is not None:
            if self._is_turned_away(body, message, context):
                return BoltResponse(status=200, body="")
            try:
                received = self._answers.keep(message, body)
            except DatabaseFault as fault:
                self._answers.not_kept(message, fault)
                raise
            if body.get("type") not in ("block_actions", "view_submission"):
                start(self._work, lambda: self._answers.to_words(received))
                # Acknowledged right here: Bolt would look for a listener first, which has nothing more to do.
                return BoltResponse(status=200, body="")
            context[_RECEIVED] = received
        return next()

    def after_press(self, ack: Ack, context: BoltContext, body: Payload) -> None:
        """A button, a form's further button, the search on the Home."""
        ack()
        received = context.get(_RECEIVED)
        if received is None:
            return
        if received.outgoing is not None:
            start(self._looks, lambda: self._answers.to_press_again(received, body))
        else:
            start(self._work, lambda: self._answers.to_press(received, body))
        if (body.get("view") or {}).get("type") == "home":
            # A fresh Home also lets the same example be pressed again.
            press = received.message.press
            asked = press.value if press is not None and press.action == ASK else received.message.text
            start(self._looks, lambda: self._homes.put_up(body["user"]["id"], asked))

    def submit(self, ack: Ack, context: BoltContext, body: Payload) -> None:
        """A modal was sent: worked on before it is acknowledged, since that is what the modal shows."""
        received, answer = context.get(_RECEIVED), Future[Answer]()
        if received is None:
            ack()
            return
        start(self._work, lambda: self._answers.to_form(received, body, answer))
        try:
            ack(**answer.result(SENT_WITHIN))
        except TimeoutError:
            # Closed, then; what there is to say comes as a message, unless it came in this very moment.
            ack(**({} if answer.cancel() else answer.result()))

    def open_form(self, ack: Ack, body: Payload, action: Payload) -> None:
        """Open the form of a message."""
        ack()
        start(self._looks, lambda: self._answers.modals.open_of_outgoing(body, int(action["value"])))

    def open_source(self, ack: Ack, body: Payload, action: Payload) -> None:
        """Open the passage of a source."""
        ack()
        reference = (action.get("selected_option") or action).get("value", "")
        start(self._looks, lambda: self._open_passage(body, reference))

    def turn_page(self, ack: Ack, action: Payload, respond: Respond) -> None:
        """Show another page in the place of this one."""
        ack()
        outgoing, page = (int(part) for part in action["action_id"].split(":")[1:])
        start(self._looks, lambda: self._turn_page(outgoing, page, respond))

    def mark(self, ack: Ack, body: Payload, action: Payload) -> None:
        """Whether an answer helped; kept before the acknowledgement, the same mark again being nothing new."""
        outgoing = self._facade.outgoing(int(action["action_id"].split(":")[1]))
        user, value = body["user"]["id"], MARKS[action["value"]]
        is_theirs = outgoing is not None and Destination.at(outgoing.address).user == user
        is_new = outgoing is not None and is_theirs and self._facade.mark(CHANNEL, key_of(outgoing), value)
        ack()
        if is_new or not is_theirs:
            language = reply_in(outgoing).language if outgoing and outgoing.body else "ja"
            words = say("marked", language, value=value) if is_new else say("slack/not_yours", language)
            start(self._looks, lambda: self._whisper(place_of_press(body), words))

    def look_up_codes(self, ack: Ack, body: Payload) -> None:
        """Open what the codes in somebody's message stand for."""
        ack()
        text = plain_words((body.get("message") or {}).get("text") or "")
        edition = self._facade.edition()
        fallback = "\n".join(codes_in(text, edition)) or say("slack/no_codes")
        start(self._looks, lambda: self._open(body, codes_view(text, edition), fallback))

    def show_home(self, event: Payload) -> None:
        """Put up the Home for whoever opened it."""
        if event.get("tab") == "home":
            start(self._looks, lambda: self._homes.put_up(event["user"]))

    def suggest(self, event: Payload) -> None:
        """Suggest questions in the assistant's pane."""
        thread = event["assistant_thread"]
        start(self._looks, lambda: self._homes.suggest(thread["channel_id"], thread["thread_ts"]))

    def let_be(self) -> None:
        """Acknowledged, and nothing else."""

    def _message_of(self, body: Payload, me: str) -> Message | None:
        if is_from_form(body):
            return self._answers.forms.message_of(body)
        return message_of(body, me, self._may_go_on)

    def _may_go_on(self, conversation: str) -> bool:
        return self._slack.follows_threads and bool(self._facade.exchanges(CHANNEL, conversation, 1))

    def _is_turned_away(self, body: Payload, message: Message, context: BoltContext) -> bool:
        """A guest or somebody of another workspace, as in a channel that two share; anybody of a whole organisation."""
        place = Destination.at(message.place)
        if context.is_enterprise_install:
            start(self._looks, lambda: self._whisper(place, say("slack/org_wide")))
            return True
        known = context.authorize_result
        own = OwnWorkspace(known.team_id, known.enterprise_id) if known else OwnWorkspace()
        if self._slack.outsiders == "answer":
            return False
        if not self._people.is_outsider(message.sender or "", team_of(body), own):
            return False
        if self._slack.outsiders == "refuse":
            start(self._looks, lambda: self._whisper(place, say("slack/outsider")))
        return True

    def _open_passage(self, body: Payload, reference: str) -> None:
        passages = self._facade.passages()
        passage = next((one for one in passages if one.reference == reference), None)
        fallback = f"{passage.title}\n{passage.text}" if passage else say("slack/passage_gone")
        self._open(body, passage_view(passage, self._facade.edition()), fallback)

    def _open(self, body: Payload, view: Block, fallback: str) -> None:
        open_view(self.app.client, body["trigger_id"], view, place_of_press(body), fallback)

    def _whisper(self, place: Destination, words: str) -> None:
        whisper(self.app.client, place, words)

    def _turn_page(self, number: int, page: int, respond: Respond) -> None:
        outgoing = self._facade.outgoing(number)
        if outgoing is None or outgoing.body is None:
            respond(text=say("slack/forgotten"), replace_original=False)
            return
        pages = posts(reply_in(outgoing), number, self._sender.without)
        post = pages[min(page, len(pages) - 1)]
        respond(text=post.text, blocks=list(post.blocks), replace_original=True)


def key_of(outgoing: OutboxMessage) -> str:
    """The key of the message that an outbox message replies to."""
    return (outgoing.in_reply_to or "").removeprefix(f"{CHANNEL}:")


def team_of(body: Payload) -> str:
    """The workspace or organisation that somebody speaks from, as far as Slack says."""
    event, user = body.get("event") or {}, body.get("user") or {}
    return str(event.get("user_team") or event.get("team") or user.get("team_id") or "")
