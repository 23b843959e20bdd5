#!/usr/bin/env python3
"""The size and SHA-256 of the body, read piece by piece."""
import hashlib
import sys

digest, size = hashlib.sha256(), 0
while piece := sys.stdin.buffer.read(1 << 16):
    digest.update(piece)
    size += len(piece)
print(f"Content-Type: text/plain\n\n{size} {digest.hexdigest()}")
