"""Outbox messages by mail. Only sends: what somebody answers by mail is not read."""
