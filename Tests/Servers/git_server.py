"""git http-backend behind nginx: basic auth, TLS, client certificates, redirects; a forward proxy and sshd beside it.

    git_server.py ROOT USER PASSWORD_FILE

Every repository below ROOT is served, at these places, with ports and files announced as one line of JSON:

    http, https       /open/…   without credentials
                      /git/…    with USER and the password in PASSWORD_FILE
                      /moved/…  redirects to /git/… on the same host
                      /away/…   redirects to /git/… on `other`
                      /page/…   a web page
                      /busy/…   429, to be asked again in 90 s
                      /echo/…   redirects to a page with what was sent as Authorization in its path
    mtls              /open/… for who shows a certificate that `authority` signed
    other             what http serves, on another port, as another host would
    ssh               sshd, for `sshUser` with `sshKey`; its own key has `fingerprint`, and paths are this machine's
    proxy             a proxy for `proxyUser` and `proxyPassword` (tinyproxy)

`log` is nginx's: one line a request, with port, path, status, time and the Authorization that came.
"""

import getpass
import os
import signal
import socket
import subprocess
import sys
import tempfile

from serving import announce, free_ports, start, stop, wait_for_end, wait_until

# Letters and digits are all that tinyproxy takes.
PROXY_USER, PROXY_PASSWORD = "traveller", "pr0xyS3cret"


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def certificates(folder):
    """An authority, a certificate for localhost, and one of a client with its key in the clear and encrypted."""
    authority, authority_key = f"{folder}/authority.pem", f"{folder}/authority.key"
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=Test authority", "-keyout", authority_key, "-out", authority)
    names = {"server": "/CN=localhost", "client": "/O=Acme/CN=ocuroot"}
    for name, subject in names.items():
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", subject,
                "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.csr")
        with open(f"{folder}/{name}.ext", "w") as file:
            file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        openssl("x509", "-req", "-in", f"{folder}/{name}.csr", "-CA", authority, "-CAkey", authority_key,
                "-CAcreateserial", "-days", "2", "-extfile", f"{folder}/{name}.ext", "-out", f"{folder}/{name}.pem")
    openssl("pkcs8", "-topk8", "-in", f"{folder}/client.key", "-passout", "pass:opensesame",
            "-out", f"{folder}/client-encrypted.key")


def backend(folder, root, prefix, is_open):
    guard = "" if is_open else f'auth_basic "git"; auth_basic_user_file {folder}/passwords;'
    return f"""
        location ~ ^/{prefix}(/.*)$ {{
            {guard}
            client_max_body_size 0;
            fastcgi_pass unix:{folder}/cgi;
            fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
            fastcgi_param GIT_PROJECT_ROOT {root};
            fastcgi_param GIT_HTTP_EXPORT_ALL 1;
            fastcgi_param HOME {folder};
            fastcgi_param PATH_INFO $1;
            fastcgi_param QUERY_STRING $query_string;
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_param CONTENT_TYPE $content_type;
            fastcgi_param CONTENT_LENGTH $content_length;
            fastcgi_param HTTP_CONTENT_ENCODING $http_content_encoding;
            fastcgi_param REMOTE_ADDR $remote_addr;
            fastcgi_param REMOTE_USER $remote_user;
        }}"""


def places(folder, root, other):
    return backend(folder, root, "open", True) + backend(folder, root, "git", False) + f"""
        location ~ ^/moved(/.*)$ {{ return 301 $scheme://$http_host/git$1$is_args$args; }}
        location ~ ^/away(/.*)$ {{ return 302 http://127.0.0.1:{other}/git$1$is_args$args; }}
        location /page/ {{ default_type text/html; return 200 "<h1>Welcome</h1>"; }}
        location /busy/ {{ add_header Retry-After 90 always; return 429; }}
        location /echo/ {{ return 302 http://127.0.0.1:{other}/$http_authorization; }}"""


def configuration(folder, root, ports):
    web = places(folder, root, ports["other"])
    tls = f"ssl_certificate {folder}/server.pem; ssl_certificate_key {folder}/server.key;"
    user = "user root;" if os.getuid() == 0 else ""
    return f"""
    {user}
    daemon off; master_process on; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx-errors;
    events {{ worker_connections 1024; }}
    http {{
        log_format full '$server_port $request_uri $status $msec $http_authorization';
        access_log {folder}/requests full;
        client_body_temp_path {folder}/body; fastcgi_temp_path {folder}/fastcgi; proxy_temp_path {folder}/proxied;
        uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
        server {{ listen 127.0.0.1:{ports["http"]}; {web} }}
        server {{ listen 127.0.0.1:{ports["other"]}; {web} }}
        server {{ listen 127.0.0.1:{ports["https"]} ssl; {tls} {web} }}
        server {{
            listen 127.0.0.1:{ports["mtls"]} ssl; {tls}
            ssl_client_certificate {folder}/authority.pem; ssl_verify_client on; {web}
        }}
    }}
    """


def ssh_files(folder, port):
    """The files of an sshd that lets the current user in by one key."""
    # sshd insists on this directory when root starts it.
    if os.getuid() == 0:
        os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
    for name in ["host", "user"]:
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{folder}/ssh-{name}"], check=True)
    with open(f"{folder}/sshd.conf", "w") as file:
        file.write(f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder}/ssh-host\n"
                   f"AuthorizedKeysFile {folder}/ssh-user.pub\nPidFile none\nUsePAM no\nStrictModes no\n"
                   "PermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n")
    shown = subprocess.run(["ssh-keygen", "-l", "-f", f"{folder}/ssh-host.pub"], capture_output=True, text=True,
                           check=True).stdout
    return shown.split()[1]


def accepts(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", int(port))) == 0


def main():
    root, user, password_file = sys.argv[1:4]
    with open(password_file) as file:
        password = file.read().strip()
    ports = dict(zip(["http", "https", "mtls", "other", "proxy", "ssh"], map(str, free_ports(6))))
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        certificates(folder)
        digest = subprocess.run(["openssl", "passwd", "-5", "-stdin"], input=password, capture_output=True, text=True,
                                check=True).stdout.strip()
        files = {
            "passwords": f"{user}:{digest}\n",
            "nginx.conf": configuration(folder, root, ports),
            ".gitconfig": "[safe]\n\tdirectory = *\n[uploadpack]\n\tallowFilter = true\n",
            "proxy.conf": f"Port {ports['proxy']}\nListen 127.0.0.1\nTimeout 60\nMaxClients 50\n"
                          f"BasicAuth {PROXY_USER} {PROXY_PASSWORD}\n"
                          f"LogFile \"{folder}/proxy.log\"\nLogLevel Connect\n",
        }
        for name, text in files.items():
            with open(f"{folder}/{name}", "w") as file:
                file.write(text)
        fingerprint = ssh_files(folder, ports["ssh"])
        log = f"{folder}/log"
        programs = [
            start(["fcgiwrap", "-c", "4", "-s", f"unix:{folder}/cgi"], log, env=dict(os.environ, HOME=folder),
                  start_new_session=True),
            start(["nginx", "-c", f"{folder}/nginx.conf", "-p", folder], log),
            start(["tinyproxy", "-d", "-c", f"{folder}/proxy.conf"], log),
            start(["/usr/sbin/sshd", "-D", "-e", "-f", f"{folder}/sshd.conf"], log),
        ]
        try:
            wait_until(lambda: os.path.exists(f"{folder}/cgi"), programs[0], log, 10)
            wait_until(lambda: accepts(ports["http"]), programs[1], log, 10)
            wait_until(lambda: accepts(ports["proxy"]), programs[2], log, 10)
            wait_until(lambda: accepts(ports["ssh"]), programs[3], log, 10)
            announce(**ports, proxyUser=PROXY_USER, proxyPassword=PROXY_PASSWORD, log=f"{folder}/requests",
                     sshUser=getpass.getuser(), sshKey=f"{folder}/ssh-user", fingerprint=fingerprint,
                     proxyLog=f"{folder}/proxy.log", authority=f"{folder}/authority.pem",
                     certificate=f"{folder}/client.pem", key=f"{folder}/client.key",
                     encryptedKey=f"{folder}/client-encrypted.key")
            wait_for_end()
        finally:
            # fcgiwrap leaves its workers behind.
            os.killpg(programs[0].pid, signal.SIGKILL)
            for program in programs:
                stop(program)


main()
