"""Takes what Ocuroot tells others: a chat, a program, a git host's API. Keeps every request, and answers as it is told,
as recording.py says. Everything else is taken, deployments as GitHub does.
"""

import json
from urllib.parse import parse_qs, urlsplit

from recording import RecordingHandler, lock, serve

deployments = []


class Handler(RecordingHandler):
    def take(self, path, body, silent=False):
        status, reply = 200, {}
        if path.endswith("/deployments") and self.command == "POST":
            with lock:
                status, reply = 201, dict(json.loads(body), id=1000 + len(deployments))
                deployments.append(reply)
        elif path.endswith("/deployments"):
            query = parse_qs(urlsplit(self.path).query)
            with lock:
                reply = [one for one in deployments if [one["ref"]] == query.get("sha")]
        elif "/statuses" in path:
            status = 201
        if not silent:
            self.whole(status, reply)


serve(Handler)
