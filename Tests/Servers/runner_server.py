"""A server that speaks the runner's protocol for any number of runs, each behaving as a test says.

PUT  /control/ID   {"start": …, "patch": base64, "credentials": […], "rules": {"heartbeat": [409], …}}: a list of statuses
                   for a call, the last one repeated; 0 closes the connection without an answer. What has no rule
                   succeeds.
GET  /control/ID   what the runner did: counts of calls, the log, the results, the tokens it used.
"""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from serving import announce, wait_for_end

runs = {}
lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        # Answers are small and in two writes; without this they wait for the other side's acknowledgement.
        self.request.setsockopt(6, 1, 1)

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            pass

    def answer(self):
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = url.path.strip("/").split("/")
        if parts[0] == "control":
            return self.control(parts[1], body)
        if parts[:3] != ["api", "v1", "runs"] or parts[3] not in runs:
            return self.whole(404, b"")
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.call(runs[parts[3]], parts[4], query, body)

    do_GET = do_POST = do_PUT = answer

    def control(self, run, body):
        if self.command == "PUT":
            with lock:
                known = runs.setdefault(run, {"calls": {}, "tokens": [], "chunks": {}, "results": []})
                known.update(json.loads(body))
            return self.whole(204, b"")
        with lock:
            known = runs[run]
            log = b"".join(chunk for _, chunk in sorted(known["chunks"].items()))
            offsets = sorted(known["chunks"])
            state = {
                "calls": known["calls"], "tokens": sorted(set(known["tokens"])), "results": known["results"],
                "log": base64.b64encode(log).decode(), "chunks": len(offsets),
                "isContiguous": all(
                    offset == sum(len(known["chunks"][before]) for before in offsets if before < offset)
                    for offset in offsets),
            }
        self.whole(200, json.dumps(state).encode())

    def call(self, run, name, query, body):
        with lock:
            count = run["calls"].get(name, 0)
            run["calls"][name] = count + 1
            run["tokens"].append(self.headers.get("Authorization", ""))
            rules = run.get("rules", {}).get(name, [])
            status = rules[min(count, len(rules) - 1)] if rules else 200
            if status in (200, 204):
                if name == "log":
                    run["chunks"][int(query["offset"])] = body
                if name == "result":
                    run["results"].append(json.loads(body))
        if status == 0:
            self.close_connection = True
            return
        if status not in (200, 204):
            problem = {"status": status, "code": "test", "detail": f"the test says {status}"}
            return self.whole(status, json.dumps(problem).encode())
        if name == "start":
            return self.whole(200, json.dumps(run["start"]).encode())
        if name == "credentials":
            return self.whole(200, json.dumps({"credentials": run.get("credentials", [])}).encode())
        if name == "patch":
            return self.whole(200, base64.b64decode(run["patch"]))
        self.whole(204, b"")

    def whole(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    ThreadingHTTPServer.request_queue_size = 512
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    announce(url=f"http://127.0.0.1:{server.server_address[1]}")
    wait_for_end()


main()
