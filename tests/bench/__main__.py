"""Run the measurements, all of them or those named: python -m tests.bench [NAME ...]."""

import pkgutil
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType

from tests import bench
from tests.bench.figure import Figure, line, verdict


def names() -> list[str]:
    """The modules of this folder, this one apart."""
    return sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name != "__main__")


def measurements(chosen: Iterable[str]) -> Iterator[tuple[str, ModuleType]]:
    """Each chosen module that measures something."""
    for name in chosen:
        module = import_module(f"{bench.__name__}.{name}")
        if hasattr(module, "bench"):
            yield name, module


def main(chosen: list[str]) -> int:
    """Print a line as soon as it is measured, and at the end which goals are met; 2 when a name is not known."""
    unknown = sorted(set(chosen) - set(names()))
    if unknown:
        print(f"ありません: {'、'.join(unknown)} (あるもの: {'、'.join(names())})", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name, module in measurements(chosen or names()):
        print(f"{name}: {(module.__doc__ or '').partition(chr(10))[0]}", flush=True)
        for measured in module.bench():
            print(line(measured) if isinstance(measured, Figure) else f"  ・ {measured}", flush=True)
            figures += [measured] if isinstance(measured, Figure) else []
    print(verdict(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
