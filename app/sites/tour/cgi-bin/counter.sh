#!/bin/sh
# A counter that counts right when many visitors come at once: whoever makes the folder has the lock.
# mkdir is used since it either makes the folder or fails, never both for two; flock is not everywhere.

site=$(cd "$(dirname "$0")/.." && pwd) || exit 1
file=$site/data/counter.txt
lock=$site/data/counter.lock

tries=0
until mkdir "$lock" 2>/dev/null; do
  tries=$((tries + 1))
  if [ "$tries" -gt 100 ]; then
    echo "The counter is still locked after 10 seconds: $lock" >&2
    printf 'Status: 503 Service Unavailable\nContent-Type: text/plain; charset=utf-8\n\n'
    echo "The counter is busy. If this stays so, delete the folder data/counter.lock."
    exit 0
  fi
  sleep 0.1
done
trap 'rmdir "$lock"' EXIT
trap 'exit 1' HUP INT TERM

count=$(cat "$file" 2>/dev/null)
count=$((${count:-0} + 1))
# Written beside it and renamed, so that no reader ever sees half a number.
echo "$count" >"$file.new" && mv "$file.new" "$file" || exit 1

printf 'Content-Type: text/html; charset=utf-8\n\n'
sed 's/\$title/Counter/' "$site/templates/header.html"
echo "<p class=\"count\">$count</p>"
[ "$count" -eq 1 ] && echo "<p>This page has been opened once.</p>" ||
  echo "<p>This page has been opened $count times. Reload it.</p>"
sed 's|\$script|cgi-bin/counter.sh|' "$site/templates/footer.html"
