"""Who answers for what: departments, posts and people, their duties in the plan, what differs between two rosters.

May import the plan. Begin with `roster.Roster`.
"""
