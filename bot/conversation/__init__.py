"""The story of one message: received, answered by a feature, a command or the plan, handled, replied to.

May import identity, wording, storage and what is below them. Told in `conversation.Conversation.handle`; what a message
leads to, in `dispatch.answering`.
"""
