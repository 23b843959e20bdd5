#!/usr/bin/env python3
"""This script is broken on purpose: it looks for a field that the form does not send.  Line 17 is wrong."""

import os
import sys
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

SITE = Path(__file__).resolve().parent.parent
sys.stdout = open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False)

fields = parse_qs(os.environ.get("QUERY_STRING", ""))

# htdocs/greeting.html sends "Name"; upper and lower case count.
name = fields["name"][0]

print("Content-Type: text/html; charset=utf-8")
print()
header = (SITE / "templates" / "header.html").read_text(encoding="utf-8")
footer = (SITE / "templates" / "footer.html").read_text(encoding="utf-8")
print(Template(header).safe_substitute(title="Hello, " + escape(name)))
print("<p class='lead'>You mended it. The run before this one is kept, so the two can be compared.</p>")
print(Template(footer).safe_substitute(script="cgi-bin/greeting.py"))
