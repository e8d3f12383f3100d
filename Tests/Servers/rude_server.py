"""What no git host should do, by the first part of the path, on one port; over ssh, noise behind a banner on another.

    /hang      says nothing
    /noise     bytes that are no HTTP
    /page      200 and a page
    /garbage   the type of a git server, and no pkt-lines
    /cut       a list of refs that ends in the middle
    /endless   a list of refs without an end
    /drip      a list of refs, one byte a second
    /ask       401 to every credential
"""

import random
import socket
import threading
import time

from serving import announce, wait_for_end

TYPE = "application/x-git-upload-pack-advertisement"


def head(status, kind, more=""):
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n{more}\r\n".encode()


def packet(text):
    return f"{len(text) + 4:04x}{text}".encode()


def advertisement():
    yield packet("# service=git-upload-pack\n") + b"0000"
    yield packet("%040x HEAD\0multi_ack side-band-64k ofs-delta\n" % 1)
    number = 1
    while True:
        yield b"".join(packet("%040x refs/heads/b%d\n" % (n, n)) for n in range(number, number + 1000))
        number += 1000


def answer(way):
    """The bytes of an answer, piece by piece."""
    if way == "hang":
        time.sleep(600)
    elif way == "noise":
        yield random.randbytes(5000)
    elif way == "page":
        yield head("200 OK", "text/html") + b"<h1>Welcome</h1>"
    elif way == "garbage":
        yield head("200 OK", TYPE) + random.randbytes(5000)
    elif way == "ask":
        yield head("401 Unauthorized", "text/plain", 'WWW-Authenticate: Basic realm="git"\r\n')
    else:
        yield head("200 OK", TYPE)
        pieces = advertisement()
        if way == "cut":
            yield next(pieces) + next(pieces) + next(pieces)[:500]
        elif way == "drip":
            for byte in b"".join(next(pieces) for _ in range(3)):
                yield bytes([byte])
                time.sleep(1)
        else:
            yield from pieces


def serve(client):
    try:
        request = b""
        while b"\r\n\r\n" not in request:
            part = client.recv(65536)
            if not part:
                return
            request += part
        for piece in answer(request.split(b" ")[1].decode().split("/")[1]):
            client.sendall(piece)
    except (ConnectionError, IndexError):
        pass
    finally:
        client.close()


def serve_ssh(client):
    try:
        client.sendall(b"SSH-2.0-rude\r\n" + random.randbytes(5000))
        client.recv(65536)
    except ConnectionError:
        pass
    finally:
        client.close()


def listen(handler):
    server = socket.create_server(("127.0.0.1", 0), backlog=128)

    def run():
        while True:
            client, _ = server.accept()
            threading.Thread(target=handler, args=(client,), daemon=True).start()

    threading.Thread(target=run, daemon=True).start()
    return server.getsockname()[1]


def main():
    announce(http=listen(serve), ssh=listen(serve_ssh))
    wait_for_end()


main()
