/** A changed first line, old and new, with what differs marked. */
export function FirstLine({ before, after }: { before: string; after: string }) {
  const start = sameStart(before, after)
  const end = sameStart(reversed(before.slice(start)), reversed(after.slice(start)))
  return (
    <div class="diff" role="group">
      <DiffLine sign="−" kind="del" line={before} start={start} end={end} />
      <DiffLine sign="+" kind="add" line={after} start={start} end={end} />
    </div>
  )
}

function DiffLine({ sign, kind, line, start, end }: { sign: string; kind: "del" | "add"; line: string; start: number; end: number }) {
  const changed = line.slice(start, line.length - end)
  return (
    <div class={kind}>
      <span>1</span>
      <span>{sign}</span>
      <span>
        {line.slice(0, start)}
        {changed !== "" && <mark>{changed}</mark>}
        {line.slice(line.length - end)}
      </span>
    </div>
  )
}

function sameStart(one: string, other: string): number {
  let n = 0
  while (n < one.length && n < other.length && one[n] === other[n]) n += 1
  return n
}

function reversed(text: string): string {
  return text.split("").reverse().join("")
}
