"""What an installation may set, all of it from the environment, with values fit for a first try."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
POLICIES = ROOT / "policies"
MIGRATIONS = ROOT / "migrations"
#: Long enough to find out why a letter failed, and to send it again by hand.
FAILED_JOBS_DAYS = 30


@dataclass(frozen=True)
class Settings:
    """The settings of one installation.

    `data`: directory of the embedded database and of uploaded files. `keys`: directory of the keys, never inside a
    backup of `data`. `high_water`: the file that remembers how far the record was signed, in no backup either; beside
    the keys where nothing is said. `database_url`: empty for the embedded SQLite database in `data`. `base_url`: the
    address that people and letters use. `smtp_url`: `smtp://user:password@host:587`; empty in the demo, where letters
    land in `data/mail`. `source_url`: where this installation's source code can be had. `demo`: shows the demo's
    letters and says on every page that nothing here is real. `failed_jobs_days`: how long it stays known what a job
    that was given up was about, such as the address of a letter that could not be delivered. `private_witnesses`: lets
    witnesses be asked on this machine and its network too, and not only on the open internet. `timestamp_url`: where
    an authority of time stamps (RFC 3161) is asked for one over each day's digest; empty for none. `timestamp_roots`:
    the file of certificates (PEM) from which its own must descend.
    """

    data: Path
    keys: Path
    database_url: str
    base_url: str
    smtp_url: str = ""
    mail_from: str = "consultare@localhost"
    source_url: str = ""
    demo: bool = False
    high_water: Path | None = None
    private_witnesses: bool = False
    failed_jobs_days: int = FAILED_JOBS_DAYS
    timestamp_url: str = ""
    timestamp_roots: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; every name is documented in the README."""
        data = Path(environment.get("CONSULT_DATA") or "data").resolve()
        return cls(
            data=data,
            keys=Path(environment.get("CONSULT_KEYS") or data / "keys").resolve(),
            database_url=environment.get("DATABASE_URL") or f"sqlite:///{data / 'consult.db'}",
            base_url=(environment.get("CONSULT_BASE_URL") or "http://127.0.0.1:8000").rstrip("/"),
            smtp_url=environment.get("CONSULT_SMTP_URL", ""),
            mail_from=environment.get("CONSULT_MAIL_FROM", "consultare@localhost"),
            source_url=environment.get("CONSULT_SOURCE_URL", ""),
            demo=environment.get("CONSULT_DEMO", "") == "1",
            failed_jobs_days=int(environment.get("CONSULT_FAILED_JOBS_DAYS") or FAILED_JOBS_DAYS),
            private_witnesses=environment.get("CONSULT_PRIVATE_WITNESSES", "") == "1",
            timestamp_url=environment.get("CONSULT_TIMESTAMP_URL", ""),
            timestamp_roots=Path(said).resolve() if (said := environment.get("CONSULT_TIMESTAMP_ROOTS")) else None,
            high_water=Path(said).resolve() if (said := environment.get("CONSULT_HIGH_WATER")) else None,
        )

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the embedded one: then one process serves, works and sequences."""
        return self.database_url.startswith("sqlite")

    @property
    def is_secure(self) -> bool:
        """Whether people reach the service by TLS: then cookies are Secure and carry the __Host- prefix."""
        return self.base_url.startswith("https://")

    @property
    def log_origin(self) -> str:
        """The name of the record's first log."""
        return self.origin_of(1)

    def origin_of(self, log: int) -> str:
        """Return the origin of a log by C2SP tlog-checkpoint: the schemeless address of its static paths."""
        return f"{self.base_url.split('://', 1)[1]}/log/{log}"

    @property
    def high_water_file(self) -> Path:
        """Where it is written down how far the record was signed."""
        return self.high_water or self.keys / "high-water"

    @property
    def files(self) -> Path:
        """Directory of uploaded documents, each named by its hash."""
        return self.data / "files"

    @property
    def mail_folder(self) -> Path:
        """Directory in which letters land when there is no SMTP server."""
        return self.data / "mail"
