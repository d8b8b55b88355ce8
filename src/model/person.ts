/** Whether two names are of one person, however somebody typed them: case and spaces do not count. */
export function isSamePerson(one: string, other: string): boolean {
  return spelled(one) === spelled(other)
}

function spelled(person: string): string {
  return person.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
}
