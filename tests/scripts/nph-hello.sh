#!/bin/sh
# Speaks HTTP itself (RFC 3875 section 5).
printf 'HTTP/1.1 299 Quite Fine\r\nX-Own: yes\r\nContent-Type: text/plain\r\n\r\nraw\n'
