#! /usr/local/bin/python3
import cgitb
cgitb.enable()

import library
import pages

books = library.get_from_store()
print(pages.start_response(), end="")
print(pages.include_header("书单 Books"))
print(pages.start_form("show_book.py"))
for title in sorted(books):
    print(pages.radio_button("which_book", title))
print(pages.end_form("选择"))
print(pages.include_footer({"首页": "/index.html"}))
