"""Run the measurements, all of them or those named: python -m tests.bench [NAME ...]."""

import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from tests import bench


def names() -> list[str]:
    """The modules of this folder, this one apart."""
    return sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name != "__main__")


def measurements(chosen: Iterable[str]) -> Iterator[tuple[str, Callable[[], Iterable[str]]]]:
    """Each chosen module that measures something, with its bench()."""
    for name in chosen:
        measure = getattr(import_module(f"{bench.__name__}.{name}"), "bench", None)
        if measure is not None:
            yield name, measure


def main(chosen: list[str]) -> int:
    """Print a line as soon as it is measured; 2 when a name is not known."""
    unknown = sorted(set(chosen) - set(names()))
    if unknown:
        print(f"ありません: {'、'.join(unknown)} (あるもの: {'、'.join(names())})", file=sys.stderr)
        return 2
    for name, measure in measurements(chosen or names()):
        for line in measure():
            print(f"{name}: {line}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
