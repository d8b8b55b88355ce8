import type { Command } from './syntax.ts'
import { leadingText } from './word.ts'

/** The variables that commands may set, wherever in them. */
export function assignedNames(commands: readonly Command[]): readonly string[] {
  const names = new Set<string>()
  const open: Command[] = [...commands]
  for (let command = open.pop(); command !== undefined; command = open.pop()) {
    switch (command.kind) {
      case 'simple':
        for (const word of command.words) {
          const [, name] = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=/.exec(leadingText(word)) ?? []
          if (name !== undefined) names.add(name)
        }
        if (/^(?:read|let|mapfile|readarray)$/.test(leadingText(command.words[0] ?? none))) {
          for (const word of command.words) names.add(leadingText(word))
        }
        break
      case 'pipeline':
        open.push(...command.commands)
        break
      case 'chain':
        open.push(command.first, ...command.rest.map((next) => next.command))
        break
      case 'group':
        open.push(...command.body)
        break
      case 'each':
        names.add(command.name)
        open.push(...command.body)
        break
      case 'repeat':
        open.push(...command.condition, ...command.body)
        break
      case 'choice':
        open.push(...command.conditions, ...command.branches.flat())
        break
      case 'function':
        break
    }
  }
  return [...names]
}

const none = { parts: [] }
