import type { ButtonHTMLAttributes } from "react"
import { Icon, type IconName } from "./icons"

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** "quiet" has no frame until it is pointed at; "main" is the one thing to do on a screen. */
  look?: "plain" | "quiet" | "main"
  "data-action"?: string
}

export function Button({ look = "plain", className = "", type = "button", ...rest }: Props) {
  return <button type={type} className={`button button-${look} ${className}`} {...rest} />
}

export function IconButton({
  icon,
  label,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { icon: IconName; label: string }) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  )
}
