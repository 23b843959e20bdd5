import threading

from app.api.throttle import Due, Throttle

PATIENCE_S = 60


def test_the_first_news_after_a_silence_is_due_at_once():
    due = Due(1.0)
    due.touch("a", 100.0)

    assert due.take(100.0) == ["a"]
    assert due.take(100.0) == []


def test_news_that_follow_wait_for_the_interval_and_are_told_together():
    due = Due(1.0)
    due.touch("a", 100.0)
    due.take(100.0)
    due.touch("a", 100.1)
    due.touch("a", 100.5)

    assert due.wait_s(100.5) == 0.5
    assert due.take(100.9) == []
    assert due.take(101.0) == ["a"]
    assert due.wait_s(101.0) is None


def test_subjects_do_not_wait_for_each_other():
    due = Due(1.0)
    due.touch("a", 100.0)
    due.take(100.0)
    due.touch("a", 100.1)
    due.touch("b", 100.2)

    assert due.take(100.2) == ["b"]


def test_what_is_no_more_is_not_told():
    due = Due(1.0)
    due.touch("a", 100.0)
    due.drop("a")

    assert due.take(200.0) == []
    assert due.wait_s(200.0) is None


def test_the_last_news_is_always_told():
    """However the touches fall: what is told last has seen the last of them."""
    touched, told, is_last = [], [], threading.Event()

    def tell(_subject):
        told.append(len(touched))
        if told[-1] == 500:
            is_last.set()

    throttle = Throttle(tell, interval_s=0.01)
    for number in range(500):
        touched.append(number)
        throttle.touch("a")

    assert is_last.wait(PATIENCE_S)
    throttle.close()
    assert told[-1] == 500
    assert len(told) < 500


def test_a_telling_that_fails_does_not_end_the_next(capsys):
    heard = threading.Event()

    def tell(subject):
        if subject == "bad":
            raise OSError("disk gone")
        heard.set()

    throttle = Throttle(tell, interval_s=0.01)
    throttle.touch("bad")
    throttle.touch("good")

    assert heard.wait(PATIENCE_S)
    throttle.close()
    assert "disk gone" in capsys.readouterr().err


def test_after_closing_nothing_is_told():
    told = []
    throttle = Throttle(told.append, interval_s=0.01)
    throttle.close()

    throttle.touch("a")

    assert told == []
