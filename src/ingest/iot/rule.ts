import type { ColumnMap, Copy, Fact, JobName, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { Written } from './actions.ts'
import type { RuleSql } from './rule-sql.ts'
import { namespaceIn, spellingOfArn } from '../aws/arn.ts'
import { activeFact, declaredFacts, endedFacts, nameOf } from '../aws/declared.ts'
import { listAt, textAt, valueAt } from '../aws/members.ts'
import { unresolvedFact } from '../aws/unresolved.ts'
import { writtenBy } from './actions.ts'
import { readRuleSql } from './rule-sql.ts'

/**
 * IoT CreateTopicRule and ReplaceTopicRule: what a rule does from now on, all of it. Reads
 * `requestParameters.ruleName` and `topicRulePayload.{sql, actions[], errorAction, ruleDisabled}`.
 * A rule is a job that reads the topics of its filter and whatever its functions ask, and writes to the
 * sink of each action; messages that could not be sent on go to the error action, so that is an output,
 * too. A hidden statement leaves the topic unknown, and a template the sink: both are problems.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateTopicRule.html
 */
export function topicRule(event: CloudTrailEvent): readonly Fact[] {
  const { at } = event
  const rule = ruleIn(event)
  const payload = valueAt(event.request, 'topicRulePayload')
  if (rule === undefined) return []
  const text = textAt(payload, 'sql')
  const sql = text === undefined ? undefined : readRuleSql(text)
  const job: Fact = {
    kind: 'job',
    at,
    job: rule,
    type: 'IOT_RULE',
    ...(text === undefined ? {} : { source: text }),
  }
  if (sql === undefined) return [job, unknownPart(event, rule, 'sql', 'its statement')]
  const actions = listAt(payload, 'actions').map((action) => writtenBy(action, event))
  const errors = listAt(payload, 'errorAction').map((action) => writtenBy(action, event))
  const sources = sql.sources.map((source) => ({ ...source, ...sourceOf(source, event) }))
  const topic = topicOf(sql, rule, event)
  const written = [...actions, ...errors]
  const problems = [
    ...sources
      .filter(({ dataset }) => dataset === undefined)
      .map(({ kind }) => unknownPart(event, rule, 'sql', `which ${kind} it asks`)),
    ...written
      .filter(({ isWhole }) => !isWhole)
      .map(({ kind }) => unknownPart(event, rule, 'actions', `where its action ${kind} writes`)),
  ]
  const facts = declaredFacts({
    at,
    job: rule,
    type: 'IOT_RULE',
    source: text,
    inputs: [topic, ...sources.flatMap(({ dataset }) => dataset ?? [])],
    outputs: written.flatMap(({ outputs }) => outputs),
    maps: mapsOf(sql, topic, actions),
    copies: copiesOf(sql, topic, actions),
  })
  return valueAt(payload, 'ruleDisabled') === true
    ? [...facts, activeFact(at, rule, false), ...problems]
    : [...facts, ...problems]
}

/** IoT DeleteTopicRule: the rule moves nothing from now on. */
export function ruleEnded(event: CloudTrailEvent): readonly Fact[] {
  const rule = ruleIn(event)
  return rule === undefined ? [] : endedFacts(event.at, rule)
}

/** IoT EnableTopicRule and DisableTopicRule. Reads `requestParameters.ruleName`. */
export function ruleSwitched(active: boolean): (event: CloudTrailEvent) => readonly Fact[] {
  return (event) => {
    const rule = ruleIn(event)
    return rule === undefined ? [] : [activeFact(event.at, rule, active)]
  }
}

function ruleIn(event: CloudTrailEvent): JobName | undefined {
  const name = textAt(event.request, 'ruleName')
  return name === undefined
    ? undefined
    : { namespace: namespaceIn(event, 'iot'), name: `rule/${name}` }
}

/** Without a FROM a rule is sent to by its name. */
function topicOf({ topic }: RuleSql, rule: JobName, event: CloudTrailEvent): Spelling {
  const name = topic ?? `$aws/rules/${rule.name.slice('rule/'.length)}`
  return { namespace: namespaceIn(event, 'iot'), name: `topic/${name}` }
}

/** The namespaces of what functions ask, and what their names begin with. */
const askedThings = {
  dynamodb: ['dynamodb', 'table/'],
  shadow: ['iot', 'thing/'],
  model: ['machinelearning', 'mlmodel/'],
} as const

function sourceOf(
  { kind, name }: RuleSql['sources'][number],
  event: CloudTrailEvent,
): Readonly<{ dataset: Spelling | undefined }> {
  if (name === undefined) return { dataset: undefined }
  if (kind === 'lambda') return { dataset: spellingOfArn(name) }
  const [service, prefix] = askedThings[kind]
  const whole = kind === 'shadow' ? `${prefix}${name}/shadow` : `${prefix}${name}`
  return { dataset: { namespace: namespaceIn(event, service), name: whole } }
}

function unknownPart(event: CloudTrailEvent, rule: JobName, member: string, what: string): Fact {
  return unresolvedFact(event, {
    code: 'DECLARATION_UNRESOLVED',
    path: `/requestParameters/topicRulePayload/${member}`,
    reason: `${rule.name}: ${what} cannot be told`,
    of: { job: rule },
  })
}

/** Which columns go where, for a rule that names them all; `*` is all columns, unknown names. */
function mapsOf(
  sql: RuleSql,
  topic: Spelling,
  actions: readonly Written[],
): readonly Readonly<{ output: Spelling; map: ColumnMap }>[] {
  if (sql.isEverything || sql.sources.length > 0) return []
  const dataset = nameOf(topic)
  const fields = sql.columns.map(({ column, inputs, isCopy, isMasked }) => ({
    column,
    inputs: inputs.map((input) => ({
      dataset,
      column: input,
      transformations: [
        {
          type: 'DIRECT' as const,
          subtype: isCopy ? 'IDENTITY' : 'TRANSFORMATION',
          masking: isMasked,
        },
      ],
    })),
  }))
  const sorted = fields.toSorted((a, b) => (a.column < b.column ? -1 : 1))
  const filter = { type: 'INDIRECT' as const, subtype: 'FILTER', masking: false }
  const whole = sql.filters
    .toSorted()
    .map((column) => ({ dataset, column, transformations: [filter] }))
  return actions.flatMap(({ outputs }) =>
    outputs.map((output) => ({ output, map: { fields: sorted, whole } })),
  )
}

/** `*` sends every column of the message on under its own name. */
function copiesOf(
  { isEverything }: RuleSql,
  topic: Spelling,
  actions: readonly Written[],
): readonly Copy[] {
  if (!isEverything) return []
  return actions.flatMap(({ outputs }) =>
    outputs.map((output) => ({
      input: nameOf(topic),
      output: nameOf(output),
      columns: { by: 'name' as const },
    })),
  )
}
