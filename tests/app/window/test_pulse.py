from app.window.pulse import SILENCE_S, Pulse


class Clock:
    def __init__(self):
        self.time = 1000.0

    def __call__(self):
        return self.time


def asked(steps):
    """What a pulse says, asked for each (seconds later, followers)."""
    clock = Clock()
    pulse = Pulse(now=clock)
    said = []
    for seconds, followers in steps:
        clock.time += seconds
        said.append(pulse.is_dead(followers))
    return said


def test_a_page_that_was_there_and_is_gone_for_long_is_dead_once():
    assert asked([(1, 1), (1, 0), (SILENCE_S, 0), (1, 0), (SILENCE_S + 1, 0)]) == [False, False, True, False, False]


def test_a_stream_that_comes_back_in_time_is_alive():
    assert asked([(1, 1), (SILENCE_S, 0), (1, 1), (SILENCE_S, 0)]) == [False] * 4


def test_a_page_that_never_followed_is_not_missed():
    assert asked([(100, 0), (100, 0)]) == [False, False]


def test_a_page_that_was_loaded_again_is_watched_again():
    assert asked([(1, 1), (SILENCE_S + 1, 0), (3, 1), (SILENCE_S + 1, 0)]) == [False, True, False, True]
