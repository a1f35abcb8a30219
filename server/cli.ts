// Commands of an administrator at the machine: migrate, seed, first administrator, audit check, signing keys, certificate check, API description.
import { settings } from './settings.ts'
import { createLog } from './base/log.ts'
import type { Ctx } from './base/context.ts'
import { asSystem } from './base/request.ts'
import { verifyAudit } from './base/audit.ts'
import { createSystem, loadData, migrateSchema, type System } from './boot.ts'
import { connectDatabase } from './connect.ts'
import { listKeys, revokeKey, rotate } from './modules/certificates/index.ts'
import { createFirstAdministrator, recoverAtMachine } from './modules/identity/index.ts'
import { beginRotation, continueRotation, showKeys } from './modules/people/index.ts'
import { describeApi } from './openapi.ts'

const [command, ...rest] = process.argv.slice(2)
const config = settings()

type Command = (system: System) => Promise<number>
const commands: Record<string, Command> = {
  'db:migrate': async () => 0,
  seed: async (system) => {
    await loadData(system, config)
    console.log(config.sampleCity ? '基础数据和样例已就绪 / reference data and sample are in place' : '基础数据已就绪 / reference data is in place')
    return 0
  },
  'admin:create': async (system) => {
    if (rest[0] === '--recover' && rest[1]) {
      const { link } = await asSystem(system.services, (ctx) => recoverAtMachine(ctx, { username: rest[1]!, publicUrl: config.publicUrl }))
      console.log(`一次性链接，72 小时内有效 / one-time link, valid for 72 hours:\n${link}`)
      return 0
    }
    const [username, name] = rest
    if (!username || !name) {
      console.error('用法 / usage: npm run admin:create -- <username> <姓名>')
      return 2
    }
    await loadData(system, config)
    const { link } = await asSystem(system.services, (ctx) => createFirstAdministrator(ctx, { username, name, city: config.CITY, publicUrl: config.publicUrl }))
    console.log(`一次性链接，72 小时内有效 / one-time link, valid for 72 hours:\n${link}`)
    return 0
  },
  'audit:verify': async (system) => {
    const report = await asSystem(system.services, (ctx) => verifyAudit(ctx, system.headsFile))
    console.log(`区块 blocks ${report.blocks} · 事件 events ${report.events} · 未封存 unsealed ${report.unsealed} · 异常 faults ${report.faults.length}`)
    for (const fault of report.faults) console.error(`  ${fault}`)
    return report.faults.length ? 1 : 0
  },
  // The keys that certificates are signed with: list, rotate <reason>, revoke <key> <reason>.
  'certificates:keys': async (system) => {
    const [deed, first, second] = rest
    if (deed === 'rotate' && first) await asSystem(system.services, (ctx) => rotate(ctx, { params: {}, query: {}, body: { reason: first } }))
    else if (deed === 'revoke' && first && second) await asSystem(system.services, (ctx) => revokeKey(ctx, { params: { id: first }, query: {}, body: { reason: second } }))
    else if (deed !== undefined && deed !== 'list') {
      console.error('用法 / usage: npm run certificates:keys -- list | rotate <原因> | revoke <密钥> <原因>')
      return 2
    }
    // The form that certificates:check reads, so that it can be kept for checks without a network.
    console.log(JSON.stringify(await asSystem(system.services, listKeys), null, 2))
    return 0
  },
  // The same as the administrator's deed; goes on with one that has begun, and helps a running worker along.
  'keys:rotate': async (system) => {
    const step = <T>(work: (ctx: Ctx) => Promise<T>) => asSystem(system.services, work)
    let { rotation } = await step(showKeys)
    if (!rotation || rotation.finishedAt !== null) ({ rotation } = await step(beginRotation))
    while (rotation && rotation.finishedAt === null) {
      const { id } = rotation
      await step((ctx) => continueRotation(ctx, id))
      ;({ rotation } = await step(showKeys))
      console.log(`重新加密 encrypted anew ${rotation!.done} / ${rotation!.total}`)
      // All is done but the last wait, until nobody can be sealing under an old key any more.
      if (rotation && rotation.finishedAt === null && rotation.done >= rotation.total) await new Promise((resolve) => setTimeout(resolve, 5000))
    }
    console.log('密钥已更换，旧密钥已销毁 / keys are replaced, the old ones destroyed')
    return 0
  },
  openapi: async (system) => {
    console.log(JSON.stringify(describeApi(system.house.routes, config.publicUrl), null, 2))
    return 0
  },
}

const run = command ? commands[command] : undefined
if (!run) {
  console.error(`命令 / commands: ${Object.keys(commands).join(', ')}`)
  process.exit(2)
}
const connected = await connectDatabase(config, (line) => console.error(line))
let code = 1
try {
  await migrateSchema(connected.owner)
  const system = createSystem({ config, app: connected.app, log: createLog('error') })
  try {
    code = await run(system)
  } finally {
    await system.close()
  }
} catch (error) {
  console.error((error as Error).message)
} finally {
  await connected.stop()
}
process.exit(code)
