// Pure decisions about robots: the JSON that DingTalk and WeCom expect, what their answers mean, how much of a text fits.
import { fillTemplate } from '@fugong/contract/notices.templates'

/** WeCom takes 4,096 bytes of markdown, DingTalk 20,000 of a whole message: what fits both readers of a group. */
const MOST_BYTES = { wecom: 4096, dingtalk: 15_000 }
const bytes = (text: string) => new TextEncoder().encode(text).length
/** The text with as many whole characters as fit into so many bytes. */
export function fitting(text: string, most: number): string {
  if (bytes(text) <= most) return text
  let kept = ''
  let size = bytes('…')
  for (const one of text) {
    size += bytes(one)
    if (size > most) break
    kept += one
  }
  return `${kept}…`
}
/** A value as plain words: firms choose their names, and what a group would show as a link, a picture or a mention of its members stands there in its wide form. */
export const plainWords = (text: string): string => text.replace(/[[\]<>*`~|\\]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).replaceAll('://', '：//')
export interface RobotMessage { title: string; markdown: string; link: string | null }
/** One message, or several as one with a line for each: what a group reads instead of many. */
export function joined(messages: readonly RobotMessage[], publicUrl: string, language: 'zh' | 'en', heading: string): RobotMessage {
  const open = language === 'zh' ? '打开' : 'Open'
  const address = (link: string | null) => (link === null ? '' : `\n\n[${open}](${publicUrl}${link})`)
  const [first] = messages
  if (messages.length === 1) return { title: first!.title, markdown: `${first!.markdown}${address(first!.link)}`, link: first!.link }
  const lines = messages.map(({ markdown, link }) => `- ${markdown.replace(/^#+ .*\n+/, '').replace(/\s+/g, ' ')}${link === null ? '' : ` [${open}](${publicUrl}${link})`}`)
  const title = fillTemplate(heading, { title: plainWords(first!.title), count: String(messages.length) })
  return { title, markdown: `#### ${title}\n\n${lines.join('\n')}`, link: null }
}
export function robotBody(format: 'dingtalk' | 'wecom', { title, markdown }: RobotMessage): string {
  const text = fitting(markdown, MOST_BYTES[format])
  return JSON.stringify(format === 'dingtalk' ? { msgtype: 'markdown', markdown: { title, text } } : { msgtype: 'markdown', markdown: { content: text } })
}
/** The text that DingTalk signs: the moment in milliseconds, a new line, the secret. */
export const signedText = (at: Date, secret: string): string => `${at.getTime()}\n${secret}`
export const signedUrl = (url: string, at: Date, signature: string): string => `${url}${url.includes('?') ? '&' : '?'}timestamp=${at.getTime()}&sign=${encodeURIComponent(signature)}`

/** Codes by which the providers say that a robot posts too much: it rests then, and the message was not shown. */
const TOO_MANY = new Set([130101, 45009, 410100])
export type RobotAnswer = { outcome: 'sent' } | { outcome: 'rest' | 'failed'; code: number | null }
export function readAnswer({ status, text }: { status: number; text: string }): RobotAnswer {
  if (status === 429) return { outcome: 'rest', code: status }
  if (status !== 200) return { outcome: 'failed', code: status }
  let code: unknown
  try {
    code = (JSON.parse(text) as { errcode?: unknown } | null)?.errcode
  } catch {
    return { outcome: 'failed', code: null }
  }
  if (code === 0) return { outcome: 'sent' }
  if (typeof code !== 'number' || !Number.isInteger(code)) return { outcome: 'failed', code: null }
  return { outcome: TOO_MANY.has(code) ? 'rest' : 'failed', code }
}
/** How many messages a robot may post now, and when it may post the next when none: `called` are the moments of the last minute. */
export function allowance(now: Date, called: readonly Date[], perMinute: number): { free: number; next: Date } {
  const recent = called.map((at) => at.getTime()).filter((at) => at > now.getTime() - 60_000).sort((a, b) => a - b)
  const free = Math.max(0, perMinute - recent.length)
  return { free, next: free ? now : new Date(recent[recent.length - perMinute]! + 60_000) }
}
