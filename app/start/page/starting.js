"use strict"

const part = (id) => document.getElementById(id)
let missed = 0

function element(name, className, text) {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text ?? ""
  return made
}

function mark() {
  const made = element("span", "mark")
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("aria-hidden", "true")
  const tick = document.createElementNS("http://www.w3.org/2000/svg", "path")
  tick.setAttribute("d", "M20 6 9 17l-5-5")
  svg.append(tick)
  made.append(svg)
  return made
}

function line(step) {
  const made = element("li", step.state)
  if (step.state === "now") made.setAttribute("aria-current", "step")
  const title = element("span", "title", step.title)
  title.append(element("span", "said", step.state_said))
  if (step.detail) title.append(element("small", "", step.detail))
  made.append(mark(), title, element("span", "note", step.note))
  return made
}

function show(state) {
  document.title = state.page_title
  part("percent").textContent = `${state.percent} %`
  part("value").value = state.percent
  part("left").textContent = state.left
  // The portcullis rises with the work.
  part("portcullis").setAttribute("transform", `translate(0 ${(-34 * state.percent) / 100})`)
  part("steps").replaceChildren(...state.steps.map(line))
}

function fail({ title, error, fix, command }) {
  document.title = part("title").textContent = title
  part("progress").hidden = part("close").hidden = true
  part("failure").hidden = false
  part("error").textContent = error
  part("fix").textContent = fix
  part("command").textContent = command
  part("command").parentElement.hidden = !command
}

async function look() {
  try {
    const answer = await fetch("progress", { cache: "no-store" })
    const state = await answer.json()
    missed = 0
    if (state.failure) return fail(state.failure)
    if (state.link) return location.replace(state.link)
    show(state)
  } catch {
    // While Gatehouse starts itself again in its environment, an answer may be late; for ten seconds it is not.
    const { failed, stopped, stoppedFix } = document.body.dataset
    if (++missed > 33) return fail({ title: failed, error: stopped, fix: stoppedFix, command: "" })
  }
  setTimeout(look, 300)
}

look()
