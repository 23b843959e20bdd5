"""Ports are kept between starts; a busy one is skipped, and its holder named."""

import os
import socket

from tests.program.running import accepts, fetch


def test_site_and_ui_have_the_ports_of_the_last_start(begin, shop):
    first = begin()
    site = first.api("POST", "/api/sites", {"folder": str(shop)})
    first.interrupt()

    second = begin()

    assert second.url == first.url
    assert second.serving("shop")["url"] == site["url"]


def test_a_site_whose_port_was_taken_meanwhile_says_by_whom(begin, shop):
    first = begin()
    port = first.api("POST", "/api/sites", {"folder": str(shop)})["port"]
    first.interrupt()

    with socket.create_server(("127.0.0.1", port)):
        second = begin()
        site = second.serving("shop")

        assert site["port"] != port
        assert site["problem"]["slug"] == "moved-port-taken-by"
        assert site["problem"]["params"]["pid"] == os.getpid()
        assert fetch(site["url"])[0] == 200


def test_a_ui_port_that_was_taken_meanwhile_is_skipped(begin):
    first = begin()
    port = int(first.url.rstrip("/").rpartition(":")[2])
    first.interrupt()

    with socket.create_server(("127.0.0.1", port)):
        second = begin()

        assert second.url != first.url
        assert second.api("GET", "/api/state")


def test_a_ui_port_that_was_asked_for_must_be_free(begin):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]

        program = begin(port=port)

        assert program.process.wait(60) == 1
    assert f"cannot use port {port}" in program.errors
    assert f"process {os.getpid()}" in program.errors


def test_a_site_is_started_once_on_another_port(begin, shop):
    program = begin()
    usual = program.api("POST", "/api/sites", {"folder": str(shop)})["port"]
    program.api("POST", "/api/sites/shop/stop")
    with socket.create_server(("127.0.0.1", 0)) as trial:
        free = trial.getsockname()[1]

    site = program.api("POST", "/api/sites/shop/start", {"port": free})

    assert site["port"] == free
    program.interrupt()
    assert begin().serving("shop")["port"] == usual


def test_a_serving_site_moves_to_the_port_asked_for(begin, shop):
    program = begin()
    usual = program.api("POST", "/api/sites", {"folder": str(shop)})
    with socket.create_server(("127.0.0.1", 0)) as trial:
        free = trial.getsockname()[1]

    site = program.api("POST", "/api/sites/shop/start", {"port": free})

    assert site["port"] == free
    assert fetch(site["url"])[0] == 200
    assert not accepts(usual["url"])


def test_a_site_is_not_started_on_a_port_that_is_taken(begin, shop):
    program = begin()
    program.api("POST", "/api/sites", {"folder": str(shop)})
    program.api("POST", "/api/sites/shop/stop")
    with socket.create_server(("127.0.0.1", 0)) as holder:
        status, told = program.ask("POST", "/api/sites/shop/start", {"port": holder.getsockname()[1]})

    assert (status, told["slug"]) == (409, "port-taken-by")
    assert program.site("shop")["state"] == "stopped"


def test_a_port_set_in_the_settings_is_taken_at_once(begin, shop):
    program = begin()
    program.api("POST", "/api/sites", {"folder": str(shop)})
    with socket.create_server(("127.0.0.1", 0)) as trial:
        free = trial.getsockname()[1]

    program.api("PATCH", "/api/sites/shop/settings", {"port": free})

    site = program.serving("shop")
    assert site["port"] == free
    assert fetch(site["url"])[0] == 200


def test_stop_and_restart(begin, shop):
    program = begin()
    site = program.api("POST", "/api/sites", {"folder": str(shop)})

    assert program.api("POST", "/api/sites/shop/stop")["state"] == "stopped"
    assert not accepts(site["url"])
    assert program.api("POST", "/api/sites/shop/start")["port"] == site["port"]
    assert program.api("POST", "/api/sites/shop/restart")["port"] == site["port"]
    assert fetch(site["url"])[0] == 200


def test_a_stopped_site_stays_stopped_at_the_next_start(begin, shop):
    first = begin()
    first.api("POST", "/api/sites", {"folder": str(shop)})
    first.api("POST", "/api/sites/shop/stop")
    first.interrupt()

    assert begin().site("shop")["state"] == "stopped"
