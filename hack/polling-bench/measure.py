"""Watches many repositories on loopback with `ocuroot up` and says how their polling keeps up.

    measure.py OCUROOT [--json] [--repos 1000] [--poll 30] [--seconds 120]

The repositories are bare, of one commit each, behind git http-backend and nginx with basic auth; the password is a
credential of the server. After a first look at each, requests are counted in nginx's log, processor time and memory of
the server's processes are read from /proc, and how late a look came is told by the pauses between looks at the same
repository, beyond the longest that the schedule asks for. The peer is `git ls-remote` of the same repositories, four
at a time, as the server looks at one host.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

SERVERS = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Servers"
TICKS = os.sysconf("SC_CLK_TCK")


def make_repositories(root, count):
    """One repository with a commit, and copies of it."""
    environment = dict(os.environ, GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b", GIT_COMMITTER_NAME="a",
                       GIT_COMMITTER_EMAIL="a@b")
    first = f"{root}/r0.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", "--template=", first], check=True)
    tree = subprocess.run(["git", "-C", first, "mktree"], input="", capture_output=True, text=True, check=True)
    commit = subprocess.run(["git", "-C", first, "commit-tree", "-m", "first", tree.stdout.strip()], check=True,
                            capture_output=True, text=True, env=environment)
    subprocess.run(["git", "-C", first, "update-ref", "refs/heads/main", commit.stdout.strip()], check=True)
    for number in range(1, count):
        subprocess.run(["cp", "-r", first, f"{root}/r{number}.git"], check=True)


class Server:
    def __init__(self, ocuroot, directory, poll):
        self.directory = directory
        self.process = subprocess.Popen(
            [ocuroot, "up", "--data-dir", directory, "--listen", "127.0.0.1:0", "--poll", f"{poll}s",
             "--log-level", "error"], stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line.startswith("ocuroot is ready at "):
                self.address = line.split()[-1]
                break
        else:
            sys.exit("the server did not start")
        self.key = pathlib.Path(directory, "api-key").read_text().strip()

    def call(self, path, body=None):
        request = urllib.request.Request(self.address + path, headers={"Authorization": f"Bearer {self.key}"})
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=90) as answer:
            return json.load(answer)

    def usage(self):
        """Processor seconds and resident bytes of the server itself and of its database."""
        sums = {"server": [0.0, 0], "database": [0.0, 0]}
        parents = {}
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    fields = pathlib.Path("/proc", entry, "stat").read_text().rsplit(")", 1)[1].split()
                    pages = int(pathlib.Path("/proc", entry, "statm").read_text().split()[1])
                except (FileNotFoundError, ProcessLookupError):
                    continue
                parents[int(entry)] = (int(fields[1]), (int(fields[11]) + int(fields[12])) / TICKS, pages)
        own = pathlib.Path(self.directory, "postgres", "data", "postmaster.pid")
        postmaster = int(own.read_text().split()[0])
        for pid, (parent, seconds, pages) in parents.items():
            name = "server" if pid == self.process.pid else "database" if postmaster in (pid, parent) else None
            if name:
                sums[name][0] += seconds
                sums[name][1] += pages * os.sysconf("SC_PAGE_SIZE")
        return sums


def looks(log, start, end):
    """The times of the lists of refs that nginx answered with 200, by repository."""
    times = collections.defaultdict(list)
    with open(log) as file:
        for line in file:
            _, uri, status, at = line.split(" ")[:4]
            if status == "200" and "/info/refs" in uri and start <= float(at) < end:
                times[uri.split("/")[2]].append(float(at))
    return times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ocuroot")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--repos", type=int, default=1000)
    parser.add_argument("--poll", type=int, default=30)
    parser.add_argument("--seconds", type=int, default=120)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        os.chmod(root, 0o755)
        make_repositories(root, options.repos)
        password = f"{root}/password"
        pathlib.Path(password).write_text("s3cret")
        hosts = subprocess.Popen([sys.executable, "-B", SERVERS / "git_server.py", root, "deploy", password],
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        facts = json.loads(hosts.stdout.readline())
        base = f"http://127.0.0.1:{facts['http']}/git/"
        server = Server(options.ocuroot, f"{root}/data", options.poll)
        try:
            report = measure(server, base, facts["log"], options)
        finally:
            server.process.terminate()
            server.process.wait(60)
            hosts.stdin.close()
            hosts.wait(30)
    if options.json:
        print(json.dumps(report))
        return
    for name, value in report.items():
        print(f"{name:44} {value}")


def measure(server, base, log, options):
    server.call("/api/v1/credentials", {
        "prefix": base, "credentials": [{"kind": "password", "user": "deploy", "secret": "s3cret"}]})
    for number in range(options.repos):
        server.call("/api/v1/repos", {"url": f"{base}r{number}.git", "force": True})
    deadline = time.time() + 600
    while any("lookedAt" not in repo for repo in server.call("/api/v1/repos")["repos"]):
        if time.time() > deadline:
            sys.exit("not every repository was looked at within 10 minutes")
        time.sleep(1)
    # By then those that were added together have drifted apart.
    time.sleep(2 * options.poll)
    start, before = time.time(), server.usage()
    time.sleep(options.seconds)
    end, after = time.time(), server.usage()
    times = looks(log, start, end)
    pauses = [later - earlier for seen in times.values() for earlier, later in zip(seen, seen[1:])]
    longest = options.poll * 1.2
    begun = time.time()
    subprocess.run(
        ["xargs", "-P", "4", "-n", "1", "git", "ls-remote"], check=True, stdout=subprocess.DEVNULL, text=True,
        input="\n".join(f"{base.replace('://', '://deploy:s3cret@')}r{n}.git" for n in range(options.repos)))
    peer = time.time() - begun
    span = end - start
    return {
        "repositories": options.repos,
        "looks per second": round(sum(map(len, times.values())) / span, 1),
        "repositories never looked at meanwhile": options.repos - len(times),
        "worst lateness, s": round(max(0.0, max(pauses, default=span) - longest), 2),
        "server, share of one processor, %": round(100 * (after["server"][0] - before["server"][0]) / span, 1),
        "database, share of one processor, %": round(100 * (after["database"][0] - before["database"][0]) / span, 1),
        "server, resident MiB": after["server"][1] >> 20,
        "git ls-remote of them all, four at a time, per second": round(options.repos / peer, 1),
    }


main()
