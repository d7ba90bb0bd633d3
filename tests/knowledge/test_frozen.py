import copy
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any

import pytest

from knowledge.frozen import frozen


@frozen
class Bench:
    """Somewhere to sit."""

    place: str
    seats: int = 2
    signs: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        return self.seats > 2


@dataclass(frozen=True, slots=True)
class OrdinaryBench:
    """The same, as dataclasses makes it."""

    place: str
    seats: int = 2
    signs: tuple[str, ...] = ()


@frozen
class Locked:
    key: str = field(repr=False)
    notes: dict[str, str] = field(default_factory=dict)


@frozen
class Park:
    name: str
    benches: tuple[Bench, ...]


@frozen
class Nothing:
    pass


def test_it_takes_its_fields_in_order_by_name_and_by_default() -> None:
    for bench in (Bench("駅前", 4), Bench(seats=4, place="駅前"), Bench("駅前", seats=4)):
        assert (bench.place, bench.seats, bench.signs, bench.is_long) == ("駅前", 4, (), True)


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), (("駅前", 2, (), "?"), {}), (("駅前",), {"place": "港"}), ((), {"where": "港"})],
)
def test_wrong_arguments_are_wrong_as_anywhere(given: tuple[Any, ...], named: Mapping[str, Any]) -> None:
    for made in (Bench, OrdinaryBench):
        with pytest.raises(TypeError):
            made(*given, **named)


def test_it_is_what_it_holds() -> None:
    assert Bench("駅前") == Bench("駅前", 2) != Bench("駅前", 3)
    assert len({Bench("駅前"), Bench("駅前"), Bench("港")}) == 2
    others: tuple[object, ...] = (OrdinaryBench("駅前"), ("駅前", 2, ()), None)
    assert all(Bench("駅前") != other for other in others)
    assert Nothing() == Nothing() and hash(Nothing()) == hash(Nothing())
    with pytest.raises(TypeError, match="unhashable"):
        hash(Locked("秘密"))


def test_nothing_in_it_changes() -> None:
    bench = Bench("駅前")
    with pytest.raises(FrozenInstanceError):
        bench.seats = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        bench.colour = "green"  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        del bench.place
    assert not hasattr(bench, "__dict__")


def test_what_dataclasses_offers_works_on_it() -> None:
    park = Park("中央", (Bench("駅前"),))
    ordinary = OrdinaryBench("駅前")
    assert replace(park, name="港").benches is park.benches
    assert asdict(park) == {"name": "中央", "benches": (asdict(ordinary),)}
    assert [one.name for one in fields(Bench)] == [one.name for one in fields(OrdinaryBench)]
    assert repr(Bench("駅前")) == repr(ordinary).removeprefix("Ordinary")
    match park.benches[0]:
        case Bench(place, seats):
            assert (place, seats) == ("駅前", 2)


def test_it_can_be_kept_and_copied() -> None:
    park = Park("中央", (Bench("駅前", 3, ("禁煙",)),))
    assert pickle.loads(pickle.dumps(park)) == copy.deepcopy(park) == copy.copy(park) == park


def test_secrets_are_not_shown_and_no_default_is_shared() -> None:
    assert "秘密" not in repr(Locked("秘密"))
    one, other = Locked("a"), Locked("b")
    one.notes["a"] = "b"
    assert other.notes == {}


def test_what_a_class_says_itself_stands() -> None:
    @frozen
    class Polite:
        name: str

        def __post_init__(self) -> None:
            if not self.name:
                raise ValueError("名前がありません")

        def __repr__(self) -> str:
            return f"{self.name}さん"

    assert repr(Polite("山田")) == "山田さん"
    with pytest.raises(ValueError, match="名前"):
        Polite("")
