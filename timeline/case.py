"""The review as board staff set it up in case.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency that contributes: its name, its folder under intake/, the names others use for it, and its own headings (heading -> meaning).

    `keep` are files in its folder that stand on their own, as a person said: read in full, and never taken for a version of another.
    """

    name: str
    folder: str
    aliases: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    asked_on: date | None = None
    due_on: date | None = None
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A review: its reference, kind, title, the period under review (both days inclusive), the agencies and the board's settings."""

    reference: str
    kind: str
    title: str
    period_start: date
    period_end: date
    agencies: tuple[Agency, ...]
    jurisdiction: str | None = None
    timezone: str | None = None
    incident_on: date | None = None
    notified_on: date | None = None
    referred_on: date | None = None
    referral: Mapping[str, str] = field(default_factory=dict)
    silence_days: int = 42
    agency_silence_days: int = 90
    not_seen_days: int = 42
    seen_alone_days: int = 84
    voice_days: int = 90
    no_action_days: int = 14
    recording_working_days: int = 5
    policy: str = "overview-report"
    recipients: tuple[str, ...] = ()  # whose public keys the board's key and archives are sealed for
    retention_years: int | None = None  # how long the board keeps an archived review
    templates: str = ""  # the folder of the board's own Word templates, as case.toml gives it
    timescale_profile: str = ""  # a jurisdiction; where it is not the review's own, its timescales are shown for comparison
    matters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what the author asks who knew -> the words that show it
    timescale_numbers: Mapping[str, str] = field(default_factory=dict)  # timescale -> the board's own length of time, "10 working days"

    @property
    def kept_files(self) -> frozenset[str]:
        """The paths, relative to intake/, of all files that stand on their own."""
        return frozenset(f"{agency.folder}/{name}" for agency in self.agencies for name in agency.keep)
