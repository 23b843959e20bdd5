#!/usr/bin/env python3
"""A script with a family: a child in its own group, one that left the session, and one that ignores TERM.

Says "PID PID PID PID" to the pipe of its query, then is silent.
"""
import os
import signal
import sys
import time


mode = os.environ["QUERY_STRING"]


def child(*, leaves: bool, is_deaf: bool) -> int:
    reader, writer = os.pipe()
    if os.fork() == 0:
        if leaves:
            os.setsid()
            if os.fork():
                os._exit(0)  # its child is an orphan, as a daemon is
        if "ends" in mode:  # holds no output open, as a good daemon
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
        if is_deaf:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.write(writer, str(os.getpid()).encode())
        os.close(writer)
        time.sleep(3600)
        os._exit(0)
    os.close(writer)
    return int(os.read(reader, 20))


if "header" in mode:
    print("Content-Type: text/plain\n\nbegun", flush=True)
pids = [os.getpid(), child(leaves=False, is_deaf=False), child(leaves=True, is_deaf=False), child(leaves=False, is_deaf=True)]
if "deaf" in mode:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
with open(os.environ["FAMILY_PIPE"], "w") as pipe:
    print(*pids, file=pipe)
if "ends" in mode:
    print("Content-Type: text/plain\n\nended", flush=True)
    sys.stdout.close()
    os._exit(0)
while True:
    time.sleep(3600)
