import { join } from 'node:path'
import { it } from 'vitest'
import { temporaryFolder } from '../storage/folder.ts'
import { checkRounds } from './check-rounds.ts'

it('kill -9 loses nothing that was acknowledged and doubles nothing', async () => {
  const data = join(temporaryFolder(), 'data')
  await checkRounds({ data, rounds: 5, connections: 8, acknowledgedMax: 400, seed: 20_260_301 })
})
