"""What the test servers share: announce facts as one line of JSON, then live until the test closes our input."""

import ctypes
import json
import random
import signal
import socket
import subprocess
import sys
import time


def announce(**facts):
    print(json.dumps({name: str(value) for name, value in facts.items()}), flush=True)


def wait_for_end():
    """Returns when the test process closed our standard input, which its death does too."""
    sys.stdin.buffer.read()


def free_ports(count):
    """Ports of loopback that were free just now, from below the range that outgoing connections are given."""
    ports = []
    for port in random.sample(range(15_000, 32_000), 1000):
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
        ports.append(port)
        if len(ports) == count:
            return ports
    sys.exit("no free ports on loopback")


def _die_with_parent():
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def start(arguments, log_path, **options):
    """Starts a program that cannot outlive this script."""
    with open(log_path, "ab") as log:
        return subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=_die_with_parent, **options)


def stop(process, seconds=10):
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until(is_ready, process, log_path, seconds):
    """Asks until is_ready() answers true; ends the script with the program's log when that takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if is_ready():
            return
        time.sleep(0.05)
    with open(log_path, errors="replace") as log:
        sys.exit(f"{process.args[0]} did not become ready:\n{log.read()[-4000:]}")
