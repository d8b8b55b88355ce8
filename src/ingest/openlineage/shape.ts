import type { Json } from '../../model/index.ts'
import { isJsonObject } from '../../model/index.ts'
import { isList, member } from '../members.ts'

/**
 * What is wrong with a value, in words that name places and never quote values, or undefined when
 * nothing is. `at` is the place inside the facet, in dotted form; map keys show as `*`, since they
 * come from outside.
 */
export type Shape = (value: Json | undefined, at: string) => string | undefined

export const anything: Shape = () => undefined

export const text: Shape = (value, at) =>
  typeof value === 'string' ? undefined : `${at} must be text`

export const nonEmptyText: Shape = (value, at) =>
  typeof value === 'string' && value !== '' ? undefined : `${at} must be text that is not empty`

/** Text, a number or a flag: producers disagree about which. */
export const scalar: Shape = (value, at) =>
  typeof value === 'string' || typeof value === 'boolean' || isNumber(value)
    ? undefined
    : `${at} must be text, a number or a flag`

export const number: Shape = (value, at) => (isNumber(value) ? undefined : `${at} must be a number`)

export const flag: Shape = (value, at) =>
  typeof value === 'boolean' ? undefined : `${at} must be true or false`

/** Absent and null are one: producers send null for what they do not know. */
export function optional(shape: Shape): Shape {
  return (value, at) => (value === undefined || value === null ? undefined : shape(value, at))
}

/** One of the words, in any letter case. */
export function oneOf(...words: readonly string[]): Shape {
  return (value, at) =>
    typeof value === 'string' && words.includes(value.toUpperCase())
      ? undefined
      : `${at} must be one of ${words.join(', ')}`
}

export function listOf(shape: Shape): Shape {
  return (value, at) => {
    if (!isList(value)) return `${at} must be a list`
    for (const [index, item] of value.entries()) {
      const wrong = shape(item, `${at}[${index}]`)
      if (wrong !== undefined) return wrong
    }
    return undefined
  }
}

export function mapOf(shape: Shape): Shape {
  return (value, at) => {
    if (!isJsonObject(value)) return `${at} must be an object`
    for (const item of Object.values(value)) {
      const wrong = shape(item, `${at}.*`)
      if (wrong !== undefined) return wrong
    }
    return undefined
  }
}

/** An object with at least these members, each of its shape. Other members may be anything. */
export function object(members: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(members)
  return (value, at) => {
    if (!isJsonObject(value)) return `${at} must be an object`
    for (const [key, shape] of entries) {
      const wrong = shape(member(value, key), `${at}.${key}`)
      if (wrong !== undefined) return wrong
    }
    return undefined
  }
}

/** A shape that contains itself. */
export function recursive(shape: () => Shape): Shape {
  return (value, at) => shape()(value, at)
}

/** A number as JavaScript holds it, or one that is kept as it was written. */
function isNumber(value: Json | undefined): boolean {
  if (typeof value === 'number') return true
  return typeof value === 'object' && value !== null && !isList(value) && !isJsonObject(value)
}
