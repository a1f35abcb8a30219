// Checks a certificate offline: what its QR holds against a file of public keys; no network, no database.
import { readFileSync } from 'node:fs'
import { readCode, readQr, signedBytes } from '@fugong/contract/certificates.code'
import { isSignedBy } from './modules/certificates/index.ts'

const [text, file] = process.argv.slice(2)
if (!text || !file) {
  console.error('用法 / usage: npm run certificates:check -- "<二维码内容>" <keys.json>')
  process.exit(2)
}
const qr = readQr(text)
const code = qr && readCode(qr.code)
const { items } = JSON.parse(readFileSync(file, 'utf8')) as { items: { id: string; publicKey: string; state: string }[] }
const key = code && items.find((one) => one.id === code.keyId)
const genuine = qr && code && key && isSignedBy(Buffer.from(key.publicKey, 'base64url'), signedBytes(qr.number, code.signed), code.signature)
if (!genuine) console.error('不是本市签发的，或已被改动 / not signed by the city, or changed since')
else {
  const { facts } = code
  console.log([`签名有效 / genuine: ${qr.number} · ${key.id}${key.state === 'revoked' ? '（已吊销 / revoked）' : ''}`, `${facts.firm} · ${facts.workplace}`, facts.address, `${facts.issued} · ${facts.planned} · ${facts.validUntil ?? '长期 / open-ended'} · ${facts.level ?? '–'} · ${facts.procedure ?? '–'}`,
    '现在是否有效须联网核验 / whether it still holds takes a check online'].join('\n'))
}
process.exit(genuine && key.state !== 'revoked' ? 0 : 1)
