"""Make the pictures of the admin: `make pictures` those of the guide, `docs/admin.png` and others beside it, and with
`--all` every screen at two widths, in both schemes and languages, in `build/admin`. It takes a Chromium."""

import base64
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from careergraph.store.migration.migrate import upgrade
from web.admin.tour import OUTSIDE, SCREENS, furnish
from web.browser import Browser, chromium, find_chromium
from web.conftest import running, window
from web.editing import Newsroom

GUIDE = {
    "admin": "documents/career/plumber",
    "admin-impact": "documents/career/plumber/changes",
    "admin-release": "releases/spring",
}
"""The pictures of the guide, by name."""
READY = (
    "document.readyState === 'complete'"
    " && (!document.querySelector('[data-part*=impact]') || document.querySelector('.flip'))"
    " && (!document.querySelector('[data-preview]') || document.querySelector('[data-preview]').contentDocument"
    "?.querySelector('h1'))"
)
EVERY = Path(__file__).parent.parent / "build" / "admin"


def main() -> None:
    """Take the pictures of the guide, or all of them."""
    with desk() as (browser, address, secret):
        if "--all" in sys.argv:
            chosen = [word for word in sys.argv[1:] if not word.startswith("-")]
            take_all(browser, address, secret, chosen)
        else:
            sign_in(browser, address, secret)
            for name, path in GUIDE.items():
                window(browser, 1440)
                show(browser, f"{address}/admin/{path}")
                browser.screenshot(Path(__file__).with_name(f"{name}.png"))


@contextmanager
def desk() -> Iterator[tuple[Browser, str, str]]:
    """A browser, the address of an app, and the access token of an administrator."""
    program = find_chromium()
    if program is None:
        raise SystemExit("no Chromium here; install Debian's package chromium")
    with TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{folder}/pictures.db")
        upgrade(engine)
        newsroom = Newsroom(engine, admin_path="/admin", pages=True, imports_folder=f"{folder}/imports")
        furnish(newsroom)
        with running(newsroom.app) as address, chromium(program, Path(folder) / "profile") as browser:
            yield browser, address, newsroom.secret(Role.ADMIN)
        newsroom.close()
        engine.dispose()


def sign_in(browser: Browser, address: str, secret: str) -> None:
    """Sign in with a token."""
    browser.open(f"{address}/admin/sign-in")
    browser.evaluate("document.getElementById('secret').focus()")
    browser.insert(secret)
    browser.evaluate("document.querySelector('form:has(#secret)').requestSubmit()")
    browser.wait_for("document.querySelector('.frame')")


def take_all(browser: Browser, address: str, secret: str, chosen: list[str]) -> None:
    """Take every screen whose address begins with one of the chosen ones, whole."""
    EVERY.mkdir(parents=True, exist_ok=True)
    for language in ("en", "de"):
        for path in (*OUTSIDE, *SCREENS):
            if path in SCREENS[:1]:
                sign_in(browser, address, secret)
            if chosen and not any(path.startswith(word) for word in chosen):
                continue
            browser.call("Network.setCookie", name="careergraph-admin-language", value=language, url=address)
            show(browser, f"{address}/admin/{path}")
            name = path.replace("/", "-").replace("?", "-").replace("&", "-") or "home"
            for width in (390, 1280):
                for scheme in ("light", "dark"):
                    window(browser, width, scheme=scheme)
                    whole(browser, width, EVERY / f"{name}.{language}.{width}.{scheme}.png")
        browser.call("Network.clearBrowserCookies")


def show(browser: Browser, address: str) -> None:
    """Open a page, and wait for what comes later."""
    browser.open(address)
    browser.evaluate("document.querySelectorAll('[loading]').forEach(each => { each.loading = 'eager' })")
    browser.wait_for(READY)


def whole(browser: Browser, width: int, path: Path) -> None:
    """Take a picture of a page down to its end, or to where nobody scrolls to."""
    height = min(browser.evaluate("document.documentElement.scrollHeight"), 2400)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    shot = browser.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
    path.write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    main()
