import type { SessionOrigin } from '../../model/index.ts'
import type { AccessOf } from '../access.ts'
import type { GraphReader } from '../port.ts'
import { compareCodePoints, principalWords } from '../../model/index.ts'

type ChainReader = Pick<GraphReader, 'sessionOrigins'>

/** More sessions than that are not followed: nobody's chain is that long. */
const sessionsMax = 1000

/** Who stood behind a principal, whatever it did: nobody is known to for who is no role. */
export async function actsFor(
  principal: string,
  reader: Pick<GraphReader, 'principalOrigins'> & ChainReader,
): Promise<readonly string[]> {
  const origins = await reader.principalOrigins(principal)
  return beginningsOf(
    origins.map((origin) => [origin]),
    reader,
  )
}

/** Who stood behind a principal when it did what a record of accesses counts. */
export async function actedFor(
  access: AccessOf,
  reader: Pick<GraphReader, 'accessSessions'> & ChainReader,
): Promise<readonly string[]> {
  const sessions = await reader.accessSessions(access)
  const origins = await reader.sessionOrigins(sessions.slice(0, sessionsMax))
  return beginningsOf([...origins.values()], reader)
}

/**
 * Who stands at the beginning of the chains of roles: people, services, users; a role where nothing
 * is known of its session. Sorted, without doubles. A closure, worked out from what is known now: each
 * session is looked at once, so that a chain that bites its tail ends.
 *
 * A person that a session is stated to be of stands for the role that began it.
 */
async function beginningsOf(
  origins: readonly Origins[],
  reader: ChainReader,
): Promise<readonly string[]> {
  const found = new Set<string>()
  const followed = new Set<string>()
  let groups = origins
  while (groups.length > 0) {
    const sessions = groups
      .flat()
      .flatMap(({ session }) => (session === undefined ? [] : [session]))
    const fresh = [...new Set(sessions)].filter((session) => !followed.has(session))
    const known = await reader.sessionOrigins(fresh.slice(0, sessionsMax - followed.size))
    const next = [...known].filter(([, of]) => of.length > 0)
    for (const [session] of next) followed.add(session)
    for (const group of groups) for (const end of endsOf(group, followed)) found.add(end)
    groups = next.map(([, of]) => of)
  }
  return [...found].toSorted(compareCodePoints)
}

/** What is said of one session. */
type Origins = readonly SessionOrigin[]

/** The principals of one session behind whom nobody else is known to stand. */
function endsOf(group: Origins, followed: ReadonlySet<string>): readonly string[] {
  const ends = group
    .filter(({ session }) => session === undefined || !followed.has(session))
    .map(({ principal }) => principal)
  const isStated = ends.some((one) => principalWords(one).kind === 'PERSON')
  return isStated ? ends.filter((one) => principalWords(one).kind !== 'ROLE') : ends
}
