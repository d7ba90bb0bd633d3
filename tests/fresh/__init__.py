"""Questions judged at first contact: each set of sets/ was written by somebody who had not seen the code (format.md).

`cases` reads them, `judge` says what an answer lacks, `score` adds up; `python -m tests.fresh [SET ...]` prints.
"""
