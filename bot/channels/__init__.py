"""Where people reach the bot: a channel receives a Message in its own form, and renders and sends a Reply in it.

May import notices, operations and what is below them. Told in `registry.set_up`: one list of channels, from which the
settings, transports, identities, the doctor's look and what `kaikaku serve` runs follow. To add one, make its folder
and name its registration in `registry.CHANNELS`; nothing else changes.

What a channel gives, each in the module of that name in its folder (what else it needs has names of its own):

- `channel`: its Registration: what its messages call it, the settings that it reads (in `settings`), and the
  ChannelAdapter that it is with these. It loads nothing of what only the use of the channel needs.
- `receive`: what comes in as a Message, or nothing where nobody spoke to the bot. `key` is the same when the channel
  repeats itself, `place` is where the reply goes, `conversation` what follow-ups belong to, `sender` what the channel
  calls the person, `is_private` False where others read along. A channel that only sends has none.
- `render`: a Reply in the channel's own form. Pure: no clock, no network. What does not fit is cut where a person can
  see it; the words alone (`text`) already say it all.
- `send`: one outbox message handed over. It returns a Sent, or raises NotDelivered for what certainly did not arrive;
  anything else leaves the message in doubt, and it is not repeated unless `look` does not find it. A confidential
  reply never goes where others read along. Where people fetch their replies it is what they get at once.
- identify (of the ChannelAdapter): the person of the roster whom the channel calls so, None for a stranger, who gets
  the published plan. Without it the channel has found the person before and calls them by the roster's id.

What a channel needs of the bot is the one BotFacade (`facade`). Where a reply is awaited, it is `take`. Where the
channel repeats what it does not hear acknowledged: first `receive`, then the acknowledgement, then `answer` with the
channel's own `send`; what a crash leaves is handled and sent at the next start.

Notices go to people by the addresses of the roster, which knows Slack's, mail's and the page's; a channel that shall
carry them under addresses of a new kind needs a column there.
"""
