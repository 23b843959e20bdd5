#!/usr/bin/env python3
"""A guestbook: a form, a table, a page.

GET shows the entries, POST adds one and sends the browser back to the list, so that a reload adds nothing.
"""

import os
import sqlite3
import sys
from contextlib import closing
from datetime import datetime, timezone
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

SITE = Path(__file__).resolve().parent.parent
LONGEST = 2000


# Model: the table, and the two things that are done with it.

def database():
    connection = sqlite3.connect(str(SITE / "data" / "guestbook.sqlite"), timeout=10)
    connection.execute("CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, name TEXT, message TEXT, at TEXT)")
    return connection


def add(name, message):
    # The values go beside the SQL, never into it: no name can then become a command.
    at = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M")
    with closing(database()) as connection, connection:
        connection.execute("INSERT INTO entry (name, message, at) VALUES (?, ?, ?)", (name, message, at))


def newest(count):
    with closing(database()) as connection:
        return connection.execute("SELECT name, message, at FROM entry ORDER BY id DESC LIMIT ?", (count,)).fetchall()


# View: templates with names to fill in.  Whatever people wrote is escaped on its way into the page.

def template(name, **values):
    text = (SITE / "templates" / name).read_text(encoding="utf-8")
    return Template(text).safe_substitute(values)


FORM = Template("""\
<form method="post">
  $problem
  <label for="name">Your name</label>
  <input id="name" name="name" value="$name" required maxlength="60" autocomplete="name">
  <label for="message">What you want to say</label>
  <textarea id="message" name="message" rows="3" required maxlength="2000">$message</textarea>
  <button>Sign the guestbook</button>
</form>
""")

ENTRY = Template("""\
<article class="entry">
  <p>$message</p>
  <p class="quiet">$name, $at UTC</p>
</article>
""")


def page(status="200 OK", problem="", name="", message=""):
    # Asked first: if the table cannot be read, nothing has been printed yet that would look like a page.
    entries = newest(50)
    print("Status:", status)
    print("Content-Type: text/html; charset=utf-8")
    print()
    print(template("header.html", title="Guestbook"))
    print(FORM.substitute(problem=problem, name=escape(name), message=escape(message)))
    for entry_name, entry_message, at in entries:
        print(ENTRY.substitute(name=escape(entry_name), message=escape(entry_message), at=at))
    print(template("footer.html", script="cgi-bin/guestbook.py"))


# Controller: what the request asks for.

def fields():
    """The form's fields: a dict of lists, since a form may send a name more than once."""
    length = int(os.environ.get("CONTENT_LENGTH") or 0)
    return parse_qs(sys.stdin.buffer.read(length).decode("utf-8", "replace"))


def main():
    # Whatever language the computer speaks, the page is UTF-8, as its header says.
    sys.stdout = open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False)
    if os.environ.get("REQUEST_METHOD") != "POST":
        page()
        return
    form = fields()
    name = form.get("name", [""])[0].strip()
    message = form.get("message", [""])[0].strip()
    if not name or not message:
        page("422 Unprocessable Content", '<p class="wrong">Please give a name and a message.</p>', name, message)
        return
    add(name[:60], message[:LONGEST])
    print("Status: 303 See Other")
    print("Location:", os.environ.get("SCRIPT_NAME", "/cgi-bin/guestbook.py"))
    print()


main()
