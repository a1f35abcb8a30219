// The lines a person sees once the server is up: addresses and, in the sample city, how to sign in.
import { roleNames } from '@fugong/contract/identity'
import type { Config } from './base/config.ts'
import { asSystem } from './base/request.ts'
import { sampleSignIns } from './modules/identity/index.ts'
import type { System } from './boot.ts'

type SignIn = Awaited<ReturnType<typeof sampleSignIns>>[number]
/** Signs from the first Chinese, Japanese and Korean ones on take two cells of a terminal. */
const cells = (text: string) => Array.from(text).reduce((sum, sign) => sum + (sign.codePointAt(0)! >= 0x2e80 ? 2 : 1), 0)
const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - cells(text)))

/** One line a person, in columns below the name of their role; roles in the order of the contract. */
export function signInLines(staff: readonly Pick<SignIn, 'username' | 'password' | 'name' | 'role' | 'unitName'>[]): string[] {
  const columns = (one: (typeof staff)[number]) => [one.username, one.password || '—', one.name]
  const widths = [0, 1, 2].map((at) => Math.max(0, ...staff.map((one) => cells(columns(one)[at]!))))
  return Object.entries(roleNames).flatMap(([role, name]) => {
    const people = staff.filter((one) => one.role === role)
    return people.length ? ['', `  ${name.zh} ${name.en}`, ...people.map((one) => `    ${columns(one).map((text, at) => padded(text, widths[at]!)).join('  ')}  ${one.unitName.zh}`)] : []
  })
}

export async function greet(system: System, config: Config, say: (line: string) => void): Promise<void> {
  say(`\n复工 Fugong  ${config.publicUrl}`)
  if (!config.sampleCity) return
  const staff = await asSystem(system.services, (ctx) => sampleSignIns(ctx))
  say('\n样例城市，人和企业均为虚构 / sample city, people and firms are fictional')
  for (const line of signInLines(staff)) say(line)
  say(`\n  动态验证码和短信见 / one-time codes and messages: ${config.publicUrl}/outbox`)
  say('  停止 / stop: Ctrl-C\n')
}
