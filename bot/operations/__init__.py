"""Keeping it running for years: doctor, restore, forgetting in time, what runs beside the conversation and its log.

May import progress and what is below it. Told in `doctor.examine`; what runs beside, in `periodic_jobs.running`.
"""
