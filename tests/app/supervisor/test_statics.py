from app.supervisor.statics import KEPT, Statics


def test_the_newest_requests_stand_first_and_all_are_counted():
    statics = Statics()

    statics.take(1, [{"at_us": 1}, {"at_us": 2}], 2)
    statics.take(1, [], 5)

    assert statics.of(1) == ([{"at_us": 2}, {"at_us": 1}], 7)


def test_only_so_many_are_kept():
    statics = Statics()

    statics.take(1, [{"at_us": n} for n in range(KEPT + 9)], KEPT + 9)

    newest, count = statics.of(1)
    assert len(newest) == KEPT
    assert newest[0] == {"at_us": KEPT + 8}
    assert count == KEPT + 9


def test_sites_do_not_mix_and_a_forgotten_one_is_empty():
    statics = Statics()
    statics.take(1, [{"at_us": 1}], 1)
    statics.take(2, [{"at_us": 2}], 1)

    statics.forget(1)

    assert statics.of(1) == ([], 0)
    assert statics.of(2) == ([{"at_us": 2}], 1)
