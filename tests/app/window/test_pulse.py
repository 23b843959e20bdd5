from app.window.pulse import SILENCE_S, Pulse


class Clock:
    def __init__(self):
        self.time = 1000.0

    def __call__(self):
        return self.time


def asked(*lefts_and_times):
    """What a pulse says, asked at each time about a page that left at another."""
    clock = Clock()
    pulse = Pulse(now=clock)
    said = []
    for left, time in lefts_and_times:
        clock.time = time
        said.append(pulse.is_dead(left))
    return said


def test_a_page_that_is_gone_for_long_is_dead_once():
    soon, late = 1000 + SILENCE_S, 1001 + SILENCE_S

    assert asked((1000, 1001), (1000, soon), (1000, late), (1000, late + 100)) == [False, False, True, False]


def test_a_page_that_is_there_or_never_came_is_not_missed():
    assert asked((None, 1000), (None, 9000)) == [False, False]


def test_a_page_that_was_loaded_again_is_watched_again():
    assert asked((1000, 1100), (None, 1101), (1200, 1205), (1200, 1300)) == [True, False, False, True]
