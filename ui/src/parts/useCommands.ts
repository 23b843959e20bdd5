import { useLayoutEffect } from "preact/hooks"
import { addCommands, type Command } from "../commands"

/**
 * Commands of a screen or part, while it is shown.  `inputs` as for any effect: what the commands' closures
 * take from the component.  In the layout phase, so that the last screen's keys are free before this one's are taken.
 */
export function useCommands(make: () => Command[], inputs: readonly unknown[] = []): void {
  useLayoutEffect(() => addCommands(make()), [...inputs])
}
