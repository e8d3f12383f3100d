"""nginx with a certificate for 127.0.0.1 from an authority made for this run, and another that has expired."""

import os
import subprocess
import sys
import tempfile

from serving import accepts, announce, free_ports, start, stop, wait_for_end, wait_until

CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log stderr;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{good} ssl;
        ssl_certificate {folder}/good.pem;
        ssl_certificate_key {folder}/key.pem;
        location / {{ return 200 "secret hello"; }}
        location /to-plain {{ return 302 http://127.0.0.1:{plain}/; }}
    }}
    server {{
        listen 127.0.0.1:{expired} ssl;
        ssl_certificate {folder}/expired.pem;
        ssl_certificate_key {folder}/key.pem;
        location / {{ return 200 "expired hello"; }}
    }}
    server {{
        listen 127.0.0.1:{old} ssl;
        ssl_protocols TLSv1.1;
        ssl_certificate {folder}/good.pem;
        ssl_certificate_key {folder}/key.pem;
        location / {{ return 200 "old hello"; }}
    }}
    server {{
        listen 127.0.0.1:{plain};
        location / {{ return 200 "plain hello"; }}
        location /to-tls {{ return 302 https://127.0.0.1:{good}/; }}
    }}
}}
"""


def openssl(folder, *arguments):
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        sys.exit(f"openssl {' '.join(arguments)}: {done.stderr}")


def make_certificates(folder):
    with open(os.path.join(folder, "extensions"), "w") as file:
        file.write("subjectAltName=IP:127.0.0.1\n")
    openssl(
        folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
        "authority.key", "-out", "authority.pem", "-subj", "/CN=Test authority", "-days", "2")
    openssl(
        folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem",
        "-out", "request.pem", "-subj", "/CN=127.0.0.1")
    for name, days in (("good", "2"), ("expired", "-1")):
        openssl(
            folder, "x509", "-req", "-in", "request.pem", "-CA", "authority.pem", "-CAkey", "authority.key",
            "-CAcreateserial", "-extfile", "extensions", "-days", days, "-out", f"{name}.pem")


def main():
    nginx = "/usr/sbin/nginx"
    if not os.access(nginx, os.X_OK):
        sys.exit(f"{nginx} is missing; run hack/install-dependencies --tests")
    good, expired, old, plain = free_ports(4)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        make_certificates(folder)
        path = os.path.join(folder, "nginx.conf")
        with open(path, "w") as file:
            file.write(CONFIGURATION.format(folder=folder, good=good, expired=expired, old=old, plain=plain))
        log = os.path.join(folder, "log")
        process = start([nginx, "-c", path, "-e", "stderr"], log)
        try:
            wait_until(lambda: all(map(accepts, (good, expired, old, plain))), process, log, 20)
            announce(port=good, expiredPort=expired, oldPort=old, plainPort=plain, authority=f"{folder}/authority.pem")
            wait_for_end()
        finally:
            stop(process)


main()
