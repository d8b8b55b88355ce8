const redactions =
  /^(?:\*{3,}|\*{3}(?:OMITTED\*{3}|\(Redacted\))|HIDDEN_(?:DUE_TO|FOR)_SECURITY_REASONS|<?sensitive ?data ?removed>?|Value hidden due to security reasons\.?)$/i

/** Whether the text says that AWS has taken something out here, and says nothing else. */
export function isRedaction(text: string): boolean {
  return text.length <= 64 && redactions.test(text)
}
