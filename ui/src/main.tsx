// First, so that its order of layers holds for every sheet that a part brings.
import "./styles/main.css"
import { render } from "preact"
import { App } from "./App"
import { listenForKeys } from "./keys"
import { startModel } from "./model/app"
import { openSession, token } from "./model/session"
import { dressDocument } from "./model/settings"
import { followLinks } from "./router"

dressDocument()
followLinks()
listenForKeys()

// A code in the address is traded first, so that a browser that is being let in is not asked to be.
await openSession().catch(() => undefined)
const place = document.getElementById("app")
if (place) render(<App />, place)
if (token.value !== null) await startModel()
