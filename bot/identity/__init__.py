"""Who somebody is and what they may do: identification, rights, and the roster in the database.

May import storage and what is below it. Told in `identification.identify`; what each may do is the table in `rights`.
"""
