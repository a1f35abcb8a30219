// The way back: a page that was left by a link is returned to as it stood, with its filters, its page of the list and its place on the screen.
import { useEffect } from 'react'
import { useLocation, useNavigate, useNavigationType, type NavigateFunction } from 'react-router'

export interface Place { pathname: string; search: string; key: string }
/** How the browser came to a place: to a new entry of its history, in the stead of the present one, or along it. */
type Way = 'PUSH' | 'REPLACE' | 'POP'
/** The entries of the browser's history that this window has made, and the one it stands at. */
export class Trail {
  private places: Place[] = []
  private at = -1
  visit(place: Place, way: Way): void {
    const known = this.places.findIndex((one) => one.key === place.key)
    if (known >= 0) this.at = known
    else if (way === 'REPLACE' && this.at >= 0) this.places[this.at] = place
    else {
      // What lay ahead is gone; an entry from before a reload has nothing that is known behind it.
      this.places = way === 'POP' ? [place] : [...this.places.slice(0, this.at + 1), place]
      this.at = this.places.length - 1
    }
  }
  /** Steps back to the nearest entry of that address, as a negative number; undefined when there is none behind this one. */
  stepsTo(pathname: string): number | undefined {
    for (let at = this.at - 1; at >= 0; at--) if (this.places[at]!.pathname === pathname) return at - this.at
    return undefined
  }
}
const trail = new Trail()

/** Keeps the trail; stands once, around all pages. */
export function useTrail(): void {
  const { pathname, search, key } = useLocation()
  const way = useNavigationType() as Way
  useEffect(() => trail.visit({ pathname, search, key }, way), [pathname, search, key, way])
}
/** Goes back to a page if it lies behind; false when a link must lead there. */
export function goBackTo(to: string, navigate: NavigateFunction): boolean {
  const steps = to.includes('?') ? undefined : trail.stepsTo(to)
  if (steps === undefined) return false
  void navigate(steps)
  return true
}
export const useReturn = (): ((to: string) => boolean) => {
  const navigate = useNavigate()
  return (to) => goBackTo(to, navigate)
}

/** What a page kept of itself, by the entry of the history in which it stood. */
const kept = new Map<string, unknown>()
const MOST = 200
export function keepAt<T>(key: string, value: T): void {
  kept.delete(key)
  kept.set(key, value)
  if (kept.size > MOST) kept.delete(kept.keys().next().value!)
}
export const keptAt = <T>(key: string): T | undefined => kept.get(key) as T | undefined
