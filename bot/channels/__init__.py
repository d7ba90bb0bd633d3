"""Where people reach the bot: a channel receives a Message in its own form, and renders and sends a Reply in it.

May import notices, operations and what is below them; what a channel needs of the bot it declares as its facade.
Told in `transports.allowed` for what leaves by itself; each channel's `receive`, `render` and `send` tell the rest.
"""
