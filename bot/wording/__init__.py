"""From facts to words: templates filled in, in Japanese and English.

May import knowledge and `bot.message`. Told in `wording.word`.
"""
