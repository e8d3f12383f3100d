"""A file system in memory, with the options that are given, such as size=1m, or ro for one that cannot be written to.

Mounting needs root; without it, a user's own mount namespace has no use.
"""

import subprocess
import sys
import tempfile

from serving import announce, wait_for_end


def main():
    with tempfile.TemporaryDirectory() as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", sys.argv[1], "tmpfs", folder], capture_output=True, text=True)
        if mounted.returncode != 0:
            sys.exit(f"cannot mount a file system, run the tests as root: {mounted.stderr}")
        try:
            announce(path=folder)
            wait_for_end()
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


main()
