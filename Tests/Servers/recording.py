"""What the servers on loopback share that keep every request and answer as a test says.

POST /_plan {"path": PREFIX, "actions": [{"status", "headers"?, "body"?} | {"hang": true} | {"close": true}]} has the
next requests below a path answered so; GET /_requests lists what came. Everything else is for the server's own take().
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from serving import announce, wait_for_end

HANG_SECONDS = 30

lock = threading.Lock()
plans = {}
requests = []


def next_action(path):
    with lock:
        for prefix, actions in plans.items():
            if path.startswith(prefix) and actions:
                return actions.pop(0)
    return None


class RecordingHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        if path == "/_plan":
            plan = json.loads(body)
            with lock:
                plans.setdefault(plan["path"], []).extend(plan["actions"])
            return self.whole(200, {})
        if path == "/_requests":
            with lock:
                return self.whole(200, list(requests))
        with lock:
            requests.append({
                "method": self.command, "path": self.path, "body": body.decode(errors="replace"),
                "headers": {name.lower(): value for name, value in self.headers.items()}})
        action = next_action(path)
        if action is None:
            return self.take(path, body)
        if action.get("hang"):
            time.sleep(HANG_SECONDS)
        if action.get("hang") or action.get("close"):
            if action.get("done"):
                self.take(path, body, silent=True)
            self.close_connection = True
            return None
        return self.whole(action["status"], action.get("body", {}), action.get("headers", {}))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def take(self, path, body, silent=False):
        raise NotImplementedError

    def whole(self, status, body, headers={}):
        data = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def serve(handler, **facts):
    """Serves on a port of its own until the test ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    announce(port=server.server_port, **facts)
    wait_for_end()
