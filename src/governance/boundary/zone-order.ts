import type { Zone } from '../../model/index.ts'
import { zones } from '../../model/index.ts'

/** Negative where the first is the less exposed: protected, general, external. */
export function compareExposure(a: Zone, b: Zone): number {
  return zones.indexOf(a) - zones.indexOf(b)
}

/** Whether what goes from one zone to another comes to where more can see it. */
export function isMoreExposed(from: Zone, to: Zone): boolean {
  return compareExposure(from, to) < 0
}
