/** Whether the bytes begin as gzip does, whatever their name or header says. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}
