"""Where carrier pigeons come home to."""

from dataclasses import dataclass
from pathlib import Path

from bot.settings import SettingsSection
from bot.settings.values import Values


@dataclass(frozen=True)
class PigeonSettings:
    """The loft that letters arrive in, the ring that our pigeons wear, and the machine that the loft stands on."""

    loft: Path
    ring: str
    host: str


def _read(values: Values) -> PigeonSettings | None:
    loft, ring = values.text("KAIKAKU_PIGEON_LOFT"), values.secret("KAIKAKU_PIGEON_RING")
    if loft is None:
        return None
    if ring is None:
        values.fault("KAIKAKU_PIGEON_RING", "足環の番号も必要です")
    return PigeonSettings(Path(loft), ring or "", values.text("KAIKAKU_PIGEON_HOST") or "127.0.0.1")


SECTION = SettingsSection(
    ("KAIKAKU_PIGEON_LOFT", "KAIKAKU_PIGEON_RING", "KAIKAKU_PIGEON_HOST"),
    _read,
    secrets=("KAIKAKU_PIGEON_RING",),
)
