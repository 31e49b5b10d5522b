"""What waits for somebody stays on the home page until it is done, replaced or put aside."""

import html
import io
import re
import zlib

import openpyxl
import pytest

from client import add_account, change, part, query
from conftest import ROOT, Server

STUDIO = ROOT / "Fixtures/studio"
GOOD, MIXED = ((STUDIO / f"{name}.xlsx").read_bytes() for name in ("good", "mixed"))
DOMAINS = (STUDIO / "domains.csv").read_bytes()
TO_FIX = re.compile(r"\d+ rows? (is|are) to fix in (\S+?)\.(?: |$)")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("standing"))
    yield server
    server.stop()


@pytest.fixture
def client(site, request):
    name = f"r{zlib.crc32(request.node.name.encode())}"
    client = add_account(site, f"ann@{name}.example", name, 1)
    client.reseller = name
    client.send("/portals/studio/lists/domains", part("list", DOMAINS, "domains.csv"))
    return client


def tasks(page):
    """What waits, on a page of it."""
    listed = page.text.partition('<ul class="tasks">')[2].partition("</ul>")[0]
    return [html.unescape(text) for text in re.findall(r"<li><p>(.*?)</p>", listed)]


def told(client):
    return tasks(client.get("/"))


def to_fix(client):
    """The workbooks of which rows to fix wait on the home page."""
    return [found.group(2) for found in map(TO_FIX.match, told(client)) if found]


def checked(client, data, name="march.xlsx"):
    path = client.upload("studio", data, name)
    client.wait(path)
    return path


def again(client, path, data, name="fixed.xlsx"):
    """Drops a workbook on the page of an earlier upload."""
    page = client.get(path).text
    action = re.search(r'action="(/portals/studio/uploads\?after=\w+)"', page).group(1)
    answer = client.send(action, part("workbook", data, name))
    client.wait(answer.location)
    return answer.location


def test_all_that_waits_is_reached_from_the_home_page(client):
    """Also when it is more than a page has: nobody is told that nothing else waits."""
    path = checked(client, MIXED)
    one, names = path.split("/")[-1], [f"book-{number}.xlsx" for number in range(203)]
    folder = client.server.folder / "data/uploads"
    for number, name in enumerate(names):
        own = f"{zlib.crc32(client.reseller.encode()):08x}{number:024x}"
        (folder / own).symlink_to(folder / one)
        columns = [column for column, in query(
            client.server, "SELECT name FROM pragma_table_info('uploads')")]
        chosen = ", ".join({"id": "?1", "workbook": "?2"}.get(name, f'"{name}"')
                           for name in columns)
        listed = ", ".join(f'"{name}"' for name in columns)
        change(client.server, f"INSERT INTO uploads ({listed}) SELECT {chosen} FROM uploads"
               " WHERE id = ?3", own, name, one)
    pages, address = [], "/"
    while address:
        page = client.get(address)
        pages.append([found.group(2) for found in map(TO_FIX.match, tasks(page)) if found])
        waiting = page.text.partition('id="recent"')[0]
        link = re.search(r'rel="next" href="([^"]+)"', waiting)
        address = html.unescape(link.group(1)).partition("#")[0] if link else None
    assert [len(page) for page in pages] == [100, 100, 4]
    assert sum(pages, []) == [*reversed(names), "march.xlsx"]
    assert 'rel="prev" href="/?page=1&amp;uploads=1#waiting"' in client.get("/?page=2").text
    assert client.get("/?page=9").status == 200


def test_what_waits_says_for_which_portal(client):
    checked(client, MIXED)
    client.approve(checked(client, GOOD, "good.xlsx"))
    listed = client.get("/").text.partition('<ul class="tasks">')[2].partition("</ul>")[0]
    lines = [line for line in listed.split("<li>")[1:] if "to fix" in line or "steps" in line]
    assert len(lines) == 2
    assert all('<span class="sub">Luminate Studio</span>' in line for line in lines)


def test_rows_to_fix_wait_also_once_the_others_are_approved(client):
    path = checked(client, MIXED)
    assert to_fix(client) == ["march.xlsx"]
    client.approve(path)
    assert to_fix(client) == ["march.xlsx"]


@pytest.mark.parametrize("is_approved", [False, True])
def test_a_newer_try_takes_the_place_of_the_older_one(client, is_approved):
    """One that has all rows, or of which the others are approved."""
    path = checked(client, MIXED)
    if is_approved:
        client.approve(path)
    data = client.get(f"{path}/files/rejected.xlsx").body if is_approved else MIXED
    newer = again(client, path, data)
    assert to_fix(client) == ["fixed.xlsx"]
    page = client.get(path).text
    assert "A newer upload took the place of this one" in page
    assert "replaced by a newer upload" in client.get("/").text or is_approved
    # One that nobody could read takes no place.
    again(client, newer, b"no workbook", "broken.xlsx")
    assert to_fix(client) == ["fixed.xlsx"]


def book(wrong):
    """Good rows, of which those are to fix whose numbers are named."""
    made = openpyxl.load_workbook(STUDIO / "good.xlsx")
    sheet = made["Customers"]
    column = next(cell.column for cell in sheet[1] if str(cell.value).startswith("First Name"))
    for row in wrong:
        sheet.cell(row, column).value = None
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


@pytest.mark.parametrize("is_approved, language, words", [
    (False, "en", "Since the try before: 1 fixed, 1 still wrong, 1 newly wrong, 0 not in"),
    (False, "de", "Seit dem Versuch davor: 1 korrigiert, 1 noch falsch, 1 neu falsch, 0 nicht"),
    (True, "en", "Since upload 1.1: 1 fixed, 1 still wrong, 1 newly wrong, 0 not in")])
def test_a_newer_try_says_what_changed_since_the_one_before(client, is_approved, language, words):
    path = checked(client, book([2, 3]))
    if is_approved:
        client.approve(path)
    newer = again(client, path, book([3, 4]))
    page = client.get(newer, headers={"Accept-Language": language}).text
    since = re.search(r'<p class="since">(.*?)</p>', page).group(1)
    assert since.startswith(words)
    # The next one is compared with that.
    if not is_approved:
        newest = again(client, newer, book([4]), "third.xlsx")
        assert "1 fixed, 1 still wrong, 0 newly" in client.get(newest).text
        assert 'class="since"' not in client.get(path).text


def test_rows_that_are_ready_wait_for_their_approval_also_behind_a_newer_try(client):
    """A workbook of rows to fix has none of them: nobody would ever set them up."""
    path = checked(client, MIXED)
    newer = again(client, path, client.get(f"{path}/files/rejected.xlsx").body)
    assert to_fix(client) == ["fixed.xlsx", "march.xlsx"]
    [ready] = [re.search(r"(\d+) are ready and wait", text) for text in told(client)
               if "march.xlsx" in text]
    page = client.get(newer).text
    assert f"{ready.group(1)} rows of march.xlsx are ready and wait" in page
    assert f'href="{path}#approve"' in page
    # What the newer one has to fix is to fix there alone.
    client.approve(path)
    assert to_fix(client) == ["fixed.xlsx"]
    assert "are ready and wait for your approval there" not in client.get(newer).text


def test_a_workbook_that_came_back_is_known_wherever_it_is_dropped(client):
    path = checked(client, MIXED)
    batch = client.approve(path)
    rest = client.get(f"{batch}/files/rejected.xlsx").body
    checked(client, rest, "rest.xlsx")
    assert to_fix(client) == ["rest.xlsx"]


def test_what_is_put_aside_waits_no_more_and_is_taken_up_again(client):
    for data in (MIXED, GOOD):
        path = checked(client, data)
        before = told(client)
        assert len(before) == 1
        assert client.post(f"{path}/standing", form={"standing": "aside"}).location == path
        assert told(client) == []
        page = client.get(path).text
        assert "Somebody has put this upload aside" in page
        assert "put aside" in client.get("/portals/studio").text
        client.post(f"{path}/standing", form={"standing": "open"})
        assert told(client) == before and "put this upload aside" not in client.get(path).text
        client.post(f"{path}/standing", form={"standing": "aside"})


def test_the_rest_of_what_is_approved_can_be_put_aside(client):
    path = checked(client, MIXED)
    client.approve(path)
    assert 'value="aside"' in client.get(path).text
    client.post(f"{path}/standing", form={"standing": "aside"})
    assert to_fix(client) == []


def test_what_is_put_aside_can_still_be_fixed_and_approved(client):
    path = checked(client, MIXED)
    client.post(f"{path}/standing", form={"standing": "aside"})
    client.post(f"{path}/fix", form={
        "sheet": "Customers", "column": "B", "row": "6", "value": "new@new.example"})
    client.wait(path)
    # Whoever fixes it has taken it up.
    assert to_fix(client) == ["march.xlsx"]


def test_a_form_that_is_sent_once_more_waits_once(client):
    form = {"field.name": "cobalt.12345.service", "field.email": "no address"}
    for _ in range(3):
        client.post("/portals/studio/records/customers/new", form=form)
    assert len(told(client)) == 1


def test_calling_off_what_is_checked_is_told(client):
    path = checked(client, GOOD)
    answer = client.post(f"{path}/cancel")
    assert "It was checked before it could be called off" in client.get(answer.location).text


def test_nobody_replaces_or_puts_aside_anothers(site, client):
    path = checked(client, MIXED)
    eve = add_account(site, f"eve@{client.reseller}.evil", f"Evil {client.reseller}", 1)
    id = path.split("/")[-1]
    answer = eve.send(f"/portals/studio/uploads?after={id}", part("workbook", MIXED, "a.xlsx"))
    eve.wait(answer.location)
    assert eve.post(f"{path}/standing", form={"standing": "aside"}).status == 404
    assert to_fix(client) == ["march.xlsx"]


# MARK: - Old ones

def test_what_is_older_than_many_uploads_is_not_gone(client):
    path = checked(client, MIXED, "old.xlsx")
    client.approve(checked(client, GOOD, "good.xlsx"))
    failed = [(f"{zlib.crc32(client.reseller.encode()):08x}{at:024x}", client.reseller)
              for at in range(120)]
    for id, reseller in failed:
        change(client.server, "INSERT INTO uploads (id, reseller, portal, workbook, actor, time,"
               " language, state) VALUES (?, ?, 'studio', 'bad.xlsx', '-', '2026', 'en', 3)",
               id, reseller)
    assert to_fix(client) == ["old.xlsx"]
    page = client.get("/portals/studio").text
    assert "Download it with your customers" in page
    found = set()
    while page:
        found |= set(re.findall(r'href="(/uploads/\w+)"', page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        page = client.get(html.unescape(following.group(1))).text if following else ""
    assert len(found) == 122 and path in found


@pytest.mark.parametrize("address, last", [
    ("/portals/studio?page={}", 3), ("/?uploads={}", 3), ("/?page={}", 1), ("/audit?page={}", 1),
    ("/portals/studio/records/customers?page={}", 2),
    ("/portals/studio/records/customers?page={}&order=name&query=12345", 2),
    ("/portals/close/records/hosts?page={}", 1)])
def test_a_page_behind_the_last_one_is_the_last_one(site, client, address, last):
    """It says nothing of there being none."""
    for at in range(120):
        change(client.server, "INSERT INTO uploads (id, reseller, portal, workbook, actor, time,"
               " language, state) VALUES (?, ?, 'studio', 'bad.xlsx', '-', '2026', 'en', 3)",
               f"{zlib.crc32((client.reseller + address).encode()):08x}{at:024x}", client.reseller)
    names = "".join(f"pager{at}.12345.service\n" for at in range(60)).encode()
    client.post(client.offer("studio", b"Company Name\n" + names).location)
    admin = add_account(site, f"pat@{client.reseller}.example", client.reseller, 1)
    there, behind = (admin.get(address.format(number)).text for number in (last, 999_999))
    assert 'rel="prev"' in there or last == 1
    main = re.compile(r"<main.*</main>", re.S)
    # Forms lead back to the address that was asked for.
    assert main.search(behind).group().replace("=999999", f"={last}") == main.search(there).group()


def test_steps_of_an_old_batch_wait_too(client):
    batch = client.approve(checked(client, GOOD))
    number = batch.split("/")[-1]
    [(scope,)] = query(client.server, "SELECT id FROM scopes WHERE reseller = ?", client.reseller)
    for at in range(120):
        change(client.server, "INSERT INTO attempts (scope, number, attempt, kind, workbook,"
               " sha256, version, actor, time, counts, effects, folder, name)"
               " VALUES (?, ?, 1, 'upload', 'x', '', 1, '-', '2026', '{}', '{}', '', '')",
               scope, 100 + at)
    assert any(f"of batch {number} are open" in text for text in told(client))


def test_the_rows_to_fix_of_what_is_approved_are_read_on_its_page(client):
    path = checked(client, MIXED)
    client.approve(path)
    page = client.get(path).text
    rows = page.partition('<ol class="rows"')[2].partition("</ol>")[0]
    assert "<h3>" in rows and "state bad" in rows
    # They can be fixed in the workbook alone: nothing is judged on this page any more.
    assert "<form" not in rows and f'action="{path}/fix"' not in page
    name = html.unescape(re.search(r'<span class="of">(.*?)</span>', rows).group(1))
    found = client.get(f"{path}?query={name}").text
    assert name in found and "<option" not in found.partition('id="rows"')[2]
    assert "No row to show." in client.get(f"{path}?query=nobody-of-this-name").text


def test_what_the_portal_refuses_waits_until_it_is_put_aside_or_taken_back(client):
    path = checked(client, GOOD)
    batch = client.approve(path)
    steps = re.findall(r'name="step" value="(\d+)"', client.get(batch).text)
    before = told(client)

    def say(verdict, step):
        client.post(f"{batch}/steps", form={"verdict": verdict, "step": step, "note": "taken"})

    def refused():
        return [text for text in told(client) if "refused" in text]

    assert refused() == []
    say("refused", steps[0])
    line, = refused()
    assert re.fullmatch(r"\d+ steps? of batch \d+\.\d+ (was|were) refused\.", line)
    client.post(f"{path}/standing", form={"standing": "aside"})
    assert refused() == []
    client.post(f"{path}/standing", form={"standing": "open"})
    assert refused() == [line]
    say("ready", steps[0])
    assert refused() == [] and told(client) == before
