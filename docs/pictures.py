"""Make the picture of the admin, `docs/admin.png`: `make pictures`. It takes a Chromium and a fresh database."""

from pathlib import Path
from tempfile import TemporaryDirectory

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from careergraph.store.migration.migrate import upgrade
from web.browser import Browser, chromium, find_chromium
from web.conftest import running, window
from web.editing import Newsroom, edit

CAREER = "documents/career/plumber"
READY = "document.querySelector('[data-preview]')?.contentDocument?.querySelector('h1')"


def main() -> None:
    """Change a wage, and take a picture of the form with its preview."""
    program = find_chromium()
    if program is None:
        raise SystemExit("no Chromium here; install Debian's package chromium")
    with TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{folder}/pictures.db")
        upgrade(engine)
        newsroom = Newsroom(engine, admin_path="/admin", pages=True)
        client = newsroom.client(Role.EDITOR)
        edit(client, "CAREER", "plumber", title={"en": "Plumber and Pipefitter", "de": "Klempner"})
        with running(newsroom.app) as address, chromium(program, Path(folder) / "profile") as browser:
            take(browser, address, newsroom.secret(Role.EDITOR))
        newsroom.close()
        engine.dispose()


def take(browser: Browser, address: str, secret: str) -> None:
    """Sign in, open the form, and take its picture."""
    window(browser, 1440)
    browser.open(f"{address}/admin/sign-in")
    browser.evaluate("document.getElementById('secret').focus()")
    browser.insert(secret)
    browser.evaluate("document.querySelector('form:has(#secret)').requestSubmit()")
    browser.wait_for("document.querySelector('.frame')")
    browser.open(f"{address}/admin/{CAREER}")
    browser.wait_for(READY)
    browser.screenshot(Path(__file__).with_name("admin.png"))


if __name__ == "__main__":
    main()
