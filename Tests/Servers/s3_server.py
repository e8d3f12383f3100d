"""SeaweedFS as an S3 server on loopback, with credentials made for this run and one empty bucket."""

import json
import os
import secrets
import shutil
import sys
import tempfile
import urllib.error
import urllib.request

from serving import announce, free_ports, start, stop, wait_for_end, wait_until

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STARTUP_SECONDS = 60
BUCKET = "conformance"


def find_program():
    path = os.path.join(ROOT, ".build-tools", "weed", "bin", "weed")
    found = path if os.access(path, os.X_OK) else shutil.which("weed")
    return found or sys.exit("SeaweedFS is missing; run hack/install-test-tools")


def identity(name, key, secret, actions):
    return {"name": name, "credentials": [{"accessKey": key, "secretKey": secret}], "actions": actions}


def answers(port):
    """Whether the S3 server speaks: a request without a signature is refused with 403, no longer with 500."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/{BUCKET}", timeout=2).close()
    except urllib.error.HTTPError as error:
        return error.code == 403
    except OSError:
        return False
    return False


def makes_bucket(port):
    """A bucket is a folder of the filer."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/buckets/{BUCKET}/", method="POST")
    try:
        urllib.request.urlopen(request, timeout=5).close()
    except OSError:
        return False
    return True


def main():
    program = find_program()
    secret = secrets.token_hex(20)
    with tempfile.TemporaryDirectory() as folder:
        configuration = os.path.join(folder, "s3.json")
        with open(configuration, "w") as file:
            json.dump({"identities": [
                identity("owner", "OWNERKEY", secret, ["Admin", "Read", "Write", "List", "Tagging"]),
                identity("reader", "READERKEY", secret, [f"Read:{BUCKET}", f"List:{BUCKET}"]),
            ]}, file)
        data = os.path.join(folder, "data")
        os.mkdir(data)
        # weed derives the gRPC ports by adding 10000 unless it is told them.
        names = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port",
                 "filer.port.grpc", "s3.port", "s3.port.grpc")
        ports = dict(zip(names, free_ports(len(names))))
        log = os.path.join(folder, "log")
        arguments = [
            program, "-logtostderr=true", "server", f"-dir={data}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer",
            "-s3", f"-s3.config={configuration}", "-master.volumeSizeLimitMB=64", "-volume.max=50",
            "-master.telemetry=false", "-s3.port.iceberg=0", "-s3.port.lance=0",
        ] + [f"-{name}={port}" for name, port in ports.items()]
        process = start(arguments, log, cwd=folder)
        try:
            wait_until(lambda: answers(ports["s3.port"]), process, log, STARTUP_SECONDS)
            wait_until(lambda: makes_bucket(ports["filer.port"]), process, log, STARTUP_SECONDS)
            announce(port=ports["s3.port"], bucket=BUCKET, key="OWNERKEY", readerKey="READERKEY", secret=secret)
            wait_for_end()
        finally:
            stop(process, seconds=0)


main()
