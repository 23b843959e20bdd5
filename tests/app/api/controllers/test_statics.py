def test_requests_for_files_are_listed_newest_first_with_secrets_masked(world):
    world.add_site()
    world.sites.statics = [
        {
            "at_us": 2_000_000,
            "method": "GET",
            "target": b"/a.css?token=hunter2",
            "status": 200,
            "size": 3,
            "total_us": 450,
        },
        {"at_us": 1_000_000, "method": "GET", "target": b"/\xff", "status": 404, "size": None, "total_us": None},
    ]

    shown = world.ask("GET", "/api/sites/guestbook/static").json

    assert shown["count"] == 2
    assert shown["items"][0] == {
        "started": "1970-01-01T00:00:02.000Z",
        "method": "GET",
        "target": "/a.css?token=••••••",
        "status": 200,
        "size": 3,
        "total_ms": 0.45,
    }
    assert shown["items"][1]["target"] == "/\\xff"
