// Whole and nothing else: what stands beside an address is read like any text.
const address = /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/

/** Whether an owner is told by an address, which is what is asked for and so is kept. */
export function isOwnerAddress(owner: string): boolean {
  return address.test(owner)
}
