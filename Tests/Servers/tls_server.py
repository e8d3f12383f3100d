"""HTTPS with a certificate for 127.0.0.1 from an authority made for this run, and servers with faults beside it."""

import os
import ssl
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from serving import announce, wait_for_end


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        target = self.server.redirects.get(self.path)
        body = self.server.greeting.encode()
        self.send_response(302 if target else 200)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, greeting, context=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.greeting = greeting
        self.redirects = {}
        if context:
            # The handshake is left to the thread of the connection.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, *_):
        pass


def openssl(folder, *arguments):
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        sys.exit(f"openssl {' '.join(arguments)}: {done.stderr}")


def make_certificates(folder):
    with open(os.path.join(folder, "extensions"), "w") as file:
        file.write("subjectAltName=IP:127.0.0.1\n")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(
        folder, "req", "-x509", *curve, "-keyout", "authority.key", "-out", "authority.pem",
        "-subj", "/CN=Test authority", "-days", "2")
    openssl(folder, "req", *curve, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=127.0.0.1")
    for name, days in (("good", "2"), ("expired", "-1")):
        openssl(
            folder, "x509", "-req", "-in", "request.pem", "-CA", "authority.pem", "-CAkey", "authority.key",
            "-CAcreateserial", "-extfile", "extensions", "-days", days, "-out", f"{name}.pem")


def context(folder, name):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(os.path.join(folder, f"{name}.pem"), os.path.join(folder, "key.pem"))
    return made


def old_context(folder):
    """TLS 1.1 and nothing newer, which OpenSSL only speaks when it is made to."""
    made = context(folder, "good")
    made.set_ciphers("ALL:@SECLEVEL=0")
    made.minimum_version = made.maximum_version = ssl.TLSVersion.TLSv1_1
    return made


def main():
    with tempfile.TemporaryDirectory() as folder:
        make_certificates(folder)
        good = Server("secret hello", context(folder, "good"))
        expired = Server("expired hello", context(folder, "expired"))
        old = Server("old hello", old_context(folder))
        plain = Server("plain hello")
        good.redirects["/to-plain"] = f"http://127.0.0.1:{plain.port}/"
        plain.redirects["/to-tls"] = f"https://127.0.0.1:{good.port}/"
        announce(
            port=good.port, expiredPort=expired.port, oldPort=old.port, plainPort=plain.port,
            authority=os.path.join(folder, "authority.pem"))
        wait_for_end()


main()
