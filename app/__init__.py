"""Gatehouse: hosts small sites made of scripts, and tracks every run."""

VERSION = "0.1.0"
