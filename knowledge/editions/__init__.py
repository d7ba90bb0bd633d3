"""The editions of a plan: what each is, where those imported are kept, what differs, and how one follows another.

May import the plan and the sources that editions are read from. Told in `revision.edition_from`; begin with `edition.Edition`.
"""
