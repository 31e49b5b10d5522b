"""Asks a site for pages as any program may: also for what no browser would ask."""

import contextlib
import hashlib
import http.client
import io
import os
import pathlib
import random
import re
import secrets
import select
import socket
import sqlite3
import time
import urllib.parse
import zipfile

BOUNDARY = "between-the-parts"
SECONDS = 60
# Below those that the system gives to whoever connects, also while a server starts anew.
PORTS = range(10_000, 32_768)
# Held until this process ends, so that no other run takes the same ports.
TAKEN = []


def free_port():
    """A port of 127.0.0.1 for a server of this process alone."""
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        mark = socket.socket(socket.AF_UNIX)
        try:
            mark.bind(f"\0rowgate-port-{port}")
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            mark.close()
            continue
        TAKEN.append(mark)
        return port
    raise AssertionError("no port is free")


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def location(self):
        return self.headers.get("Location", "")

    @property
    def plain(self):
        """All that is said in it, also in the parts of a workbook."""
        if self.body.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(self.body)) as book:
                return "\n".join(
                    book.read(name).decode("utf-8", "replace") for name in book.namelist())
        return self.text


def part(name, data, file_name=None, quote='"'):
    """A part of a form with files."""
    head = f"Content-Disposition: form-data; name={quote}{name}{quote}"
    if file_name is not None:
        head += f'; filename="{file_name}"'
    return head.encode() + b"\r\n\r\n" + data


def multipart(*parts, boundary=BOUNDARY):
    line = f"--{boundary}".encode()
    return b"".join(line + b"\r\n" + one + b"\r\n" for one in parts) + line + b"--\r\n"


class Client:
    """Somebody's browser, or a program with their cookie."""

    def __init__(self, server, secret="", source="127.0.0.1"):
        self.server, self.secret, self.source = server, secret, source

    def ask(self, method, path, body=None, headers=None, form=None, is_own=True):
        """One request. `is_own`: with what a page of the site itself sends along."""
        fields = {"Cookie": f"rowgate={self.secret}"} if self.secret else {}
        if is_own:
            fields["Sec-Fetch-Site"] = "same-origin"
        if form is not None:
            body = urllib.parse.urlencode(form, doseq=True)
            fields["Content-Type"] = "application/x-www-form-urlencoded"
        fields.update(headers or {})
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.server.port, timeout=SECONDS, source_address=(self.source, 0))
        with contextlib.closing(connection):
            # An answer may come, and the connection close, before all is sent.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, body, fields)
            if connection.sock is None:
                raise ConnectionResetError("the connection was closed amid the request")
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, **more):
        return self.ask("POST", path, **more)

    def send(self, path, *parts, headers=None, boundary=BOUNDARY):
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self.post(
            path, body=multipart(*parts, boundary=boundary), headers=kind | (headers or {}))

    def upload(self, portal, data, name="march.xlsx"):
        """Hands in a workbook. Gives back its page's path."""
        answer = self.send(f"/portals/{portal}/uploads", part("workbook", data, name))
        assert answer.status == 303, (answer.status, answer.text)
        return answer.location

    def offer(self, portal, data, name="customers.csv", **more):
        """Hands in a file of customers, to look at. Gives back the answer."""
        return self.send(f"/portals/{portal}/existing", part("list", data, name), **more)

    def wait(self, path, seconds=SECONDS):
        """Until nothing is under way for an upload."""
        deadline = time.monotonic() + seconds
        while b'"isBusy":true' in self.get(f"{path}/progress").body:
            assert time.monotonic() < deadline, f"{path} does not end"
            time.sleep(0.05)
        return self.get(path)

    def approve(self, path):
        """Approves an upload that is judged. Gives back its batch's path."""
        page = self.wait(path).text
        digest = re.search(r'name="digest" value="(\w+)"', page).group(1)
        count = re.search(r'for="charges">\D*(\d[\d,]*)', page)
        form = {"digest": digest, "charges": count.group(1) if count else "0",
                "withoutList": "yes", "note": ""}
        self.post(f"{path}/approve", form=form)
        return re.search(r'href="(/batches/[\d.]+)"', self.wait(path).text).group(1)

    def take_link(self, link, name, **more):
        """Chooses a password with a link, and is signed in by it."""
        path = urllib.parse.urlsplit(link).path
        answer = self.post(path, form={"name": name, **more})
        assert answer.status == 303, (answer.status, answer.text)
        self.secret = cookie(answer)
        return self

    @property
    def is_signed_in(self):
        return self.get("/people").status in (200, 404)


def cookie(answer, name="rowgate"):
    """The value of a cookie that an answer sets."""
    for field in answer.headers.get_all("Set-Cookie") or []:
        if field.startswith(f"{name}="):
            return field.split(";")[0].partition("=")[2]
    return ""


def database(server):
    return server.folder / "data/rowgate.db"


def query(server, sql, *arguments):
    with contextlib.closing(sqlite3.connect(f"file:{database(server)}?mode=ro", uri=True)) as db:
        return db.execute(sql, arguments).fetchall()


def change(server, sql, *arguments):
    with contextlib.closing(sqlite3.connect(database(server), timeout=SECONDS)) as db, db:
        return db.execute(sql, arguments).lastrowid


def digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def own_client(server, request):
    """Somebody with a reseller of their own, called as the test is."""
    name = re.sub(r"\W", "", request.node.name)
    client = add_account(server, f"{name}@acme.example", name, 1)
    client.reseller = name
    return client


def begin_session(server, email):
    """A session without the price of a password: what is kept of one is put in its place."""
    [(account,)] = query(server, "SELECT id FROM accounts WHERE email = ?", email)
    secret, now = secrets.token_hex(32), int(time.time())
    change(server, "INSERT INTO sessions (digest, account, begun, seen) VALUES (?, ?, ?, ?)",
           digest(secret), account, now, now)
    return Client(server, secret)


def add_account(server, email, reseller, role):
    """An account without the price of a password, and a session of it. Roles are 0, 1, 2."""
    change(server, "INSERT INTO accounts (reseller, email, name, role, password)"
           " VALUES (?, ?, ?, ?, '')", reseller, email, email.split("@")[0], role)
    return begin_session(server, email)


def state(server):
    """All that a site remembers, and its files; but not when somebody was seen last."""
    columns = query(
        server, "SELECT tables.name, columns.name FROM sqlite_master AS tables,"
        " pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'")
    kept = {}
    for table, column in columns:
        if (table, column) != ("tokens", "used") and table != "sessions":
            kept.setdefault(table, []).append(f'"{column}"')
    rows = {table: sorted(map(repr, query(server, f'SELECT {", ".join(names)} FROM "{table}"')))
            for table, names in kept.items()}
    folder, files = server.folder / "data", {}
    for path in below(folder):
        with contextlib.suppress(FileNotFoundError):
            if path.is_file() and not path.name.startswith("rowgate.db"):
                files[str(path.relative_to(folder))] = path.stat().st_mtime_ns
    return rows, files


def below(folder):
    """All files and folders in a folder, of which some may come and go meanwhile."""
    return [pathlib.Path(parent) / name
            for parent, folders, files in os.walk(folder) for name in folders + files]


def until(condition, seconds=SECONDS):
    """Whether something comes to be that is told by nothing else. As long as it may take on a
    machine with much else to do: what comes at once costs no wait."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def processor_seconds(process):
    """Of all threads of a process until now."""
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def raw(server, data, seconds=SECONDS):
    """What comes back for bytes that need be no request at all, until the end."""
    answer, rest = b"", memoryview(data)
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        try:
            # An answer may come, and the connection close, before all is sent.
            while rest and not select.select([connection], [], [], 0)[0]:
                rest = rest[connection.send(rest[:65536]):]
            if not rest:
                connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65536):
                answer += piece
        except (ConnectionError, TimeoutError):
            pass
        return answer


def statuses(answer):
    """The statuses of all answers on a connection."""
    return [int(found) for found in re.findall(rb"(?:^|\n)HTTP/1\.1 (\d{3})", answer)]


def processes_of(server):
    """The workers that a server has under way."""
    found = []
    for path in pathlib.Path("/proc").iterdir():
        try:
            if path.name.isdigit():
                command = (path / "cmdline").read_bytes()
                if b"\0worker\0" in command and str(server.folder).encode() in command:
                    found.append(int(path.name))
        except OSError:
            continue
    return found
