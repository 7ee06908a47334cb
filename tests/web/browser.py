"""A real Chromium, driven over its DevTools protocol through a pipe: no driver, no port, no dependency."""

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from waiting import CEILING

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--window-size=1280,860",
    "--remote-debugging-pipe",
)


def find_chromium() -> str | None:
    """The Chromium of this machine, if it has one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Navigated(Exception):
    """The page was left while it was asked for something."""


class Browser:
    """One page of a running Chromium, and everything it complained of."""

    def __init__(self, process: subprocess.Popen[bytes], send: int, receive: int) -> None:
        self._process, self._send, self._receive = process, send, receive
        self._buffer = b""
        self._count = 0
        self._session: str | None = None
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.dialogs: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The result of one DevTools command."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._send, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + CEILING
        while True:
            reply = self._next(until)
            if reply.get("id") == self._count:
                if "navigated" in reply.get("error", {}).get("message", ""):
                    raise Navigated
                assert "error" not in reply, f"{method}: {reply['error']}"
                result: dict[str, Any] = reply["result"]
                return result

    def open(self, url: str) -> None:
        """Opens an address; what was noted of the page before is forgotten, also what it still had under way."""
        self.call("Page.navigate", url="about:blank")
        self.wait_for("location.href === 'about:blank' && document.readyState === 'complete'")
        self.requests.clear()
        self.complaints.clear()
        self.call("Page.navigate", url=url)
        self.wait_for("document.readyState === 'complete'")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page; true for an object, as elements cannot be copied."""
        plain = f"(value => value !== null && typeof value === 'object' ? true : value)(eval({json.dumps(expression)}))"
        evaluation = self.call("Runtime.evaluate", expression=plain, returnByValue=True)
        assert "exceptionDetails" not in evaluation, evaluation["exceptionDetails"]
        return evaluation["result"].get("value")

    def wait_for(self, expression: str) -> Any:
        """The value of an expression as soon as it is a true one."""
        until = time.monotonic() + CEILING
        while not (value := self._value_if_there(expression)):
            assert time.monotonic() < until, f"never true: {expression}; page complained of {self.complaints}"
            time.sleep(0.05)
        return value

    def _value_if_there(self, expression: str) -> Any:
        with suppress(Navigated):
            return self.evaluate(expression)

    def type(self, text: str) -> None:
        """Types a text, key by key, into whatever has the focus."""
        for char in text:
            self.call("Input.dispatchKeyEvent", type="keyDown", text=char, key=char)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=char)

    def press(self, key: str, code: int, modifiers: int = 0) -> None:
        """Presses one key that writes nothing, by its name and number; modifiers are 1 Alt, 2 Ctrl, 4 Meta, 8 Shift."""
        for kind in ("rawKeyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                modifiers=modifiers,
            )

    def insert(self, text: str) -> None:
        """Puts a text into whatever has the focus, at once, as pasting does."""
        self.call("Input.insertText", text=text)

    def answer(self, *, accept: bool) -> str:
        """Answers the dialog that the page opens next, and returns its kind, such as `beforeunload`."""
        until = time.monotonic() + CEILING
        while not self.dialogs:
            self._next(until)
        self.call("Page.handleJavaScriptDialog", accept=accept)
        return self.dialogs.pop()

    def screenshot(self, path: Path) -> None:
        """Writes what the page looks like to a PNG file."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def hosts(self) -> set[str]:
        """The hosts that the page asked for anything."""
        return {
            urlsplit(url).hostname or "" for url in self.requests if not url.startswith(("data:", "blob:", "about:"))
        }

    def _next(self, until: float) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._receive], [], [], max(0.0, until - time.monotonic()))
            assert ready, "Chromium does not answer"
            chunk = os.read(self._receive, 1 << 16)
            assert chunk, "Chromium has gone"
            self._buffer += chunk
        text, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Page.javascriptDialogOpening":
            self.dialogs.append(params["type"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(params["exceptionDetails"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.complaints.append(
                f"{params['entry']['source']}: {params['entry']['text']} {params['entry'].get('url', '')}"
            )
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            self.complaints.append("console: " + " ".join(str(item.get("value", "")) for item in params["args"]))


@contextmanager
def chromium(program: str, profile: Path, *flags: str) -> Iterator[Browser]:
    """A Chromium with an empty profile, and with more flags, ended with the block."""
    here_reads, it_writes = os.pipe()
    it_reads, here_writes = os.pipe()
    command = [
        "bash",
        "-c",
        f'exec "$0" "$@" 3<&{it_reads} 4>&{it_writes}',
        program,
        *FLAGS,
        *flags,
        f"--user-data-dir={profile}",
    ]
    process = subprocess.Popen(
        command, pass_fds=(it_reads, it_writes), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(it_reads)
    os.close(it_writes)
    try:
        yield Browser(process, here_writes, here_reads)
    finally:
        process.terminate()
        process.wait(CEILING)
        os.close(here_reads)
        os.close(here_writes)
