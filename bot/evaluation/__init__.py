"""Self-evaluation: what is asked, the drafts it is answered in, the entries that come of it, and their sign-off.

May import the conversation and what is below it. Told in `handler.SelfEvaluation.handle`; what comes next in a draft, in
`dialogue`.
"""
