"""The tables of what is to be said and was: outbox, claims, notices, responses. All SQL of reminders stands here.

May import what is due, the calendar, and what is below them. Begin with `outbox`.
"""
