"""An HTTP server that behaves well or badly on request. The paths are named in Handler.routes."""

import hashlib
import json
import os
import socket
import socketserver
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from serving import announce, wait_for_end

PIECE = b"x" * 65536
GIVE_UP_SECONDS = 30

# What happened to requests that carry ?id=…: bytes sent so far, or how they ended.
sent = {}
ended = {}
changed = threading.Condition()


def note(store, key, value):
    with changed:
        store[key] = value
        changed.notify_all()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    connection_count = 0

    def setup(self):
        super().setup()
        Handler.connection_count += 1
        self.connection_id = Handler.connection_count

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            pass

    def answer(self):
        if self.path.startswith("http://"):
            return self.whole(200, f"proxied {self.path}")
        url = urlsplit(self.path)
        self.query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.first, _, self.rest = url.path.strip("/").partition("/")
        route = getattr(self, "on_" + self.first.replace("-", "_"), None)
        return route() if route else self.whole(404, "no such path")

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

    def whole(self, status, body, headers=()):
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def on_hello(self):
        self.whole(200, "hello", [("X-Colour", "red"), ("x-colour", "blue"), ("X-Empty", "")])

    def on_status(self):
        self.whole(int(self.query["code"]), "the body of status " + self.query["code"])

    def on_echo(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.whole(200, json.dumps({
            "method": self.command,
            "path": self.path,
            "headers": "\n".join(f"{name}: {value}" for name, value in self.headers.items()),
            "count": str(len(body)),
            "sha256": hashlib.sha256(body).hexdigest(),
            "connection": str(self.connection_id),
        }))

    def on_redirect(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.whole(int(self.query.get("code", 302)), "elsewhere", [("Location", self.query["to"])])

    def on_loop(self):
        self.whole(302, "again", [("Location", "/loop")])

    def on_interim(self):
        self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        self.whole(200, "after the hints")

    def on_big(self):
        count = int(self.query["bytes"])
        self.send_response(200)
        self.send_header("Content-Length", str(count))
        self.end_headers()
        while count > 0 and self.command != "HEAD":
            self.wfile.write(PIECE[:count])
            count -= len(PIECE)

    def on_endless(self):
        """Chunks until the client goes away; /sent?id= says how far it got."""
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        total = 0
        try:
            while True:
                self.wfile.write(b"%x\r\n" % len(PIECE) + PIECE + b"\r\n")
                total += len(PIECE)
                note(sent, self.query.get("id"), total)
        finally:
            note(ended, self.query.get("id"), "gone")
            self.close_connection = True

    def on_settled(self):
        """How many bytes /endless has sent, once it has not sent any more for a while."""
        key, last = self.query["id"], -1
        deadline = time.monotonic() + GIVE_UP_SECONDS
        with changed:
            while time.monotonic() < deadline and sent.get(key, 0) != last:
                last = sent.get(key, 0)
                changed.wait_for(lambda: sent.get(key, 0) != last, 0.5)
        self.whole(200, str(last))

    def on_hold(self):
        """Never answers; /ended?id= tells when the client has gone."""
        note(sent, self.query.get("id"), 0)
        self.connection.recv(1)
        note(ended, self.query.get("id"), "gone")
        self.close_connection = True

    def on_begun(self):
        with changed:
            changed.wait_for(lambda: self.query["id"] in sent, GIVE_UP_SECONDS)
        self.whole(200, "begun" if self.query["id"] in sent else "never")

    def on_ended(self):
        with changed:
            changed.wait_for(lambda: self.query["id"] in ended, GIVE_UP_SECONDS)
        self.whole(200, ended.get(self.query["id"], "never"))

    def on_stall(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"a")
        self.connection.recv(1)
        self.close_connection = True

    def on_cut(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"short")
        self.close_connection = True

    def on_garbage(self):
        self.wfile.write(b"\x00\x01\x02 this is no HTTP\r\n\r\n")
        self.close_connection = True

    def on_long_head(self):
        self.send_response(200)
        for number in range(100):
            self.send_header(f"X-Long-{number}", "y" * 8000)
        self.end_headers()
        self.close_connection = True

    def on_hang_up(self):
        """Answers as if the connection stayed, then closes it."""
        self.whole(200, str(self.connection_id))
        self.close_connection = True

    def on_flaky(self):
        """/flaky/N-NAME fails N times with 503, then answers; /flaky-count/N-NAME says how often it was asked."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with changed:
            sent[self.rest] = sent.get(self.rest, 0) + 1
            is_down = sent[self.rest] <= int(self.rest.partition("-")[0])
        self.whole(503, "<Error><Code>SlowDown</Code><Message>busy</Message></Error>") if is_down else self.whole(
            200, body or b"content")

    def on_refusing(self):
        sent[self.rest] = sent.get(self.rest, 0) + 1
        self.whole(404, "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>")

    def on_flaky_count(self):
        self.whole(200, str(sent.get(self.rest, 0)))

    def on_nonsense(self):
        self.whole(200, "<html><p>not a listing")

    def on_events(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        text = "\ufeff: hi\r\n\r\nevent: build\r\ndata: one\ndata: two\r\nid: 7\n\ndata:three\r\rdata: cut off"
        for byte in text.encode():
            self.wfile.write(b"1\r\n" + bytes([byte]) + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def on_long_event(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"5\r\ndata:\r\n")
        while True:
            self.wfile.write(b"%x\r\n" % len(PIECE) + PIECE + b"\r\n")


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, *_):
        pass


class UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True

    def get_request(self):
        connection, _ = super().get_request()
        return connection, ("unix", 0)

    def handle_error(self, *_):
        pass


def main():
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        unix = UnixServer(os.path.join(folder, "socket"), Handler)
        threading.Thread(target=unix.serve_forever, daemon=True).start()
        closed = socket.socket()
        closed.bind(("127.0.0.1", 0))
        # A queue of connections that nobody accepts: once it is full, connecting hangs.
        stuck = socket.socket()
        stuck.bind(("127.0.0.1", 0))
        stuck.listen(0)
        waiting = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(stuck.getsockname())
            waiting.append(one)
        announce(
            port=server.server_address[1], closedPort=closed.getsockname()[1], stuckPort=stuck.getsockname()[1],
            unixSocket=unix.server_address)
        wait_for_end()


main()
