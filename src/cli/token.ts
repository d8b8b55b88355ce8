import type { TokenGrant } from '../coordination/index.ts'
import type { Micros } from '../model/index.ts'
import type { Command, Invocation } from './command.ts'
import type { Owner } from './door.ts'
import { shownToken } from '../api/index.ts'
import { openTokenStore, roles } from '../coordination/index.ts'
import { LinewardError } from '../errors.ts'
import { formatNames, formatTime, micros, parseTime } from '../model/index.ts'
import { systemClock } from '../service/index.ts'
import { optionOf } from './command.ts'
import { ask, isRecord, ownerOf, remoteDoor } from './door.ts'
import { printable, tableText } from './terminal.ts'

/** What one can do with tokens: the server's routes, or the store of a folder that nobody serves. */
type Tokens = Readonly<{
  create: (grant: TokenGrant) => Promise<string>
  list: () => Promise<readonly Shown[]>
  revoke: (name: string) => Promise<void>
}>

type Shown = Readonly<Record<string, unknown>>

const unitsMs: ReadonlyMap<string, number> = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/** `lineward token create | list | revoke`. */
export const token: Command = {
  name: 'token',
  usage: [
    `create --role ${roles.join('|')} --name NAME [--person P] [--namespaces A,B] [--formats A,B] [--accounts A,B] [--map WORD=NAMESPACE]… [--requests-per-minute N] [--expires 90d]`,
    'list',
    'revoke NAME',
  ],
  summary: 'Makes, lists and ends the tokens of callers',
  takesWords: true,
  options: {
    role: { value: 'ROLE', meaning: `What the token may do: ${roles.join(', ')}` },
    name: { value: 'NAME', meaning: 'What it is called: in lists, and as the sender of events' },
    person: { value: 'PERSON', meaning: 'Who uses it: the author of decisions' },
    namespaces: {
      value: 'A,B',
      meaning: 'A producer speaks only for jobs in these; others see only datasets in these',
    },
    formats: {
      value: 'A,B',
      meaning: `A producer sends only these formats: ${formatNames.join(', ')}`,
    },
    accounts: { value: 'A,B', meaning: 'A producer speaks only for these AWS accounts' },
    map: {
      value: 'WORD=NAMESPACE',
      multiple: true,
      meaning:
        'What a producer means by a word such as default, file or localhost; may be repeated',
    },
    'requests-per-minute': {
      value: 'N',
      meaning: 'Its own bound, in place of that of the setting --token-requests-max',
    },
    expires: { value: '90d', meaning: 'Ends by itself: after 30m, 12h or 90d, or at a time' },
  },
  async run(invocation) {
    const { config, words, terminal, json } = invocation
    const [action, name, ...more] = words
    const isRevoke = action === 'revoke'
    const isKnown = action === 'create' || action === 'list' || isRevoke
    if (!isKnown || more.length > 0 || isRevoke !== (name !== undefined)) {
      throw new LinewardError(
        'ARGUMENT_INVALID',
        'token create …, token list, or token revoke NAME',
      )
    }
    const grant = action === 'create' ? grantOf(invocation) : undefined
    const owner = await ownerOf(config, { mustExist: action !== 'create' })
    using opened = new DisposableStack()
    const tokens = tokensOf(owner, opened)
    if (grant !== undefined) {
      const made = await tokens.create(grant)
      terminal.out(json ? JSON.stringify({ token: made }) : made)
    } else if (name !== undefined) {
      await tokens.revoke(name)
      if (json) terminal.out(JSON.stringify({ revoked: name }))
      else terminal.note(`Revoked ${printable(name)}`)
    } else {
      const list = await tokens.list()
      if (json) terminal.out(JSON.stringify({ tokens: list }))
      else for (const line of listed(list)) terminal.out(line)
    }
    return 0
  },
}

function tokensOf(owner: Owner, opened: DisposableStack): Tokens {
  if ('server' in owner) {
    const door = remoteDoor(owner.server.url, owner.server.tokens)
    const post = (path: string, body: unknown): Promise<unknown> =>
      ask(door, { method: 'POST', path, body: JSON.stringify(body) }, 'admin')
    return {
      async create(grant) {
        const answer = await post('/api/v1/tokens', {
          ...grant,
          expiresAt: grant.expiresAt === undefined ? null : formatTime(grant.expiresAt),
        })
        return isRecord(answer) ? String(answer['token']) : ''
      },
      async list() {
        const answer = await ask(door, { method: 'GET', path: '/api/v1/tokens' }, 'admin')
        return isRecord(answer) && Array.isArray(answer['tokens'])
          ? answer['tokens'].filter(isRecord)
          : []
      },
      async revoke(name) {
        await post('/api/v1/tokens/revoke', { name })
      },
    }
  }
  const folder = opened.use(owner.folder)
  const store = opened.use(openTokenStore(folder.files.coordination, systemClock))
  return {
    create: async (grant) => store.create(grant),
    list: async () => store.list().map(shownToken),
    async revoke(name) {
      store.revoke(name)
    },
  }
}

function grantOf(invocation: Invocation): TokenGrant {
  const role = roles.find((known) => known === optionOf(invocation, 'role'))
  const name = optionOf(invocation, 'name')
  if (role === undefined || name === undefined) {
    throw new LinewardError(
      'ARGUMENT_INVALID',
      `--role (${roles.join(', ')}) and --name are needed`,
    )
  }
  const expires = optionOf(invocation, 'expires')
  return {
    name,
    role,
    person: optionOf(invocation, 'person'),
    namespaces: listOf(optionOf(invocation, 'namespaces')),
    formats: listOf(optionOf(invocation, 'formats')),
    accounts: listOf(optionOf(invocation, 'accounts')),
    mapping: mappingOf(invocation.options.get('map')),
    requestsPerMinute: rateOf(optionOf(invocation, 'requests-per-minute')),
    expiresAt: expires === undefined ? undefined : endOf(expires),
  }
}

function listOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined
  const words = text.split(',').map((word) => word.trim())
  return words.filter((word) => word !== '')
}

/** `default=airflow-prod`, each word once. A namespace may hold a `=`, a word may not. */
function mappingOf(
  pairs: readonly string[] | undefined,
): Readonly<Record<string, string>> | undefined {
  if (pairs === undefined) return undefined
  const entries = pairs.map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const
  })
  const words = new Set(entries.map(([word]) => word))
  if (words.size === pairs.length && pairs.every((pair) => pair.includes('='))) {
    return Object.fromEntries(entries)
  }
  throw new LinewardError(
    'ARGUMENT_INVALID',
    '--map is WORD=NAMESPACE, such as --map default=airflow-prod, each word once',
  )
}

function rateOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,8}$/.test(text)) return Number(text)
  throw new LinewardError('ARGUMENT_INVALID', '--requests-per-minute is a whole number')
}

/** `90d` from now, or a time. */
function endOf(text: string): Micros {
  const match = /^(\d{1,5})([mhd])$/.exec(text)
  const unit = unitsMs.get(match?.[2] ?? '')
  const now = systemClock()
  const end = unit === undefined ? parseTime(text) : micros(now + Number(match?.[1]) * unit * 1000)
  if (end !== undefined && end > now) return end
  throw new LinewardError('ARGUMENT_INVALID', '--expires is 30m, 12h, 90d or a time to come')
}

const columns = {
  NAME: 'name',
  ROLE: 'role',
  PERSON: 'person',
  NAMESPACES: 'namespaces',
  FORMATS: 'formats',
  ACCOUNTS: 'accounts',
  MAP: 'mapping',
  'PER MINUTE': 'requestsPerMinute',
  EXPIRES: 'expiresAt',
  REVOKED: 'revokedAt',
} as const

function listed(tokens: readonly Shown[]): readonly string[] {
  const cell = (value: unknown): string => {
    if (Array.isArray(value)) return printable(value.join(','))
    if (isRecord(value)) return pairsOf(value)
    if (typeof value === 'number') return String(value)
    return typeof value === 'string' ? printable(value) : '-'
  }
  const rows = tokens.map((shown) => Object.values(columns).map((column) => cell(shown[column])))
  return tableText(Object.keys(columns), rows)
}

function pairsOf(value: Shown): string {
  const pairs = Object.entries(value).map(([word, name]) => `${word}=${String(name)}`)
  return printable(pairs.join(','))
}
