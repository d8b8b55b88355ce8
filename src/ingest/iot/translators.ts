import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { Translators } from '../translator.ts'
import { ruleEnded, ruleSwitched, topicRule } from './rule.ts'

export const iotCalls: Translators<CloudTrailEvent> = {
  'iot:CreateTopicRule': {
    gives:
      'the rule as a job: its topics and the tables and shadows it asks, the sink of each action and of the error action, columns where they are named',
    proof: 'inferred',
    translate: topicRule,
  },
  'iot:DeleteTopicRule': {
    gives: 'the end of what the rule moves',
    proof: 'inferred',
    translate: ruleEnded,
  },
  'iot:DisableTopicRule': {
    gives: 'the rule moves nothing until it is enabled',
    proof: 'inferred',
    translate: ruleSwitched(false),
  },
  'iot:EnableTopicRule': {
    gives: 'the rule moves again what it was set up to',
    proof: 'inferred',
    translate: ruleSwitched(true),
  },
  'iot:ReplaceTopicRule': {
    gives: 'the rule anew, all of it',
    proof: 'inferred',
    translate: topicRule,
  },
}
