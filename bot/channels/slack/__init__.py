"""Slack: what comes in from it becomes a Message, what goes out to it is made from a Reply. The home of Bolt."""
