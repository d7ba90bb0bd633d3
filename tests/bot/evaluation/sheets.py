"""Forms to be filled in by tests: subjects of the real plan in a round, with or without last year's entry."""

from datetime import date

from bot.evaluation.form import shipped_form
from bot.evaluation.open_work import EvaluationWork, all_work
from bot.evaluation.rounds import round_named
from bot.evaluation.sheet import EvaluationSheet
from bot.evaluation.sheet_builder import sheet_of
from bot.storage.entry import Entry, EntryState
from knowledge.editions.edition import shipped
from knowledge.known import Known
from knowledge.sources.sample_roster import sample_roster
from tests.bot.conversation.floor import NOON

KNOWN = Known(shipped())
ROSTER = sample_roster(KNOWN.plan).on(date(2023, 7, 10))
FORM = shipped_form()
WORK = {work.subject: work for work in all_work(KNOWN.plan, ROSTER)}


def sheet(
    subject: str, round: str = "R5", last: Entry | None = None, corrects: Entry | None = None
) -> EvaluationSheet:
    return sheet_of(
        FORM, KNOWN.plan, KNOWN.edition.id, WORK[subject], round_named(KNOWN.plan, round), last, corrects
    )


def work(subject: str) -> EvaluationWork:
    return WORK[subject]


def entry_on(subject: str, round: str, value: int | None = None, problems: str = "") -> Entry:
    """An entry whose forecasts are as targeted, or all of them `value`."""
    made = sheet(subject, round)
    forecast = tuple(
        figure.reported(made.unchanged()[figure.key])
        if value is None
        else figure.reported(type(made.unchanged()[figure.key])(value=value))
        for figure in made.figures
        if figure.name == "forecast"
    )
    return Entry(
        round=round,
        subject=subject,
        code=made.code,
        title=made.title,
        edition=made.edition,
        department=made.work.department,
        state=EntryState.ON_TRACK,
        forecast=forecast,
        problems=problems or "所管課が9月までに案内を改める",
        number=1,
        version=1,
        submitted_by="owner",
        submitted_at=NOON,
        is_late=False,
    )
