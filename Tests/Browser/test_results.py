"""The page of a result: suggestions that do no harm, fixes that stay, rows that are found again."""

import html
import io
import re
import zlib

import openpyxl
import pytest

from client import add_account, part, query, until
from conftest import ROOT, Server
from test_api import Program, documented, let_in, strict

STUDIO = ROOT / "Fixtures/studio"
COLUMNS = ["Company Name", "Email Address", "First Name", "Last Name",
           "Customer Billing Reference", "Platform", "Package", "Country"]


def book(rows):
    """A workbook of rows of values by header, in the portal's own order."""
    made = openpyxl.load_workbook(ROOT / "Templates/studio/studio.xlsx")
    sheet = made["Customers"]
    headers = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, 2):
        for header, value in row.items():
            sheet.cell(number, headers.index(header) + 1, value)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def customer(name, at, **more):
    return {"Company Name": name, "Email Address": f"p{at}@one.example", "First Name": "Ann",
            "Last Name": "Lee", "Customer Billing Reference": name,
            "Platform": "Luminate Wholesale"} | {
                key.replace("_", " "): value for key, value in more.items()}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("results"))
    Program.document = strict(documented(server))
    yield server
    server.stop()


@pytest.fixture
def client(site, request):
    """Somebody of a reseller of the test's own, with a list of names."""
    name = f"r{zlib.crc32(request.node.name.encode())}"
    client = add_account(site, f"ann@{name}.example", name, 1)
    names = b"domain\ncobalt.12345.service\nfern.12345.service\nholly.12345.service\n"
    client.send("/portals/studio/lists/domains", part("list", names, "domains.csv"))
    return client


def checked(client, rows, portal="studio"):
    path = client.upload(portal, rows if isinstance(rows, bytes) else book(rows))
    client.wait(path)
    return path


def groups(page):
    """What is to fix first, each as its text and the fields that its button sends."""
    part = page.partition('<ol class="groups">')[2].partition("</ol>")[0]
    found = []
    for item in re.findall(r"<li>(.*?)</li>", part, re.S):
        action = re.search(r'action="([^"]+)"', item)
        fields = {html.unescape(name): html.unescape(value) for name, value in re.findall(
            r'name="(\w+)" value="([^"]*)"', item)}
        found.append((re.sub(r"<[^>]+>", " ", item), action and action.group(1), fields))
    return found


def number(page, kind):
    return int(re.search(rf'<div class="{kind}"><dt>[^<]*</dt><dd>(\d+)', page).group(1))


def rows(page):
    """The rows that are shown: number, sheet, customer, anchor."""
    found = []
    for item in re.findall(r'<li( id="at")?>\s*<h3>(.*?)</h3>', page, re.S):
        name = re.search(r'class="of">(.*?)<', item[1])
        place = re.search(r"Row (\d+)", item[1]).group(1)
        found.append((int(place), html.unescape(name.group(1)) if name else "", bool(item[0])))
    return found


# MARK: - Suggestions

MISSPELT = ["cobolt.12345.service", "fernn.12345.service", "hollyy.12345.service"]


def test_a_customers_name_is_never_taken_for_all(client):
    path = checked(client, [customer(name, at) for at, name in enumerate(MISSPELT)])
    page = client.get(path).text
    offered = groups(page)
    assert len(offered) == 3 and "Use everywhere" not in page
    for text, action, _ in offered:
        assert "1 row; fixing it makes 1 ready" in text and action == f"{path}/fix"
    # Nobody gets round that by sending it all the same.
    before = query(client.server, "SELECT state FROM uploads WHERE id = ?", path.split("/")[-1])
    answer = client.post(f"{path}/suggestions", form={
        "code": "domain.unknown", "column": "Company Name", "found": MISSPELT[0],
        "suggestion": "cobalt.12345.service"})
    assert answer.status == 409 and "one by one" in answer.text
    assert query(client.server, "SELECT state FROM uploads WHERE id = ?",
                 path.split("/")[-1]) == before


def test_what_one_suggestion_fixes_is_ready_then_and_nothing_else_changes(client):
    path = checked(client, [customer(name, at) for at, name in enumerate(MISSPELT)])
    _, action, fields = groups(client.get(path).text)[0]
    client.post(action, form=fields)
    page = client.wait(path).text
    # The reference that has to be the same went with it.
    assert (number(page, "good"), number(page, "bad")) == (1, 2)
    assert [name for _, name, _ in rows(page)] == [
        name for name in MISSPELT if not name.startswith(fields["value"][:3])]


def test_a_value_that_is_typed_carries_over_as_a_suggestion_does(client):
    path = checked(client, [customer(MISSPELT[0], 1)])
    client.post(f"{path}/fix", form={
        "sheet": "Customers", "column": "A", "row": "2", "value": "holly.12345.service"})
    page = client.wait(path).text
    assert (number(page, "good"), number(page, "bad")) == (1, 0)


def test_a_suggestion_for_all_is_taken_where_the_same_stands_and_nowhere_else(client):
    near = ["Luminate Wholesal", "Luminate Wholesal", "Luminate Wholesalee"]
    names = ["cobalt.12345.service", "fern.12345.service", "holly.12345.service"]
    path = checked(client, [
        customer(name, at, Platform=value) for at, (name, value) in enumerate(zip(names, near))])
    page = client.get(path).text
    [(_, action, fields)] = [one for one in groups(page) if one[1] and "suggestions" in one[1]]
    client.post(action, form=fields)
    page = client.wait(path).text
    assert (number(page, "good"), number(page, "bad")) == (2, 1)


def test_programs_take_suggestions_for_all_only_where_that_is_safe(site, client):
    program = Program(site, let_in(client))
    location = program.put("studio", book([
        customer(name, at) for at, name in enumerate(MISSPELT)])).location
    program.wait(location)
    answer = program.ask("POST", f"{location}/corrections", sent={
        "suggestions": [{"code": "domain.unknown", "column": "Company Name"}]})
    assert answer.status == 409 and b"not_for_all" in answer.body


# MARK: - Fixes

MIXED = (STUDIO / "mixed.xlsx").read_bytes()


def test_a_second_fix_while_the_first_is_checked_is_told(client):
    path = checked(client, MIXED)
    client.post(f"{path}/fix", form={
        "sheet": "Customers", "column": "B", "row": "6", "value": "first@one.example"})
    late = client.post(f"{path}/fix", form={
        "sheet": "Customers", "column": "B", "row": "7", "value": "second@one.example"})
    assert "lost=B7" in late.location
    client.wait(path)
    page = client.get(late.location.partition("#")[0]).text
    told = re.search(r'<div class="notice bad"[^>]*>\s*<p>(.*?)</p>', page, re.S).group(1)
    assert "yours was not taken: B7" in html.unescape(told)
    # It is true: the first is in the workbook, the second is not.
    made = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}/files/changes.xlsx").body))
    values = [[cell.value for cell in row] for row in made.worksheets[0].iter_rows(min_row=2)]
    assert "first@one.example" in [row[5] for row in values]
    assert "second@one.example" not in [row[5] for row in values]


def test_two_fixes_at_once_are_each_taken_or_told(client):
    """Whoever comes second leaves nothing of theirs in what the first one's check reads."""
    path = checked(client, MIXED)
    for at in range(8):
        form = {"sheet": "Customers", "column": "B", "row": "6", "value": f"a{at}@one.example"}
        lost = [
            client.post(f"{path}/fix", form=form | {"row": row, "value": f"{row}{at}@x.example"})
            for row in ("6", "7")]
        client.wait(path)
        folder = client.server.folder / "data/uploads" / path.split("/")[-1]
        kept = (folder / "corrections.json").read_text()
        for row, answer in zip(("6", "7"), lost):
            assert (f"{row}{at}@x.example" in kept) == ("lost=" not in answer.location)


def test_what_was_fixed_on_the_page_stands_in_the_changes(client):
    path = checked(client, [customer(MISSPELT[0], 1)])
    client.post(f"{path}/fix", form={
        "sheet": "Customers", "column": "A", "row": "2", "value": "cobalt.12345.service"})
    client.wait(path)
    made = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}/files/changes.xlsx").body))
    told = {row[3].value: (row[4].value, row[5].value, row[6].value)
            for row in made.worksheets[0].iter_rows(min_row=2)}
    assert told["A2"] == (MISSPELT[0], "cobalt.12345.service", "It was fixed after the upload.")


def many(count, **more):
    return [customer(f"c{at:03}.12345.service", at, Email_Address=f"wrong{at}", **more)
            for at in range(count)]


def test_a_fix_leads_back_to_where_somebody_was(client):
    path = checked(client, many(60))
    at = f"{path}?page=2&kind=error&query=wrong"
    page = client.get(at).text
    here = html.unescape(re.search(r'name="path" value="([^"]+)"', page).group(1))
    row = rows(page)[3][0]
    answer = client.post(f"{path}/fix", form={
        "sheet": "Customers", "column": "B", "row": str(row), "value": "still wrong",
        "path": here})
    address, _, anchor = answer.location.partition("#")
    assert anchor == "at"
    client.wait(path)
    page = client.get(address).text
    assert [one[0] for one in rows(page) if one[2]] == [row]
    assert re.search(r'name="query" value="wrong"', page)
    assert re.search(r'value="error" selected', page)
    # Fixed, it is no more among the rows: what comes after it stands in its place.
    client.post(f"{path}/fix", form={
        "sheet": "Customers", "column": "B", "row": str(row), "value": "all@right.example",
        "path": here})
    client.wait(path)
    page = client.get(f"{path}?page=2&kind=error&query=wrong&at=Customers%21{row}").text
    assert [one[2] for one in rows(page)].count(True) == 1


def test_a_row_that_came_back_is_fixed_where_it_stands(client):
    """Of a workbook of rows to fix: a row has another number there than it had at first."""
    first = checked(client, MIXED)
    path = checked(client, client.get(f"{first}/files/rejected.xlsx").body)
    count = 0
    for item in client.get(path).text.split('<li class="finding')[1:]:
        sent = dict(re.findall(r'name="(row|column)" value="(\w+)"', item))
        if sent:
            cell = re.search(r'class="cell">(\w+)<', item).group(1)
            assert cell == sent["column"] + sent["row"]
            count += 1
    assert count > 10


def test_a_fix_leads_nowhere_else(client):
    path = checked(client, many(2))
    for there in ["https://evil.example/?page=2", "//evil.example", "/people?page=2&evil=1"]:
        answer = client.post(f"{path}/fix", form={
            "sheet": "Customers", "column": "B", "row": "2", "value": "x", "path": there})
        assert answer.location.startswith(f"{path}?") and "evil" not in answer.location
        client.wait(path)


# MARK: - Rows

def test_rows_are_told_and_found_by_their_customer(client):
    path = checked(client, many(60, Last_Name="Müller"))
    page = client.get(path).text
    assert rows(page)[0][:2] == (2, "c000.12345.service")
    for words, expected in [
            ("C037", [39]), ("wrong37", [39]), ("p38@", []), ("nobody", []), ("MÜLLER", 12),
            ("c059.12345", [61])]:
        page = client.get(f"{path}?query={words.replace('Ü', '%C3%9C')}").text
        found = [one[0] for one in rows(page)]
        assert (len(found) if isinstance(expected, int) else found) == expected, words


def test_a_page_behind_the_last_one_is_the_last_one(client):
    path = checked(client, many(50))
    page = client.get(f"{path}?page=99").text
    assert [rows(page)[0][0], rows(page)[-1][0]] == [50, 51]
    assert "Rows 49 to 50 of 50" in page and 'rel="next"' not in page


def test_pages_of_rows_stay_small(client):
    wrong = {"First_Name": "", "Last_Name": "", "Platform": "", "Customer_Billing_Reference": "x"}
    path = checked(client, many(60, **wrong))
    for number in (1, 2, 3):
        assert len(client.get(f"{path}?page={number}").body) < 100_000


# MARK: - Downloads

def test_the_report_is_there_to_read(client):
    path = checked(client, MIXED)
    page = client.get(path).text
    assert re.search(rf'href="{path}/files/report.html">Report<', page)
    answer = client.get(f"{path}/files/report.html")
    assert answer.text.startswith("<!DOCTYPE html>") and "march" in answer.text
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{path}/files/report.json").body.startswith(b"{")
    # What only the pages need is for nobody else.
    assert client.get(f"{path}/files/rows.tsv").status == 404


def test_files_of_a_batch_are_named_in_words(client):
    batch = client.approve(checked(client, [
        customer("cobalt.12345.service", 1),
        customer("fern.12345.service", 2, Email_Address="wrong")]))
    page = client.get(batch).text
    for name, words in [("report.json", "Report for programs"), ("upload.xlsx", "File to upload"),
                        ("rejected.xlsx", "Rows to fix"), ("batch-0001.jsonl", "Steps, for")]:
        assert re.search(rf'files/{name}">{words}', page), name


def found(client, path, language):
    """What a page says was found: its sentences by the language that they say they are in."""
    page = client.get(path, headers={"Accept-Language": language}).text
    assert f'<html lang="{language}"' in page
    groups = page.partition('id="groups-heading"')[2].partition('<div class="side">')[0]
    rows = page.partition('<ol class="rows"')[2].partition("</ol>")[0]
    said = re.findall(r'<p(?: lang="(\w+)")?>(?:<b>)?([^<\s][^<]+)', groups + rows)
    texts = [html.unescape(text) for _, text in said]
    return page, {own for own, _ in said}, texts


EARLIER = {"en": "What was found is told in German", "de": "Was gefunden wurde, steht hier auf"}


def forget_translations(client, path):
    """As an earlier version left it."""
    folder = client.server.folder / "data/uploads" / path.split("/")[-1]
    for name in ["check/report-*", "check/rows-*.tsv", "summary-*.json"]:
        left = list(folder.glob(name))
        assert left or "report" not in name
        for file in left:
            file.unlink()


@pytest.mark.parametrize("language, other", [("en", "de"), ("de", "en")])
def test_what_was_found_is_told_in_the_readers_language(client, language, other):
    names = (STUDIO / "domains.csv").read_bytes()
    client.send("/portals/studio/lists/domains", part("list", names, "domains.csv"))
    sent = client.send("/portals/studio/uploads", part(
        "workbook", (STUDIO / "mixed.xlsx").read_bytes(), "mixed.xlsx"),
        headers={"Accept-Language": language})
    path = sent.location
    client.wait(path)
    texts = {}
    for one in (language, other):
        page, languages, texts[one] = found(client, path, one)
        # A voice that reads it aloud finds one language alone.
        assert languages == {""} and ' lang="' not in parts(page)
        assert len(texts[one]) > 20
    assert len(texts[language]) == len(texts[other]) and not set(texts["de"]) & set(texts["en"])
    # What is offered in either language can be used, and the report stays as it was approved.
    digests = {re.search(r'name="digest" value="(\w+)"', found(client, path, one)[0]).group(1)
               for one in (language, other)}
    assert len(digests) == 1
    names = [name for name in re.findall(r"/files/([\w.-]+)", found(client, path, other)[0])]
    assert "report.json" in names and not any("-de" in name or "-en" in name for name in names)
    assert client.get(f"{path}/files/report-{other}.json").status == 404
    # So is the report to read.
    for one in (language, other):
        report = client.get(f"{path}/files/report.html", headers={"Accept-Language": one})
        assert f'<html lang="{one}"' in report.text
        assert 'filename="report.html"' in report.headers["Content-Disposition"]
    assert client.get(f"{path}/files/report-{other}.html").status == 404
    # Of what an earlier version left, the language is said, and why it is another one.
    assert EARLIER[other] not in page
    forget_translations(client, path)
    page, languages, texts = found(client, path, other)
    assert languages == {language} and EARLIER[other] in page
    report = client.get(f"{path}/files/report.html", headers={"Accept-Language": other})
    assert f'<html lang="{language}"' in report.text
    assert f'lang="{language}"' not in re.search(
        r'<section class="card approve".*?</section>', page, re.S).group()


@pytest.mark.parametrize("language, word", [("en", "customer"), ("de", "Kunde")])
def test_a_suggestion_in_the_readers_language_can_be_used_for_all(client, language, word):
    made = openpyxl.load_workbook(ROOT / "Templates/close/close.xlsx")
    for at in (2, 3):
        made["Companies"].cell(at, 1).value = f"Acme {at}"
        made["Companies"].cell(at, 3).value = "Kunden"
    data = io.BytesIO()
    made.save(data)
    path = checked(client, data.getvalue(), "close")
    own = {"headers": {"Accept-Language": language}}
    [(_, action, fields)] = [
        one for one in groups(client.get(path, **own).text) if one[1]]
    assert (action, fields["suggestion"]) == (f"{path}/suggestions", word)
    assert client.post(action, form=fields, **own).status == 303
    page = client.wait(path).text
    assert (number(page, "good"), number(page, "bad")) == (2, 0)


def parts(page):
    """What is on a page between its heading and its foot."""
    return re.search("<main.*</main>", page, re.S).group()


def test_why_nothing_could_be_checked_is_told_in_the_readers_language(client):
    sent = client.send("/portals/studio/uploads", part(
        "workbook", (ROOT / "Fixtures/bad/encrypted.xlsx").read_bytes(), "a.xlsx"),
        headers={"Accept-Language": "de"})
    client.wait(sent.location)
    pages = [parts(client.get(sent.location, headers={"Accept-Language": language}).text)
             for language in ("en", "de")]
    assert all(" lang=" not in page for page in pages)
    assert "password" in pages[0] and "Kennwort" in pages[1]
    forget_translations(client, sent.location)
    page = parts(client.get(sent.location, headers={"Accept-Language": "en"}).text)
    assert len(re.findall(r'<p lang="de">', page)) == 2 and EARLIER["en"] in page


def test_a_new_value_is_asked_for_only_where_one_can_mend_it(client):
    """Not where another row is missing, nor where another row is the one to fix."""
    made = openpyxl.load_workbook(ROOT / "Templates/close/close.xlsx")
    for title, rows in {
        "Companies": [{"Company Name": "Acme", "Customer Status": "nonsense"}],
        "Contacts": [{"Email Address": "ann@acme.example", "First Name": "Ann",
                      "Last Name": "Lee", "Company": "Acme"}],
        "Rooms": [{"Company": "Acme", "Room Name": "One", "Product Type": "personal room"}],
    }.items():
        headers = [cell.value.rstrip("* ") for cell in made[title][1]]
        for number, row in enumerate(rows, 2):
            for header, value in row.items():
                made[title].cell(number, headers.index(header) + 1, value)
    data = io.BytesIO()
    made.save(data)
    path = checked(client, data.getvalue(), "close")
    page = client.get(path).text
    findings = page.partition('<ol class="rows"')[2].split('<li class="finding')[1:]
    asked = {bool("to be fixed first" in one or "no Host" in one): [] for one in findings}
    for one in findings:
        asked["to be fixed first" in one or "no Host" in one].append('name="value"' in one)
    assert set(asked[True]) == {False} and True in asked[False]
    # What goes by itself is told last, and does not claim to be fixed by anybody.
    groups = page.partition('<ol class="groups">')[2].partition("</ol>")[0].split("<li>")[1:]
    follows = ["ready once the row" in group for group in groups]
    assert True in follows and follows == sorted(follows)


def test_what_changes_nothing_says_so_and_asks_for_no_fixes(client):
    rows = [customer("cobalt.12345.service", 1)]
    client.approve(client.upload("studio", book(rows)))
    page = client.get(checked(client, rows)).text
    assert "Nothing would change" in page and "no row is ready" not in page.lower()
    assert "Fixed it in Excel?" not in page
    # Nor does it look like something that waits for a yes.
    assert ">nothing to do</span>" in page and "0 ready</span>" not in page
