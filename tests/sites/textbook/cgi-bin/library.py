"""The Model: books come from text files and are kept in a pickle; notes are kept in a SQLite file."""
import glob
import pickle
import sqlite3

PICKLE = "data/books.pickle"
NOTES = "data/notes.sqlite"


def put_to_store(files):
    books = {}
    for name in files:
        with open(name, encoding="utf-8") as file:
            title, about = file.readline().strip(), file.readline().strip()
        books[title] = about
    with open(PICKLE, "wb") as store:
        pickle.dump(books, store)
    return books


def get_from_store():
    try:
        with open(PICKLE, "rb") as store:
            return pickle.load(store)
    except FileNotFoundError:
        return put_to_store(sorted(glob.glob("data/*.txt")))


def notes(title):
    connection = sqlite3.connect(NOTES)
    connection.execute("CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, book TEXT, reader TEXT, text TEXT)")
    rows = connection.execute("SELECT reader, text FROM note WHERE book = ? ORDER BY id", (title,)).fetchall()
    connection.close()
    return rows


def add_note(title, reader, text):
    notes(title)  # makes the table
    connection = sqlite3.connect(NOTES)
    connection.execute("INSERT INTO note (book, reader, text) VALUES (?, ?, ?)", (title, reader, text))
    connection.commit()
    connection.close()
