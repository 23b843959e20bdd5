import json

from app.start.progress import STEPS, Progress


def test_nothing_done_is_0_and_all_done_is_100():
    progress = Progress()
    assert progress.percent() == 0

    for step in STEPS:
        progress.done(step)

    assert progress.percent() == 100


def test_a_step_that_takes_long_nears_its_end_and_never_reaches_it():
    step = Progress().steps["packages"]
    step.state, step.began = "now", 0

    passed = [step.fraction(step.expected_s * part / 10) for part in range(1000)]

    assert passed == sorted(passed)
    assert 0.5 < passed[10] < 0.9
    assert passed[-1] < 1


def test_each_change_is_told():
    told = []
    progress = Progress(on_change=lambda one: told.append(one.steps["packages"].state))

    progress.begin("packages")
    progress.tell("packages", "peewee 4.5.3", "1 / 7")
    progress.done("packages")

    assert told == ["now", "now", "done"]


def test_it_survives_the_step_into_the_environment():
    progress = Progress(is_first=False)
    progress.done("python", "3.13.0")
    progress.begin("window")

    restored = Progress()
    restored.restore(json.loads(json.dumps(progress.as_dict())))

    assert not restored.is_first
    assert restored.steps["python"].note == "3.13.0"
    assert restored.steps["window"].state == "now"
    assert restored.as_dict() == progress.as_dict()


def test_what_goes_on_side_by_side_does_not_add_up():
    progress = Progress()

    assert progress.left_s() == STEPS["environment"] + max(STEPS["packages"], STEPS["screens"]) + STEPS["window"]
    progress.done("environment")
    progress.done("packages")
    assert progress.left_s() == STEPS["screens"] + STEPS["window"]
    progress.done("screens")
    progress.done("window")
    assert progress.left_s() == 2  # "0 seconds left" would look like a fault
