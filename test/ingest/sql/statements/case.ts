/** A text, and its statements as `shown` shows them, one after the other. */
export type Case = readonly [text: string, lines: readonly string[]]
