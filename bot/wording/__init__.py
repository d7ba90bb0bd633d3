"""From facts to words in Japanese and English: sentences from `catalogues`, layouts from `templates`.

May import knowledge and `bot.message`. Told in `wording.word` (answers) and `wording.say` (everything else).
"""
