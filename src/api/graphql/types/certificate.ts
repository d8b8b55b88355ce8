import type { Certificate, CertificateState } from '../../../governance/index.ts'
import type { Maybe, PageArgs } from '../args.ts'
import type { CertificateView } from '../certificate-view.ts'
import type { ApiContext } from '../context.ts'
import { pageOfList } from '../../../graph/index.ts'
import { certificateView } from '../certificate-view.ts'
import { connection } from '../connection.ts'
import { isJudged } from '../governed.ts'

type CertificatesArgs = PageArgs & Readonly<{ states?: Maybe<readonly CertificateState[]> }>

const ofRecord = <Key extends keyof Certificate>(key: Key) => {
  return ({ record }: CertificateView): Certificate[Key] => record[key]
}

/** `Query.certificates` and `Certificate` in schema.graphql. */
export const certificateResolvers = {
  Query: {
    async certificates(_root: unknown, args: CertificatesArgs, context: ApiContext) {
      const isAll = await isJudged(context)
      const all = await context.parts.governance.certificates()
      const { states } = args
      const asked = all.filter(({ state }) => states?.includes(state) ?? true)
      const page = await connection(args, context, {
        fetch: async (wanted) => pageOfList(asked, wanted, ({ id }) => id),
        view: (found) => Promise.all(found.map((one) => certificateView(one, context))),
      })
      return { ...page, behind: !isAll }
    },
  },
  Certificate: {
    id: ofRecord('id'),
    method: ofRecord('method'),
    state: ofRecord('state'),
    signer: ofRecord('signer'),
    requestedBy: ofRecord('requestedBy'),
    approvedBy: ofRecord('approvedBy'),
    validFrom: ofRecord('validFrom'),
    expires: ofRecord('expires'),
    statement: ofRecord('statement'),
  },
}
