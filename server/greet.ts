// The lines a person sees once the server is up: addresses and, in the sample city, how to sign in.
import type { Config } from './base/config.ts'
import { asSystem } from './base/request.ts'
import { sampleSignIns } from './modules/identity/index.ts'
import type { System } from './boot.ts'

export async function greet(system: System, config: Config, say: (line: string) => void): Promise<void> {
  say(`\n复工 Fugong  ${config.publicUrl}`)
  if (!config.sampleCity) return
  const staff = await asSystem(system.services, (ctx) => sampleSignIns(ctx))
  say('\n样例城市，人和企业均为虚构 / sample city, people and firms are fictional')
  for (const one of staff) say(`  ${one.username.padEnd(16)} ${one.password || '—'}  ${one.name}  ${one.role}  ${one.unitName.zh}`)
  say(`\n  动态验证码和短信见 / one-time codes and messages: ${config.publicUrl}/outbox`)
  say('  停止 / stop: Ctrl-C\n')
}
