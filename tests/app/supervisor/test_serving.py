"""What is asked of the gateway, and how its answers become states; the answers are given by hand, in their order."""

import errno
import socket
import threading
from pathlib import Path

import pytest

from app.gateway.messages import SERVE, STOP_SITE
from app.gateway.values import Site
from app.sites.settings_file import Problem
from app.supervisor.hosted import hosted
from app.supervisor.serving import Serving, moved
from tests.app.supervisor.heard import DEADLINE_S

FOLDER = Path("/site")


def _site(**changes):
    return Site(**{"id": 1, "name": "shop", "folder": FOLDER, "pages": FOLDER, **changes})


@pytest.fixture
def shop():
    row = {"id": 1, "slug": "shop", "name": "shop", "folder": "/site", "port": None, "is_sample": False}
    return hosted({**row, "is_wanted": True, "added_us": 1, "overrides": {}})


@pytest.fixture
def sent():
    return []


@pytest.fixture
def changed():
    return []


@pytest.fixture
def serving(sent, changed):
    """With a gateway that is up, and that ends a site as soon as it is told to."""

    def send(kind, content):
        sent.append((kind, content))
        if kind == STOP_SITE:
            threading.Thread(target=serving.stopped, args=(content["site"],)).start()

    serving = Serving(send=send, on_change=lambda hosted: changed.append((hosted.slug, hosted.state)))
    serving.gateway_up()
    return serving


def _asked_ports(sent):
    return [content["site"]["port"] for kind, content in sent if kind == SERVE]


def test_a_site_starts_and_serves_when_the_gateway_says_so(serving, shop, changed):
    serving.ask(shop, _site())
    assert shop.state == "starting"

    serving.listening(1, 8611)

    assert (shop.state, shop.port, shop.problem) == ("serving", 8611, None)
    assert changed == [("shop", "starting"), ("shop", "serving")]


def test_other_settings_do_not_move_a_serving_site(serving, shop, sent):
    serving.ask(shop, _site())
    serving.listening(1, 8611)

    serving.ask(shop, _site(name="The shop", port=8611))

    assert shop.state == "serving"
    assert _asked_ports(sent) == [None, 8611]


def test_the_same_settings_are_not_sent_again(serving, shop, sent):
    serving.ask(shop, _site(port=8611))
    serving.listening(1, 8611)

    serving.ask(shop, _site(port=8611))

    assert len(sent) == 1


def test_another_port_in_the_settings_moves_it(serving, shop, sent):
    serving.ask(shop, _site(port=8611))
    serving.listening(1, 8611)

    serving.ask(shop, _site(port=9000))

    assert shop.state == "starting"
    assert _asked_ports(sent) == [8611, 9000]


def test_a_site_that_had_to_move_keeps_its_place_and_the_reason(serving, shop, sent):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        serving.ask(shop, _site(port=port))
        serving.not_listening(1, port, errno.EADDRINUSE)
        serving.listening(1, 8612)

    serving.ask(shop, _site(port=port, name="The shop"))
    serving.listening(1, 8612)

    assert _asked_ports(sent) == [port, 8612]
    assert shop.problem.slug.startswith("moved-port-taken")
    assert (shop.problem.params["port"], shop.problem.params["instead"]) == (port, 8612)


def test_a_start_on_the_port_wished_for_ends_the_complaint(serving, shop):
    serving.ask(shop, _site(port=8611))
    serving.not_listening(1, 8611, errno.EACCES)
    serving.listening(1, 8612)
    serving.end(shop)

    serving.ask(shop, _site(port=8611))
    serving.listening(1, 8611)

    assert shop.problem is None


def test_where_there_is_no_port_at_all_it_is_a_problem(serving, shop):
    serving.ask(shop, _site(port=8611))

    serving.not_listening(1, 0, errno.EMFILE)

    assert (shop.state, shop.problem.slug) == ("problem", "no-port")


def test_a_port_for_this_time_only_goes_before_the_settings(serving, shop, sent):
    shop.once_port = 9001

    serving.ask(shop, _site(port=8611))

    assert _asked_ports(sent) == [9001]


def test_ending_waits_for_the_gateway(serving, shop):
    serving.ask(shop, _site())
    serving.listening(1, 8611)

    serving.end(shop)

    assert shop.state == "stopped"


def test_a_site_that_cannot_be_served_says_why(serving, shop):
    serving.ask(shop, _site())
    serving.listening(1, 8611)

    serving.end(shop, Problem("folder-gone", {"folder": "/site"}))

    assert (shop.state, shop.problem.slug) == ("problem", "folder-gone")


def test_a_late_answer_of_the_gateway_does_not_wake_a_stopped_site(serving, shop):
    serving.ask(shop, _site())
    serving.end(shop)

    serving.listening(1, 8611)
    serving.not_listening(1, 8611, errno.EADDRINUSE)

    assert (shop.state, shop.problem) == ("stopped", None)


def test_after_a_restart_of_the_gateway_all_is_asked_again_on_the_same_ports(serving, shop, sent):
    serving.ask(shop, _site())
    serving.listening(1, 8611)

    serving.gateway_down()
    assert shop.state == "starting"
    serving.gateway_up()
    serving.listening(1, 8611)

    assert shop.state == "serving"
    assert _asked_ports(sent) == [None, 8611]


def test_while_the_gateway_is_down_nothing_is_sent_and_a_stop_is_at_once(serving, shop, sent):
    serving.gateway_down()
    serving.ask(shop, _site())
    assert sent == []

    serving.end(shop)
    serving.gateway_up()

    assert sent == []
    assert shop.state == "stopped"


def test_waiting_ends_with_the_answer(serving, shop):
    serving.ask(shop, _site())
    answer = threading.Thread(target=serving.listening, args=(1, 8611))
    answer.start()

    serving.wait(shop, patience_s=DEADLINE_S)

    assert shop.state == "serving"
    answer.join()


def test_frames_of_a_site_that_was_forgotten_are_passed_over(serving, shop):
    serving.ask(shop, _site())
    serving.end(shop)
    serving.forget(shop)

    serving.listening(1, 8611)
    serving.stopped(1)

    assert shop.state == "stopped"


def test_a_reason_is_reworded_once():
    once = moved(Problem("port-taken", {"port": 1}), 2)

    assert moved(once, 3) == Problem("moved-port-taken", {"port": 1, "instead": 3})
