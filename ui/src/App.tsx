import { phase } from "./model/app"
import { token } from "./model/session"
import { Shell } from "./parts/Shell"
import { Ended, LetIn, Starting, Unreachable } from "./screens/Outside"

/** The page: the program's shell, or what stands in its place while there is no way in. */
export function App() {
  if (phase.value === "ended") return <Ended />
  if (token.value === null) return <LetIn />
  if (phase.value === "unreachable") return <Unreachable />
  if (phase.value === "starting") return <Starting />
  return <Shell />
}
