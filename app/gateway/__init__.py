"""The CGI host: one process, one event loop, every site's port.  Imports nothing of bottle, peewee or the rest."""
