"""A git host as its published API documentation has it: GitHub at /api/v3, GitLab at /api/v4, Gitea at /api/v1.

    git_host.py [REPOSITORY]

It knows one repository, acme/shop, served by git http-backend at /acme/shop.git when its path is given, one GitHub App
with one installation, and two personal tokens: `admin` may do all, `reader` may look but not touch. It keeps webhooks,
pages their lists, and delivers pushes by them. Beyond recording.py:

    GET  /_state             {"hooks": {HOST: […]}, "tokens": how many were made, "asked": how often for a token}
    POST /_hooks             {"host", "count"}: makes webhooks to elsewhere
    POST /_clock             {"seconds"}: the host's clock is so far ahead
    POST /_revoke            no token that was made is good any more
    POST /_push              {"ref", "after"}: delivers a push by all of GitHub's webhooks, and answers their statuses
"""

import base64
import datetime
import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid
from urllib.parse import parse_qs, unquote, urlsplit

from recording import RecordingHandler, serve

APP, INSTALLATION, PROJECT = "31337", 4242, "acme/shop"
ADMIN, READER = "pl4nted-admin-token", "pl4nted-reader-token"
# How many items of a list each host gives at most, whatever it is asked for.
PAGE_MAX = {"github": 100, "gitlab": 100, "gitea": 50}

lock = threading.Lock()
hooks = {"github": [], "gitlab": [], "gitea": []}
tokens = {}
state = {"clock": 0, "asked": 0, "id": 100}
folder = tempfile.TemporaryDirectory(prefix="ocuroot-git-host-")


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True, text=True).stdout


def make_key(name, bits=2048):
    path = f"{folder.name}/{name}.pem"
    openssl("genrsa", "-traditional", "-out", path, str(bits))
    return path


KEY, OTHER_KEY = make_key("app"), make_key("other")
MODULUS = int(openssl("rsa", "-in", KEY, "-noout", "-modulus").strip().split("=")[1], 16)
EXPONENT = 65537
SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


def now():
    return time.time() + state["clock"]


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_signed(message, signature):
    """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2.2)."""
    size = (MODULUS.bit_length() + 7) // 8
    if len(signature) != size:
        return False
    found = pow(int.from_bytes(signature, "big"), EXPONENT, MODULUS).to_bytes(size, "big")
    digest = SHA256_PREFIX + hashlib.sha256(message).digest()
    return found == b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest


def jwt_problem(text):
    """Why a JWT is not the App's; None when it is. The words are GitHub's."""
    try:
        head, claims, signature = text.split(".")
        header, claim = json.loads(unpadded(head)), json.loads(unpadded(claims))
    except ValueError:
        return "A JSON web token could not be decoded"
    if header.get("alg") != "RS256" or not is_signed(f"{head}.{claims}".encode(), unpadded(signature)):
        return "A JSON web token could not be decoded"
    if claim.get("iss") != APP:
        return "Integration not found"
    if not claim["iat"] <= now() + 5:
        return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
    if not now() < claim["exp"] <= now() + 600:
        return "'Expiration time' claim ('exp') is too far in the future"
    return None


def token_of(authorization):
    """What a token that was made may; None when it is not good."""
    with lock:
        found = tokens.get(authorization)
    return found if found and found["expires"] > now() else None


class Handler(RecordingHandler):
    def take(self, path, body, silent=False):
        self.silent = silent
        for pattern, method in [
                (r"/_(state|hooks|clock|revoke|push)", self.control),
                (r"/api/v3/(repos/([^/]+/[^/]+)/installation|app/installations/(\d+)/access_tokens)", self.app),
                (r"/api/v3/repos/([^/]+/[^/]+)/statuses/\w+", self.status),
                (r"/api/v3/repos/([^/]+/[^/]+)/hooks(?:/(\d+))?", lambda *a: self.hooks("github", *a)),
                (r"/api/v1/repos/([^/]+/[^/]+)/hooks(?:/(\d+))?", lambda *a: self.hooks("gitea", *a)),
                (r"/api/v4/projects/([^/]+)/hooks(?:/(\d+))?", lambda *a: self.hooks("gitlab", *a)),
                (r"/acme/shop\.git(/.*)", self.git)]:
            match = re.fullmatch(pattern, path)
            if match:
                return method(body, *match.groups())
        return self.reply(404, {"message": "Not Found"})

    def reply(self, status, body, headers={}):
        if not self.silent:
            self.whole(status, body, dict(headers, **{"Content-Type": "application/json"}))

    def control(self, body, what):
        given = json.loads(body) if body else {}
        with lock:
            if what == "state":
                return self.reply(200, {"hooks": hooks, "tokens": len(tokens), "asked": state["asked"]})
            if what == "hooks":
                for number in range(given["count"]):
                    state["id"] += 1
                    url = f"https://elsewhere.example.com/{number}"
                    hooks[given["host"]].append({"id": state["id"], "url": url, "config": {"url": url}})
            elif what == "clock":
                state["clock"] = given["seconds"]
            elif what == "revoke":
                tokens.clear()
        return self.reply(200, self.deliver(given) if what == "push" else {})

    def deliver(self, push):
        payload = json.dumps({"ref": push["ref"], "after": push["after"], "repository": {"full_name": PROJECT}})
        statuses = []
        for hook in list(hooks["github"]):
            code = hmac.new(hook["config"]["secret"].encode(), payload.encode(), hashlib.sha256).hexdigest()
            request = urllib.request.Request(hook["config"]["url"], payload.encode(), {
                "Content-Type": "application/json", "X-GitHub-Event": "push", "X-GitHub-Delivery": str(uuid.uuid4()),
                "X-Hub-Signature-256": f"sha256={code}"})
            try:
                statuses.append(urllib.request.urlopen(request, timeout=10).status)
            except urllib.error.HTTPError as error:
                statuses.append(error.code)
        return statuses

    def app(self, body, _, project, installation):
        scheme, _, text = self.headers.get("Authorization", "").partition(" ")
        problem = jwt_problem(text) if scheme == "Bearer" else "A JSON web token could not be decoded"
        if problem:
            return self.reply(401, {"message": problem})
        if project:
            known = project.lower() == PROJECT
            return self.reply(200, {"id": INSTALLATION}) if known else self.reply(404, {"message": "Not Found"})
        with lock:
            state["asked"] += 1
        if int(installation) != INSTALLATION:
            return self.reply(404, {"message": "Not Found"})
        asked = json.loads(body) if body else {}
        if asked.get("repositories", ["shop"]) != ["shop"]:
            return self.reply(422, {"message": "There is at least one repository that does not exist"})
        token, expires = f"ghs_{uuid.uuid4().hex}", int(now()) + 3600
        with lock:
            tokens[token] = {"expires": expires, "permissions": asked.get("permissions")}
        text = datetime.datetime.fromtimestamp(expires, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        return self.reply(201, {"token": token, "expires_at": text, "permissions": asked.get("permissions", {})})

    def refusal(self, host, project):
        """The status and words for who may not; None for who may."""
        field, prefix = {"github": ("Authorization", "Bearer "), "gitlab": ("PRIVATE-TOKEN", ""),
                         "gitea": ("Authorization", "token ")}[host]
        sent = self.headers.get(field, "")
        token = sent[len(prefix):] if sent.startswith(prefix) else ""
        made = token_of(token)
        if token == READER or (made and made["permissions"]):
            return 403, "Resource not accessible by personal access token"
        if token != ADMIN and not made:
            return 401, "Bad credentials"
        return None if project.lower() == PROJECT else (404, "Not Found")

    def status(self, body, project):
        refusal = self.refusal("github", project)
        return self.reply(refusal[0], {"message": refusal[1]}) if refusal else self.reply(201, json.loads(body))

    def hooks(self, host, body, project, number):
        refusal = self.refusal(host, unquote(project))
        if refusal:
            return self.reply(refusal[0], {"message": refusal[1]})
        if self.command == "GET":
            return self.page(host)
        if self.command == "DELETE":
            with lock:
                found = [hook for hook in hooks[host] if str(hook["id"]) == number]
                hooks[host] = [hook for hook in hooks[host] if hook not in found]
            return self.whole(204, b"") if found else self.reply(404, {"message": "Not Found"})
        given = json.loads(body)
        address = given.get("url") if host == "gitlab" else given.get("config", {}).get("url")
        with lock:
            if self.command == "POST":
                if host == "github" and any(one["config"]["url"] == address for one in hooks[host]):
                    return self.reply(422, {"message": "Hook already exists on this repository"})
                state["id"] += 1
                hook = dict(given, id=state["id"])
                if host != "gitlab":
                    hook["url"] = f"https://api/hooks/{hook['id']}"
                hooks[host].append(hook)
                return self.reply(201, self.shown(hook))
            method = "PUT" if host == "gitlab" else "PATCH"
            for hook in hooks[host]:
                if str(hook["id"]) == number and self.command == method:
                    hook.update(given)
                    return self.reply(200, self.shown(hook))
        return self.reply(404, {"message": "Not Found"})

    @staticmethod
    def shown(hook):
        """Hosts never show the secret."""
        config = {name: value for name, value in hook.get("config", {}).items() if name != "secret"}
        return dict({name: value for name, value in hook.items() if name != "token"}, config=config)

    def page(self, host):
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        size = min(int(query.get("limit" if host == "gitea" else "per_page", 30)), PAGE_MAX[host])
        page = int(query.get("page", 1))
        with lock:
            shown = [self.shown(hook) for hook in hooks[host]]
        if host == "gitlab":
            shown = [{name: value for name, value in one.items() if name != "config"} for one in shown]
        headers = {}
        if page * size < len(shown):
            url = f"http://{self.headers['Host']}{urlsplit(self.path).path}?page={page + 1}"
            headers["Link"] = f'<{url}>; rel="next", <{url}>; rel="last"'
        return self.reply(200, shown[(page - 1) * size:page * size], headers)

    def git(self, body, path):
        scheme, _, text = self.headers.get("Authorization", "").partition(" ")
        user, _, password = base64.b64decode(text).decode().partition(":") if scheme == "Basic" else ("", "", "")
        if not (password == READER or (user == "x-access-token" and token_of(password))):
            return self.whole(401, "who are you?", {"WWW-Authenticate": 'Basic realm="git"'})
        root, name = os.path.split(sys.argv[1])
        answer = subprocess.run(
            ["git", "http-backend"], input=body, capture_output=True, check=True, env={
                "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": root, "GIT_HTTP_EXPORT_ALL": "1",
                "PATH_INFO": f"/{name}{path}", "QUERY_STRING": urlsplit(self.path).query,
                "REQUEST_METHOD": self.command, "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""), "REMOTE_USER": user,
                "REMOTE_ADDR": "127.0.0.1", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": "*"}).stdout
        head, _, content = answer.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        return self.whole(int(headers.pop("Status", "200").split()[0]), content, headers)


serve(Handler, app=APP, installation=INSTALLATION, project=PROJECT, key=KEY, otherKey=OTHER_KEY, admin=ADMIN,
      reader=READER)
