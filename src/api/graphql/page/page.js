// Runs in the browser as it is. What the server answers is put on the page as text only.

const examples = {
  'What came in': {
    query: `{
  intake {
    settled
    entries
    deadLetters
    sources { source events lastEvent }
  }
}`,
    variables: '',
  },
  'Find something': {
    query: `query Find($text: String!) {
  search(text: $text) {
    edges {
      matched
      node { id ... on Dataset { namespace name kind } ... on Job { namespace name } }
    }
  }
}`,
    variables: '{ "text": "patients" }',
  },
  'Where data came from and went': {
    query: `query Lineage($namespace: String!, $name: String!) {
  lineage(of: [{ namespace: $namespace, name: $name }], depth: 5) {
    datasets { upstream downstream dataset { namespace name } }
    flows {
      job { namespace name }
      inputs { name }
      outputs { name }
      evidence(first: 1) { edges { node { source eventTime sender trust hash } } }
    }
    completeness { complete truncatedBy hidden coarse unresolved behind unknownCoverage }
  }
}`,
    variables: '{ "namespace": "", "name": "" }',
  },
  'All datasets': {
    query: `{
  datasets(first: 50) {
    edges { node { id namespace name kind lastSeen } }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: '',
  },
}

const schemaQuery = `{
  schema: __schema {
    types {
      name
      kind
      description
      fields { name description type { ...named } args { name type { ...named } } }
      inputFields { name description type { ...named } }
      enumValues { name description }
    }
  }
}
fragment named on __Type {
  kind
  name
  ofType { kind name ofType { kind name ofType { kind name } } }
}`

/** @param {string} id */
const part = (id) => document.getElementById(id)

async function ask(query, variables) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return { status: response.status, text: await response.text() }
}

/** Of this tab only: what was asked names datasets, and the next person at this machine is another. */
const askedKey = 'lineward-asked'
const askedMax = 50

/** @returns {{ query: string, variables: string }[]} newest first */
function askedBefore() {
  try {
    return JSON.parse(sessionStorage.getItem(askedKey) ?? '[]')
  } catch {
    return []
  }
}

function keepAsked(question) {
  const others = askedBefore().filter(({ query, variables }) => {
    return query !== question.query || variables !== question.variables
  })
  try {
    sessionStorage.setItem(askedKey, JSON.stringify([question, ...others].slice(0, askedMax)))
  } catch {
    // A tab without room, or without storage, has no memory: it asks all the same.
  }
  showAsked()
}

function showAsked() {
  const titles = askedBefore().map(({ query }) => query.replaceAll(/\s+/g, ' ').slice(0, 80))
  const options = titles.map((title, at) => {
    const option = element('option', title)
    option.value = String(at)
    return option
  })
  const none = element('option', titles.length === 0 ? 'nothing yet' : `${titles.length} questions`)
  none.value = ''
  part('asked').replaceChildren(none, ...options)
}

function put({ query, variables }) {
  part('query').value = query
  part('variables').value = variables
}

async function signOut() {
  const headers = { 'content-type': 'application/json' }
  await fetch('/signout', { method: 'POST', headers, body: '{}' })
  sessionStorage.removeItem(askedKey)
  const gone = element('p', 'Signed out. `lineward signin` prints a link to sign in again.')
  document.body.replaceChildren(gone)
}

async function run() {
  const status = part('status')
  status.className = ''
  status.textContent = 'asking…'
  try {
    const given = part('variables').value.trim()
    keepAsked({ query: part('query').value, variables: given })
    const variables = given === '' ? {} : JSON.parse(given)
    const started = performance.now()
    const { status: code, text } = await ask(part('query').value, variables)
    const answer = JSON.parse(text)
    const faulty = code !== 200 || answer.errors !== undefined
    status.className = faulty ? 'fault' : ''
    status.textContent = `${code}, ${Math.round(performance.now() - started)} ms`
    part('answer').textContent = JSON.stringify(answer, null, 2)
  } catch (error) {
    status.className = 'fault'
    status.textContent = String(error)
  }
}

function element(name, text, ...children) {
  const made = document.createElement(name)
  if (text) made.textContent = text
  made.append(...children)
  return made
}

function typeText({ kind, name, ofType }) {
  if (kind === 'NON_NULL') return `${typeText(ofType)}!`
  return kind === 'LIST' ? `[${typeText(ofType)}]` : name
}

function lineOf({ name, type, args = [] }) {
  const inside = args.map((arg) => `${arg.name}: ${typeText(arg.type)}`).join(', ')
  return `${name}${inside && `(${inside})`}${type ? `: ${typeText(type)}` : ''}`
}

function showSchema(types, wanted) {
  const shown = types.flatMap((type) => {
    const members = [type.fields, type.inputFields, type.enumValues].flatMap((list) => list ?? [])
    const isType = type.name.toLowerCase().includes(wanted)
    const fitting = members.filter((one) => isType || one.name.toLowerCase().includes(wanted))
    if (!isType && fitting.length === 0) return []
    const rows = fitting.flatMap((one) => [
      element('dt', lineOf(one)),
      element('dd', one.description ?? ''),
    ])
    const summary = element('summary', type.name)
    const about = element('p', type.description ?? '')
    const box = element('details', '', summary, about, element('dl', '', ...rows))
    box.open = wanted !== ''
    return [box]
  })
  part('schema').replaceChildren(...shown)
}

async function start() {
  const choice = part('examples')
  choice.append(...Object.keys(examples).map((name) => element('option', name)))
  const choose = () => put(examples[choice.value])
  choice.addEventListener('change', choose)
  choose()

  part('asked').addEventListener('change', ({ target }) => {
    const question = askedBefore()[Number(target.value)]
    if (target.value !== '' && question) put(question)
  })
  showAsked()

  part('signout').addEventListener('click', signOut)
  part('run').addEventListener('click', run)
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run()
  })

  const { data } = JSON.parse((await ask(schemaQuery, {})).text)
  const types = data.schema.types.filter(({ name }) => !name.startsWith('__'))
  const find = part('find')
  find.addEventListener('input', () => showSchema(types, find.value.trim().toLowerCase()))
  showSchema(types, '')
}

await start()
