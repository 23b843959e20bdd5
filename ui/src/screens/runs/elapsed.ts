import { useEffect, useState } from "preact/hooks"

/** Milliseconds since then, growing ten times a second while it is shown. */
export function useElapsed(started: string): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const beat = setInterval(() => setNow(Date.now()), 100)
    return () => clearInterval(beat)
  }, [])
  return Math.max(0, now - Date.parse(started))
}
