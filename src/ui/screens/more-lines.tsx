/**
 * An end of what is loaded of a long list: loads on as soon as it comes near, or when it is pressed.
 * Lines put in at the top would push away what is read: there it waits for the hand.
 */
import { useEffect, useRef } from "react"
import { Button } from "../components/button"

interface Props {
  label: string
  byHand?: boolean
  onMore(): void
}

export function MoreLines({ label, byHand = false, onMore }: Props) {
  const button = useRef<HTMLDivElement>(null)
  const latest = useRef(onMore)
  latest.current = onMore
  useEffect(() => {
    const element = button.current
    if (byHand || !element || typeof IntersectionObserver === "undefined") return
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) latest.current()
    })
    observer.observe(element)
    return () => observer.disconnect()
  })
  return (
    <div className="more-lines" ref={button}>
      <Button look="quiet" tabIndex={-1} onClick={onMore}>
        {label}
      </Button>
    </div>
  )
}
