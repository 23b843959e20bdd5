#! /usr/local/bin/python3
import cgi
import cgitb
cgitb.enable()

import library
import pages

books = library.get_from_store()
form = cgi.FieldStorage()
title = form["which_book"].value

print(pages.start_response(), end="")
print(pages.include_header(title))
print(pages.para(books[title]))
for reader, text in library.notes(title):
    print(pages.para(reader + ": " + text))
print(pages.start_form("add_note.py"))
print(pages.hidden_field("book", title))
print(pages.text_field("读者"))
print(pages.text_field("note"))
print(pages.end_form("Send"))
print(pages.include_footer({"首页": "/index.html", "Another": "choose_book.py"}))
