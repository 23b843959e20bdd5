#! /usr/local/bin/python3
import cgi
import cgitb
cgitb.enable()

import library
import pages

form = cgi.FieldStorage()
book = form["book"].value
reader = form.getvalue("读者", "?")
library.add_note(book, reader, form["note"].value)

print(pages.start_response(), end="")
print(pages.include_header(book))
print(pages.para("谢谢 " + reader))
print(pages.include_footer({"Back": "choose_book.py"}))
