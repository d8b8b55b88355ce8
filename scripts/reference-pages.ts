import { settings } from '../src/config.ts'
import { errorCodes } from '../src/errors.ts'
import { coveragePage } from './coverage-page.ts'
import { table } from './markdown-table.ts'

/** The pages that are made from tables of the source, by their path: `npm run docs` writes them. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/config.md', configPage()],
    ['docs/errors.md', errorsPage()],
    ['docs/coverage.md', coveragePage()],
  ])
}

function configPage(): string {
  const rows = Object.values(settings).map((setting) => [
    'flag' in setting ? `\`--${setting.flag}\`` : '',
    `\`${setting.env}\``,
    setting.default === '' ? '' : `\`${setting.default}\``,
    setting.unit,
    setting.meaning,
  ])
  return `# Settings

<!-- Written by \`npm run docs\` from src/config.ts. -->

A flag wins over the environment, the environment over the default. A \`LINEWARD_…\` variable or a
flag that is not in this table is refused, with all problems of all settings at once. What has no
flag is a secret: command lines can be read by every process of a machine.

${table(['flag', 'environment', 'default', 'unit', 'meaning'], rows)}
`
}

function errorsPage(): string {
  const rows = Object.entries(errorCodes).map(([code, { status, title }]) => [
    `\`${code}\``,
    String(status),
    title,
  ])
  return `# Error codes

<!-- Written by \`npm run docs\` from src/errors.ts. -->

Every failure that Lineward reports has one of these codes: as \`code\` in a problem document, as
\`extensions.code\` in GraphQL, in brackets behind a message of the command line. A code is never
reused and never changes its meaning. The status is that of REST; 503 comes with \`Retry-After\`.

${table(['code', 'status', 'meaning'], rows)}
`
}
