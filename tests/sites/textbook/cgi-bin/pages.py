"""The View: pieces of HTML, filled from templates."""
from html import escape
from string import Template


def start_response(kind="text/html; charset=utf-8"):
    return "Content-type: " + kind + "\n\n"


def include_header(title):
    with open("templates/header.html", encoding="utf-8") as file:
        return Template(file.read()).substitute(title=escape(title))


def include_footer(links):
    text = "".join('<a href="' + links[name] + '">' + name + "</a> " for name in links)
    with open("templates/footer.html", encoding="utf-8") as file:
        return Template(file.read()).substitute(links=text)


def start_form(url):
    return '<form action="' + url + '" method="POST">'


def end_form(label):
    return '<p><input type="submit" value="' + label + '"></p></form>'


def radio_button(name, value):
    return '<input type="radio" name="' + name + '" value="' + escape(value) + '"> ' + escape(value) + "<br>"


def text_field(name):
    return '<p>' + name + ' <input type="text" name="' + name + '"></p>'


def hidden_field(name, value):
    return '<input type="hidden" name="' + name + '" value="' + escape(value) + '">'


def para(text):
    return "<p>" + escape(text) + "</p>"
