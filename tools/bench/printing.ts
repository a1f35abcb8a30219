// P40: printing certificates: a first one, one by a warm thread, and a batch of thousands by its job, with the memory it takes.
import { beginPrintBatch, getPrintBatch, printCertificate, takePrint, takePrintBatch } from '@fugong/contract/certificates.print'
import { listCertificates } from '@fugong/contract/certificates'
import { newId } from '../../server/base/ids.ts'
import { issueCertificate } from '../../server/modules/certificates/index.ts'
import { openCity } from '../../server/test/harness.ts'
import { openCluster } from '../proof/cluster.ts'
import { listEmergencies } from '@fugong/contract/emergencies'
import type { Figure } from './figure.ts'

const CERTIFICATES = Number(process.env['BENCH_CERTIFICATES'] ?? 2000)

export async function measurePrinting(figure: Figure): Promise<void> {
  const cluster = await openCluster()
  const city = await openCity({ now: '2020-02-24T02:00:00Z', database: { owner: cluster.owner, app: cluster.app, superuser: cluster.superuser, drop: async () => {} }, environment: { LOG_LEVEL: 'silent' } })
  try {
    const reviewer = await city.as('tianyuqing')
    const emergencyId = (await reviewer.call(listEmergencies)).items[0]!.id
    const unit = { id: newId(), name: { zh: '云岩区复工复产工作专班', en: 'Yunyan District Task Force for Work Resumption' } }
    for (let from = 0; from < CERTIFICATES; from += 200) await city.system(async (ctx) => {
      for (let i = from; i < Math.min(from + 200, CERTIFICATES); i++) await issueCertificate(ctx, { declarationId: newId(), enterprise: { id: newId(), name: `样例${i}䶮电子科技有限责任公司` }, workplace: { name: '一车间', address: `贵阳市云岩区普陀路街道样例路 ${i} 号`, districtCode: '520103', streetCode: '520103022', zoneCode: null }, departmentKey: null, plannedDate: '2020-02-26', emergencyId, level: 'low', procedure: 'effective', unit, sample: true })
    })
    const { id } = (await reviewer.call(listCertificates, { query: { limit: 1 } })).items[0]!
    const one = async () => {
      const from = performance.now()
      const print = await reviewer.call(printCertificate, { params: { id }, body: { layout: 'certificate' } })
      await reviewer.call(takePrint, { params: { id: print.id } })
      return performance.now() - from
    }
    figure('P40', (await one()).toFixed(0), 'ms', 'the first certificate: fonts are read')
    const warm: number[] = []
    for (let i = 0; i < 20; i++) warm.push(await one())
    figure('P40', warm.sort((a, b) => a - b)[10]!.toFixed(0), 'ms p50', 'a certificate by the warm thread, print on record and PDF taken')
    let most = 0
    const watch = setInterval(() => { most = Math.max(most, process.memoryUsage.rss()) }, 50)
    const before = process.memoryUsage.rss()
    const from = performance.now()
    const batch = await reviewer.call(beginPrintBatch, { body: { layout: 'posterA4', filter: {} } })
    await city.work()
    const seconds = (performance.now() - from) / 1000
    clearInterval(watch)
    const done = await reviewer.call(getPrintBatch, { params: { id: batch.id } })
    if (done.state !== 'ready' || done.done !== CERTIFICATES) throw new Error(`The batch ended as ${done.state} with ${done.done}`)
    const file = (await reviewer.call(takePrintBatch, { params: { id: batch.id } })) as unknown as Buffer
    const kind = file.subarray(0, 2).toString() === 'PK' ? `a ZIP of ${Math.ceil(CERTIFICATES / 500)} PDFs` : 'one PDF'
    figure('P40', (CERTIFICATES / seconds).toFixed(0), 'certificates/s', `a batch of ${CERTIFICATES} posters, ${kind}, ${(file.length / 1e6).toFixed(1)} MB; memory ${(before / 1e6).toFixed(0)} MB before, ${(most / 1e6).toFixed(0)} MB at most`)
  } finally {
    await city.close()
    await cluster.stop()
  }
}
