"""The yearly cycle in conversation: what is sent when something is due, deadlines, and what is done in each phase.

May import evaluation, progress and what is below them. Told in `handler.NoticeHandler.handle`;
what is due is decided in `reminders`.
"""
