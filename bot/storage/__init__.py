"""The database file: opened, brought up to date, copied; the editions and the audit that everybody reads in it.

May import knowledge, reminders and `bot.refusal`; each table's own module stands with what it is
about. Told in `database.DatabaseFile`.
"""
