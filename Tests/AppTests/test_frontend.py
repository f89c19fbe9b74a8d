"""The page: built, served by a real nginx with its own configuration, and used in a real browser by keyboard alone."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import httpx
import pytest
from chart import PROJECT
from conftest import free_port

FRONTEND = PROJECT / "Resources/app/frontend"
PICTURES = PROJECT / ".build/app-pictures"
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)

pytestmark = pytest.mark.skipif(
    not shutil.which("node") or not shutil.which("nginx"), reason="node or nginx is not installed"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(["node", FRONTEND / "build.mjs", folder], check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture
def serve(built, tmp_path):
    """Serves the page by the image's nginx.conf, with the chart's two paths before it as the Ingress has them."""
    started = []

    def start(backend_url):
        page, front = free_port(), free_port()
        server = (FRONTEND / "nginx.conf").read_text()
        for old, new in [("listen 8080", f"listen 127.0.0.1:{page}"), ("/usr/share/nginx/html", str(built))]:
            assert old in server
            server = server.replace(old, new)
        configuration = tmp_path / "nginx.conf"
        configuration.write_text(
            f"""{"user root;" if os.getuid() == 0 else ""}
            daemon off; pid {tmp_path}/nginx.pid; error_log {tmp_path}/error.log;
            events {{}}
            http {{
              access_log {tmp_path}/access.log; include {mime_types()};
              client_body_temp_path {tmp_path}/body; proxy_temp_path {tmp_path}/proxy;
              fastcgi_temp_path {tmp_path}/f; uwsgi_temp_path {tmp_path}/u; scgi_temp_path {tmp_path}/s;
              {server}
              server {{
                listen 127.0.0.1:{front};
                location /api {{ proxy_pass {backend_url}; }}
                location / {{ proxy_pass http://127.0.0.1:{page}; }}
              }}
            }}"""
        )
        subprocess.run(["nginx", "-t", "-q", "-c", configuration], check=True)
        started.append(subprocess.Popen(["nginx", "-c", configuration]))
        wait_for(f"http://127.0.0.1:{front}/healthz")
        return f"http://127.0.0.1:{front}"

    yield start
    for process in started:
        process.terminate()
        process.wait(10)


def mime_types():
    places = ["/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types"]
    return next(path for path in places if Path(path).exists())


def wait_for(url):
    for _ in range(100):
        try:
            return httpx.get(url, verify=False)
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail(f"{url} does not answer")


def test_nginx_serves_the_page_and_its_health(serve, start_backend):
    url = serve(start_backend().url)
    with httpx.Client(base_url=url, verify=False) as client:
        assert client.get("/healthz").text == "ok\n"
        page = client.get("/")
        assert (
            page.headers["cache-control"] == "no-cache"
            and "default-src 'self'" in page.headers["content-security-policy"]
        )
        names = re.findall(r'"(/assets/[^"]+)"', page.text)
        assert len(names) == 3
        for name in names:
            asset = client.get(name)
            assert asset.status_code == 200 and "immutable" in asset.headers["cache-control"]
        missing = client.get("/assets/missing.js")
        assert missing.status_code == 404 and "cache-control" not in missing.headers
        assert client.get("/api/health").json() == {"status": "ready"}
        # On the public name /health is the page's server, which has no such file: it must not look like the backend's.
        assert client.get("/health").status_code == 404


def test_the_same_sources_give_the_same_page_and_a_change_gives_another(built, tmp_path):
    copy = tmp_path / "frontend"
    shutil.copytree(FRONTEND, copy, ignore=shutil.ignore_patterns("dist"))
    names = []
    for change in ("", "", "\n// changed\n"):
        with open(copy / "src/assets/api.js", "a") as file:
            file.write(change)
        subprocess.run(["node", copy / "build.mjs"], check=True, stdout=subprocess.DEVNULL)
        names.append(next((copy / "dist/assets").iterdir()).name)
    assert names[0] == names[1] == next((built / "assets").iterdir()).name != names[2]


@pytest.fixture
def browser_page():
    """A page of a real browser; what it writes to its console ends up in page.complaints."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1000, "height": 640})
        page.set_default_timeout(10_000)
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page
        browser.close()


def tab_to(page, selector):
    """Presses tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(30):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"tab never reaches {selector}")


def sign_in(page, url, name):
    page.goto(url)
    page.wait_for_selector("#sign-in-name:focus")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.wait_for_selector("#new-title:focus")


def add(page, title):
    tab_to(page, "#new-title")
    page.keyboard.type(title)
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name=title, exact=True).wait_for()


def test_keyboard_alone_adds_completes_deletes_and_chats(serve, start_backend, browser_page):
    page = browser_page
    sign_in(page, serve(start_backend().url), "Ada")
    for title in ("Buy milk", "Call mum", "<img src=x onerror=alert(1)> & 作者"):
        add(page, title)
    assert page.locator("#list img").count() == 0

    tab_to(page, "#list li:nth-child(1) input")
    page.keyboard.press("Space")
    page.get_by_text("2 open, 1 done").wait_for()
    page.wait_for_selector("#list li:nth-child(1) input:focus")

    tab_to(page, "#list li:nth-child(2) button")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Call mum").wait_for(state="detached")
    page.wait_for_selector("#list li:nth-child(2) button:focus")

    tab_to(page, "#message")
    page.keyboard.type("add water the plants")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="water the plants").wait_for()
    tab_to(page, "#message")
    page.keyboard.type("what is open?")
    page.keyboard.press("Enter")
    page.get_by_text("You have 2 open tasks:").wait_for()

    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "page.png")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 380, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=PICTURES / "page-narrow-dark.png")

    page.reload()
    page.get_by_role("checkbox", name="water the plants").wait_for()
    tab_to(page, "#sign-out")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sign-in-name:focus")
    assert page.evaluate("localStorage.length") == 0 and page.locator("#list li").count() == 0
    assert page.complaints == []


def test_every_control_has_a_name(serve, start_backend, browser_page):
    page = browser_page
    sign_in(page, serve(start_backend().url), "Ada")
    add(page, "one")
    for control in page.locator("input, button").all():
        if control.is_visible():
            assert control.evaluate(
                "element => (element.labels?.[0]?.textContent ?? element.ariaLabel ?? element.textContent).trim()"
            )


def test_failures_are_said_and_nothing_typed_is_lost(serve, start_backend, browser_page, tmp_path):
    page = browser_page
    folder = tmp_path / "data"
    folder.mkdir()
    backend = start_backend(DATABASE_URL=f"sqlite:///{folder}/todo.db")
    sign_in(page, serve(backend.url), "Ada")
    folder.rename(tmp_path / "elsewhere")
    page.keyboard.type("do not lose me")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("The database cannot be reached").wait_for()
    assert page.input_value("#new-title") == "do not lose me"

    (tmp_path / "elsewhere").rename(folder)
    page.focus("#new-title")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="do not lose me").wait_for()
    assert page.text_content("#problem") == ""

    page.evaluate("localStorage.setItem('todo.session', JSON.stringify({name: 'Eve', token: 'forged'}))")
    page.reload()
    page.get_by_role("alert").get_by_text("This token is not known; sign in again.").wait_for()
    page.wait_for_selector("#sign-in-name:focus")

    backend.stop()
    page.keyboard.type("Ada")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("The server answered with status 502.").wait_for()
    # The browser itself writes a line for each failed request; the page writes none.
    assert all(line.startswith("error: Failed to load resource") for line in page.complaints)
