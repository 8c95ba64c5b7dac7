"""Echoes its arguments, and names itself, its platform, where it was built and the contract it keeps, in one line."""

import os
import pathlib
import re
import sys

MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}


def contract() -> str:
    text = (pathlib.Path(__file__).parent / "backend.proto").read_text(encoding="utf-8")
    return re.search(r"^// contract version: (\S+)$", text, re.MULTILINE).group(1)


def main() -> None:
    system = os.uname()
    platform = f"{system.sysname.lower()}/{MACHINES.get(system.machine, system.machine)}"
    answer = " ".join(sys.argv[1:]) or "nothing to echo"
    print(f"echo on {platform}, built on {os.environ['BUILT_ON']}, contract {contract()}: {answer}")


main()
