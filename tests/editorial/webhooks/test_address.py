"""Addresses: nobody can have the server talk to itself, its neighbours or a cloud's inside, by whatever spelling."""

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from careergraph.editorial.webhooks.address import Unfit, destination, is_public
from careergraph.editorial.webhooks.settings import Named

NOBODY = Named()

PRIVATE = (
    *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    "0.0.0.0",  # noqa: S104 - nothing listens there
    *("100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::1", "::", "fe80::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::127.0.0.1"),
    *("::ffff:8.8.8.8", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001::1"),
)
PUBLIC = ("8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::808:808")


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_private_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(Unfit):
        destination(f"https://{host}/hook", NOBODY)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_not(address: str) -> None:
    assert is_public(ip_address(address))
    host = f"[{address}]" if ":" in address else address
    target = destination(f"https://{host}:8443/hook?a=b", NOBODY)
    assert (target.addresses, target.port, target.target, target.secure) == ((address,), 8443, "/hook?a=b", True)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "localhost", "LOCALHOST."])
def test_other_spellings_of_this_machine_are_refused(host: str) -> None:
    """The resolver reads them all; what counts is what it answers."""
    with pytest.raises(Unfit, match="private"):
        destination(f"https://{host}/", NOBODY)


@pytest.mark.parametrize(
    "url",
    [
        *("", "hook", "/hook", "//host/hook", "ftp://host/", "file:///hook", "https://", "https:///hook"),
        *("https://user@host/", "https://user:pass@host/", "https://host/#part", "https://host:0/", "https://host:x/"),
        *("https://ho st/", "https://host/\n", "https://host/\r\nX: y", "https://h\u00f6st/", "https://host\\@other/"),
        *("https://[::1/", "https://[nonsense]/", f"https://host/{'x' * 2000}", "https://host:99999/"),
    ],
)
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(Unfit) as refused:
        destination(url, Named.read("host"))
    assert "\n" not in str(refused.value)


def answering(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Makes a resolver that returns these addresses, and returns a list of the hosts that it is called with."""
    hosts: list[str] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        hosts.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return hosts


def test_a_name_is_what_it_resolves_to(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "10.1.2.3")
    with pytest.raises(Unfit, match="private"):
        destination("https://harmless.example/", NOBODY)
    assert destination("https://harmless.example/", Named.read("10.0.0.0/8")).addresses == ("10.1.2.3",)
    assert destination("http://harmless.example/", Named.read("Harmless.Example")).port == 80


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "8.8.8.8", "127.0.0.1")
    with pytest.raises(Unfit, match="private"):
        destination("https://both.example/", NOBODY)


def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checked address is the one that is connected to: no second look-up could return another."""
    hosts = answering(monkeypatch, "8.8.8.8")
    target = destination("https://rebinding.example/", NOBODY)
    assert (hosts, target.addresses) == (["rebinding.example"], ("8.8.8.8",))


def test_without_tls_only_what_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "8.8.8.8")
    with pytest.raises(Unfit, match="https"):
        destination("http://plain.example/", NOBODY)
    assert not destination("http://plain.example/", Named.read("plain.example")).secure


def test_a_name_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(Unfit, match="cannot be found"):
        destination("https://nowhere.example/", NOBODY)


@pytest.mark.parametrize("text", ["10.0.0.0/99", "http://host", "a;b", "host/path"])
def test_a_list_of_private_places_is_read_or_refused(text: str) -> None:
    assert Named.read("").networks == ()
    with pytest.raises(ValueError, match="neither"):
        Named.read(f"10.0.0.0/8, {text}")
