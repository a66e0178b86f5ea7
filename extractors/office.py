"""The child process in which LibreOffice writes an older format anew as .docx or .xlsx: limits, no network, a profile of its own, no macros."""

import os
import pickle
import resource
import signal
import subprocess
import sys
from pathlib import Path

PROFILE = "profile"  # in the folder of one conversion
MAX_WRITTEN_BYTES = 500_000_000
# no macro is run, no link is brought up to date, nothing is fetched
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun"><value>false</value></prop></item>
</oor:items>
"""
_WRITERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


def main() -> int:
    """Converts what the request holds; 0 and the new file's bytes on standard output, or 3 and one word on standard error."""
    from extractors.child import confine
    from timeline.copies import end_with_parent

    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))  # LibreOffice with us: it hears nothing of our parent
    end_with_parent(signal.SIGTERM)
    asked = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - from our own parent
    folder = Path(asked.folder)
    given, made = folder / f"in{asked.ending}", folder / "made" / f"in.{asked.wanted}"
    confine(asked.limits.memory_bytes, asked.limits.cpu_seconds_for_office(len(asked.data)), MAX_WRITTEN_BYTES)
    for name in (f"{PROFILE}/user", "made", "tmp"):
        (folder / name).mkdir(parents=True, mode=0o700)
    (folder / PROFILE / "user/registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    given.write_bytes(asked.data)
    done = subprocess.run(  # noqa: S603 - a fixed command; the file has a name of our own
        (
            asked.program,
            f"-env:UserInstallation={(folder / PROFILE).as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard"),
            *("--convert-to", _WRITERS[asked.wanted], "--outdir", str(made.parent), str(given)),
        ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"HOME": str(folder), "TMPDIR": str(folder / "tmp"), "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        check=False,
    )
    if not made.is_file():
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        took_too_long = used.ru_utime + used.ru_stime >= asked.limits.cpu_seconds_for_office(len(asked.data))
        sys.stderr.write("time" if took_too_long else f"office {done.returncode}")
        return 3
    sys.stdout.buffer.write(made.read_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
