"""Where people reach the bot. A channel turns what it gets into a Message, and a Reply into its own form."""
