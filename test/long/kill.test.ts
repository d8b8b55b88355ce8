import { join } from 'node:path'
import { it } from 'vitest'
import { checkRounds } from '../kill/check-rounds.ts'
import { temporaryFolder } from '../storage/folder.ts'

it('many kills lose nothing that was acknowledged and double nothing', async () => {
  const data = join(temporaryFolder(), 'data')
  await checkRounds({ data, rounds: 40, connections: 32, acknowledgedMax: 3000, seed: 20_260_302 })
})
