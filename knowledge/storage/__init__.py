"""The tables of what the plan says: the editions that were imported. All SQL of knowledge stands here.

May import editions and what is below them. Begin with `edition_store`; `migration` is what a module with tables brings.
"""
