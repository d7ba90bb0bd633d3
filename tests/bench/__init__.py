"""How fast and how large, as ratios that two machines can compare. `make bench` runs them all.

A module here joins in by a `bench()` that yields for each thing measured a Figure, or a line where it is no figure.
"""
