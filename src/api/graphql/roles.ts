import type { Caller } from '../parts.ts'
import { LinewardError } from '../../errors.ts'

type Role = Caller['role']

/** Who may ask at all. */
export const askingRoles: readonly Role[] = ['steward', 'auditor', 'admin']

/** Who may change what, by the field of `Mutation`. */
export const changingRoles = {
  setOwners: ['steward', 'admin'],
  describe: ['steward', 'admin'],
  joinNames: ['steward', 'admin'],
  splitNames: ['steward', 'admin'],
  retract: ['steward', 'admin'],
  replayDeadLetters: ['steward', 'admin'],
  assertLabel: ['steward', 'admin'],
  withdrawLabel: ['steward', 'admin'],
  assertStatus: ['steward', 'admin'],
  attest: ['steward', 'admin'],
  defineBoundary: ['steward', 'admin'],
  removeBoundary: ['steward', 'admin'],
  definePolicy: ['steward', 'admin'],
  certify: ['steward', 'admin'],
  approveCertificate: ['steward', 'admin'],
  revokeCertificate: ['steward', 'admin'],
  decideFinding: ['steward', 'admin'],
  assignFinding: ['steward', 'admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

/** @throws LinewardError FORBIDDEN that names the roles which may. */
export function requireRole({ role }: Caller, roles: readonly Role[]): void {
  if (roles.includes(role)) return
  throw new LinewardError('FORBIDDEN', `This needs a token of role ${roles.join(' or ')}`)
}
