import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { Translators } from '../translator.ts'
import { assumeRole } from './assume-role.ts'

const gives = 'the session of a role that begins, and who stands behind it'

export const stsCalls: Translators<CloudTrailEvent> = {
  'sts:AssumeRole': { gives, proof: 'record', translate: assumeRole },
  'sts:AssumeRoleWithSAML': { gives, proof: 'documentation', translate: assumeRole },
  'sts:AssumeRoleWithWebIdentity': { gives, proof: 'inferred', translate: assumeRole },
}
