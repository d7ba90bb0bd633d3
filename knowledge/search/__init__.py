"""The document cut into passages, and the search over them.

May import the plan and the words of a text (`knowledge.clues`). Told in `index.PassageIndex.search`.
"""
