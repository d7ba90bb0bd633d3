from knowledge.answers import ANSWERS, maker_of
from knowledge.question import Ask


def test_every_kind_of_question_has_somebody_to_answer_it() -> None:
    answered_apart = {Ask.GREETING, Ask.PROCESS, Ask.PAGE, Ask.TWO}
    assert set(ANSWERS) == set(Ask) - answered_apart
    assert all(callable(maker_of(asks)) for asks in ANSWERS)
