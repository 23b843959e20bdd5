"""`python -m app.window URL STORAGE`: the window process."""

import sys

from app.window.child import show

if __name__ == "__main__":
    show(url=sys.argv[1], storage=sys.argv[2])
