import type { IconName } from "./icons"
import { Icon } from "./Icon"

interface ChoicesProps<T extends string> {
  name: string
  labelledBy: string
  value: T
  of: readonly { value: T; title: string; icon?: IconName; lang?: string }[]
  onChange: (to: T) => void
}

/** One of a few, all in sight: radio buttons, so that arrows move between them. */
export function Choices<T extends string>({ name, labelledBy, value, of, onChange }: ChoicesProps<T>) {
  return (
    <div class="choices" role="radiogroup" aria-labelledby={labelledBy}>
      {of.map((one) => (
        <label key={one.value} lang={one.lang}>
          <input type="radio" name={name} checked={one.value === value} onChange={() => onChange(one.value)} />
          {one.icon && <Icon name={one.icon} />}
          {one.title}
        </label>
      ))}
    </div>
  )
}
