// Seals a report to the server's key before it touches the phone's storage: ECDH on P-256, AES-GCM; what browsers have had since Android 8.
import { base64 } from './report-kept.ts'

const own = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0))
function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) { all.set(part, at); at += part.length }
  return all
}
const CURVE = { name: 'ECDH', namedCurve: 'P-256' }
/** As `contract/health.sealed.ts` says; undefined where the browser cannot, which it says of pages that did not come over HTTPS. */
export async function sealed(content: object, key: string, token: string): Promise<string | undefined> {
  const { subtle } = crypto
  if (!subtle) return undefined
  try {
    const server = await subtle.importKey('raw', bytesOf(key), CURVE, false, [])
    const pair = (await subtle.generateKey(CURVE, true, ['deriveBits'])) as CryptoKeyPair
    const point = new Uint8Array(await subtle.exportKey('raw', pair.publicKey))
    const shared = new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: server }, pair.privateKey, 256))
    const secret = await subtle.importKey('raw', await subtle.digest('SHA-256', joined([shared, point])), 'AES-GCM', false, ['encrypt'])
    const nonce = crypto.getRandomValues(new Uint8Array(12))
    const text = new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: own(token) }, secret, own(JSON.stringify(content))))
    return base64(joined([point, nonce, text]))
  } catch { return undefined }
}
