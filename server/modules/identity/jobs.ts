// Later work of identity: sending codes by short message, and daily clearing of what has expired.
import type { JobKind } from '../../base/jobs.ts'
import type { Sms } from '../../base/sms.ts'
import { purge } from './purge.actions.ts'
import { SEND_CODE, type CodePurpose } from './phone.actions.ts'

export function identityJobs(sms: Sms): JobKind[] {
  return [
    {
      // A person waits for the code and asks for another after a minute: no use in trying for long.
      name: SEND_CODE, tries: 4,
      async run(ctx, payload) {
        const { sealed, expires, purpose } = payload as { sealed: string; expires: string; purpose?: CodePurpose }
        if (Date.parse(expires) <= ctx.now.getTime()) return
        const { phone, code } = JSON.parse(ctx.sealer.open('sms', Buffer.from(sealed, 'base64'))) as { phone: string; code: string }
        const use = purpose === 'binding' ? { zh: '用于绑定手机申报健康，', en: ' for binding a phone to report health' } : { zh: '', en: '' }
        await sms.send(phone, { zh: `【复工】验证码 ${code}，${use.zh}5 分钟内有效。请勿告诉他人。`, en: `[Fugong] Your code${use.en} is ${code}, valid for 5 minutes. Tell it to nobody.` })
      },
    },
    { name: 'identity.purge', everySeconds: 86_400, run: (ctx) => purge(ctx) },
  ]
}
