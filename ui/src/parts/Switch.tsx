interface SwitchProps {
  id: string
  isOn: boolean
  labelledBy: string
  describedBy?: string
  onChange: (on: boolean) => void
}

/** On or off, at once. */
export function Switch({ id, isOn, labelledBy, describedBy, onChange }: SwitchProps) {
  return <button type="button" role="switch" class="switch" id={id} aria-checked={isOn} aria-labelledby={labelledBy} aria-describedby={describedBy} onClick={() => onChange(!isOn)} />
}
