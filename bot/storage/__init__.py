"""The database: opened, brought up to date, copied; and each group of tables in a module that alone speaks of it.

All SQL of the bot stands here, and what is kept as plain values (an entry, a draft) beside the module that keeps it.
May import knowledge, reminders, `bot.message` and `bot.refusal`. Told in `database.DatabaseFile`.
"""
