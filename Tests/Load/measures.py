"""What is measured: each function gives the lines of a table, name and figure."""

import asyncio
import collections
import contextlib
import http.client
import re
import statistics
import threading
import time

from server import CORES, REPOSITORY, Server, Workers, load_domains, wait_for_all
from workbooks import domains, workbook

from client import BOUNDARY, Client, multipart, part, query

UPLOAD_COUNT, UPLOAD_SIZE = 1_000, 1 << 20
MEMORY_MAX = 512
READER_COUNT, REQUEST_COUNT = 20, 100
ROW_COUNT = 10_000
CLOSE = REPOSITORY / "Fixtures/close/small.xlsx"
REFUSALS = {429, 503, 507}


# MARK: - A thousand uploads at once

def uploads(rowgate, folder, count=UPLOAD_COUNT):
    """hostile.md, 107: all are answered, memory is bounded, each accepted one ends."""
    server = Server(rowgate, folder)
    with server.running() as ann:
        load_domains(ann, domains(50))
        before = server.resident()
        with Workers(server) as workers:
            start = time.monotonic()
            answers = asyncio.run(send_all(
                server, ann.secret, workbook(50, UPLOAD_SIZE), count))
            answered = time.monotonic() - start
            peak_answered = server.peak()
            accepted = [path for status, path in answers if status == 303]
            wait_for_all(ann, accepted, 1_800)
            ended = time.monotonic() - start
        states = query(server, "SELECT state, count(*) FROM uploads GROUP BY state")
        health = Client(server).get("/health").status
        counts = collections.Counter(status for status, _ in answers)
        refused = sum(counts[status] for status in REFUSALS)
        yield f"accepted + refused, of {count:,}", f"{len(accepted)} + {refused}"
        yield "answers", ", ".join(
            f"{number} × {status}" for status, number in counts.most_common())
        yield "all answered after", f"{answered:.1f} s"
        yield "all accepted ones ended after", f"{ended:.1f} s"
        yield "their states then", ", ".join(
            f"{state}: {number}" for state, number in states)
        yield "server's memory before, at most until answered, at most until ended", (
            f"{before:.0f}, {peak_answered:.0f}, {server.peak():.0f} MiB")
        yield "workers at the same time", f"{workers.count_max}"
        yield "/health afterwards", f"{health}"
        is_held = (len(accepted) + refused == count and server.peak() <= MEMORY_MAX
                   and sum(number for _, number in states) == len(accepted))
        yield "holds", "yes" if is_held else "**no**"


async def send_all(server, secret, data, count):
    """As many connections as uploads; the bodies begin once all of them stand."""
    body = multipart(part("workbook", data, "march.xlsx"))
    head = (f"POST /portals/studio/uploads HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: rowgate={secret}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode()
    streams = [None] * count

    async def connect(at):
        with contextlib.suppress(OSError):
            streams[at] = await asyncio.open_connection("127.0.0.1", server.port)

    await asyncio.gather(*map(connect, range(count)))
    return await asyncio.gather(*(send(stream, head, body) for stream in streams))


async def send(stream, head, body):
    """Status and place of an upload; 0 for one that got no answer."""
    if stream is None:
        return 0, "no connection"
    reader, writer = stream
    try:
        writer.write(head)
        for at in range(0, len(body), 65_536):
            writer.write(body[at:at + 65_536])
            await writer.drain()
    except ConnectionError:
        pass  # An answer may stand there all the same.
    try:
        answer = await asyncio.wait_for(reader.read(65_536), 300)
        status = re.match(rb"HTTP/1\.1 (\d{3})", answer)
        place = re.search(rb"(?i)\r\nlocation: (\S+)", answer)
        return int(status[1]) if status else 0, place[1].decode() if place else ""
    except (ConnectionError, TimeoutError, asyncio.TimeoutError):
        return 0, "no answer"
    finally:
        writer.close()


# MARK: - Pages

def pages(rowgate, folder):
    """Closed loop: each reader asks again as soon as it has its answer."""
    server = Server(rowgate, folder)
    with server.running() as ann:
        load_domains(ann, domains(ROW_COUNT))
        small = ann.upload("studio", workbook(50))
        large = ann.upload("studio", workbook(ROW_COUNT))
        wait_for_all(ann, [small, large], 120)
        batch = ann.approve(ann.upload("close", CLOSE.read_bytes(), "small.xlsx"))
        many = ann.approve(ann.upload("studio", workbook(1_000)))
        for at in range(40):
            wait_for_all(ann, [ann.upload("studio", workbook(50))], 60)
        wanted = {
            "home, 44 uploads": "/", "portal": "/portals/studio",
            "upload, 50 rows": small, "upload, 10,000 rows": large,
            "batch, 10 steps": batch, "batch, 1,000 steps": many,
            "/health, for comparison": "/health"}
        for name, path in wanted.items():
            yield name, read(server, ann, path)


def read(server, client, path):
    for _ in range(READER_COUNT):
        answer = client.get(path)
        assert answer.status == 200, (path, answer.status)
    busy, start = server.processor_seconds(), time.monotonic()
    times, readers = [], []
    for _ in range(READER_COUNT):
        readers.append(threading.Thread(target=ask, args=(server, client.secret, path, times)))
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    seconds, busy = time.monotonic() - start, server.processor_seconds() - busy
    assert len(times) == READER_COUNT * REQUEST_COUNT, f"{len(times)} answers"
    percentiles = statistics.quantiles(times, n=100)
    alone = [0.0] * 20
    for at in range(20):
        begun = time.monotonic()
        client.get(path)
        alone[at] = time.monotonic() - begun
    return (f"{statistics.median(times) * 1000:.0f} | {percentiles[98] * 1000:.0f} "
            f"| {statistics.median(alone) * 1000:.1f} | {len(times) / seconds:.0f} "
            f"| {busy / len(times) * 1000:.1f} | {len(answer.body) / 1000:.0f}")


def ask(server, secret, path, times):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    with contextlib.closing(connection):
        for _ in range(REQUEST_COUNT):
            start = time.monotonic()
            connection.request("GET", path, headers={"Cookie": f"rowgate={secret}"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200
            times.append(time.monotonic() - start)


# MARK: - Uploads a second

def rows(rowgate, folder):
    """From the first byte sent until the last is judged, workers always busy."""
    count = 24
    for workers in sorted({1, CORES}):
        server = Server(rowgate, folder / f"{workers}", "--workers", str(workers))
        with server.running() as ann:
            load_domains(ann, domains(ROW_COUNT))
            wait_for_all(ann, [ann.upload("studio", workbook(ROW_COUNT))], 60)
            begun, start = server.processor_seconds(), time.monotonic()
            paths = [ann.upload("studio", workbook(ROW_COUNT)) for _ in range(count)]
            wait_for_all(ann, paths, 600)
            seconds = time.monotonic() - start
            busy = server.processor_seconds() - begun
        yield f"{count} uploads of 10,000 rows, {workers} at a time", (
            f"{seconds:.1f} s: {count / seconds:.2f} a second, {count / seconds / CORES:.2f} a"
            f" second and core, {count * ROW_COUNT / seconds:,.0f} rows a second;"
            f" {busy / count * 1000:.0f} ms of the server's own for each")


# MARK: - Memory

def memory(rowgate, folder):
    """What one upload is to a server that has seen one, and what its worker takes."""
    for name, data in [("50 rows, 1 MiB", workbook(50, 1 << 20)),
                       ("10,000 rows", workbook(10_000)), ("100,000 rows", workbook(100_000)),
                       ("50 rows, 100 MiB", workbook(50, 100 << 20))]:
        server = Server(rowgate, folder / name.replace(" ", "-"))
        with server.running() as ann:
            load_domains(ann, domains(100_000))
            wait_for_all(ann, [ann.upload("studio", workbook(50))], 60)
            server.forget_peak()
            before = server.resident()
            with Workers(server) as workers:
                path = ann.upload("studio", data)
                received = server.peak()
                wait_for_all(ann, [path], 120)
            judged = server.peak()
            assert ann.get(path).status == 200
            yield name, (f"{len(data) / 1e6:.1f} | {before:.0f} | {received:.0f} | {judged:.0f} "
                         f"| {server.peak():.0f} | {workers.peak:.0f}")
