import type { ColumnMap, Fact, JobName, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { RuleSql } from './rule-sql.ts'
import { namespaceIn } from '../aws/arn.ts'
import { declaredFacts, endedFacts, nameOf } from '../aws/declared.ts'
import { listAt, textAt, valueAt } from '../aws/members.ts'
import { sinkOf } from './actions.ts'
import { readRuleSql } from './rule-sql.ts'

/**
 * IoT CreateTopicRule and ReplaceTopicRule: what a rule does from now on, all of it. Reads
 * `requestParameters.ruleName` and `topicRulePayload.{sql, actions[], errorAction, ruleDisabled}`.
 * A rule is a job that reads the topics of its filter and writes to the sink of each action; messages
 * that could not be sent on go to the error action, so that is an output, too. A hidden statement
 * leaves the topic unknown: nothing is said but that the rule is there.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateTopicRule.html
 */
export function topicRule(event: CloudTrailEvent): readonly Fact[] {
  const { at } = event
  const rule = ruleIn(event)
  const payload = valueAt(event.request, 'topicRulePayload')
  if (rule === undefined || payload === undefined) return []
  const text = textAt(payload, 'sql')
  const sql = text === undefined ? undefined : readRuleSql(text)
  const job = { kind: 'job', at, job: rule, type: 'IOT_RULE' } as const
  if (sql === undefined) return [job]
  const topic = topicOf(sql, rule, event)
  const writes = [...listAt(payload, 'actions'), ...listAt(payload, 'errorAction')]
  const outputs = writes.map((action) => sinkOf(action, event)).filter(isThere)
  const facts = declaredFacts({
    at,
    job: rule,
    type: 'IOT_RULE',
    source: text,
    inputs: [topic, ...sql.sources.map((source) => sourceOf(source, event))],
    outputs,
    maps: mapsOf(sql, { topic, event, actions: listAt(payload, 'actions') }),
  })
  return valueAt(payload, 'ruleDisabled') === true
    ? [...facts.filter(({ kind }) => kind !== 'declaration'), ...endedFacts(at, rule)]
    : facts
}

/** IoT DeleteTopicRule and DisableTopicRule: the rule moves nothing from now on. */
export function ruleEnded(event: CloudTrailEvent): readonly Fact[] {
  const rule = ruleIn(event)
  return rule === undefined ? [] : endedFacts(event.at, rule)
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

function sourceOf({ kind, name }: RuleSql['sources'][number], event: CloudTrailEvent): Spelling {
  return kind === 'dynamodb'
    ? { namespace: namespaceIn(event, 'dynamodb'), name: `table/${name}` }
    : { namespace: namespaceIn(event, 'iot'), name: `thing/${name}/shadow` }
}

/** Which columns go where, for a rule that names them all; `*` is all columns, unknown names. */
function mapsOf(
  sql: RuleSql,
  {
    topic,
    event,
    actions,
  }: Readonly<{ topic: Spelling; event: CloudTrailEvent; actions: ReturnType<typeof listAt> }>,
): readonly Readonly<{ output: Spelling; map: ColumnMap }>[] {
  if (sql.isEverything || sql.sources.length > 0) return []
  const dataset = nameOf(topic)
  const fields = sql.columns.map(({ column, inputs, isCopy }) => ({
    column,
    inputs: inputs.map((input) => ({
      dataset,
      column: input,
      transformations: [
        {
          type: 'DIRECT' as const,
          subtype: isCopy ? 'IDENTITY' : 'TRANSFORMATION',
          masking: false,
        },
      ],
    })),
  }))
  const sorted = fields.toSorted((a, b) => (a.column < b.column ? -1 : 1))
  return actions
    .map((action) => sinkOf(action, event))
    .filter(isThere)
    .map((output) => ({ output, map: { fields: sorted, whole: [] } }))
}

function isThere(spelling: Spelling | undefined): spelling is Spelling {
  return spelling !== undefined
}
