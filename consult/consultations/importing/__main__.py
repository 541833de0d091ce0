"""`python -m consult.consultations.importing FORMAT`: a file comes in, its text goes out; see `source_files`.

This process may use little memory and time and write no file: whatever a file does to it ends with it.
"""

import resource
import sys

import msgspec

from consult.consultations.importing.pdf import Scanned
from consult.consultations.importing.pdf_lines import Locked
from consult.consultations.importing.reading import read
from consult.consultations.importing.sheets import Outcome
from consult.consultations.importing.xml import Unreadable

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20


def main() -> Outcome:
    """Read a file within limits."""
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(limit, (most, most))
    try:
        reading = read(sys.argv[1], sys.stdin.buffer.read())
    except Unreadable:
        return Outcome.UNREADABLE
    except Locked:
        return Outcome.LOCKED
    except Scanned:
        return Outcome.SCANNED
    sys.stdout.buffer.write(msgspec.json.encode(reading))
    return Outcome.READ


if __name__ == "__main__":
    sys.exit(main())
