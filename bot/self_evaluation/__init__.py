"""Self-evaluation in conversation: what is asked, the drafts it is answered in, the entries that come of it."""
