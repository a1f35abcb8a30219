// Scratch: speed at scale.
import { it } from 'vitest'
import { listEnterprises, getEnterprise, registerEnterprise } from '@fugong/contract/enterprises'
import { connect } from '../../base/migrate.ts'
import { openCity } from '../../test/harness.ts'
it('scale', async () => {
  const city = await openCity({ now: '2020-02-24T02:00:00Z' })
  const su = await connect(city.database.superuser)
  await su.query(`insert into enterprises.enterprises (id, credit_code, name, search_name, industry_code, class, department, code_state, registered_by, registered_at, district_code, street_code)
    select gen_random_uuid(), 'X' || lpad(i::text, 17, '0'), '贵阳市第' || i || '号' || chr(20000 + i % 3000) || chr(21000 + i % 2900) || '有限公司', '贵阳市第' || i || '号' || chr(20000 + i % 3000) || chr(21000 + i % 2900) || '有限公司', '6513', 'general', 'bigdata', 'valid', gen_random_uuid(), '2020-01-01'::timestamptz + i * interval '1 second', s.parent, s.code
    from generate_series(1, 20000) i join (select code, parent, row_number() over (order by code) - 1 as n, count(*) over () as c from areas.areas where kind = 'street') s on s.n = i % s.c`)
  await su.query(`insert into enterprises.workplaces (id, enterprise_id, name, scene, address, added_at, district_code, street_code, zone_code, department) select gen_random_uuid(), id, 'x', 'office', 'x', registered_at, district_code, street_code, zone_code, department from enterprises.enterprises where credit_code like 'X%'`)
  await su.query(`insert into enterprises.grams (gram, workplace_id, enterprise_id, district_code, street_code, zone_code, department) select distinct substr(e.search_name, p, 2), w.id, e.id, w.district_code, w.street_code, w.zone_code, w.department from enterprises.enterprises e join enterprises.workplaces w on w.enterprise_id = e.id cross join generate_series(1, 20) p where e.credit_code like 'X%' and p < length(e.search_name)`)
  await su.query('analyze')
  const id = (await su.query(`select id from enterprises.enterprises where credit_code = 'X00000000000010000'`)).rows[0].id as string
  const names = (await su.query(`select name from enterprises.enterprises where credit_code = 'X00000000000010020'`)).rows[0].name as string
  for (const user of ['gaohongtao', 'tianyuqing', 'hanxueyan', 'douyunfei', 'suyiran', 'leixiaofeng', '13900000101']) {
    const who = /^1/.test(user) ? await city.contact(user) : await city.as(user)
    for (const query of [{}, { district: '520103' }, { q: '有限公司' }, { q: names.slice(4) }, { q: names.slice(-6, -4) }, { q: 'X0000000000001' }, { codeState: 'pending' as const }]) {
      const t = performance.now()
      await who.call(listEnterprises, { query }).catch((e: unknown) => { console.log(city.log.filter((l) => l.includes("failure")).at(-1)); throw e })
      const t2 = performance.now()
      const page = await who.call(listEnterprises, { query }).catch((e: unknown) => { console.log(city.log.filter((l) => l.includes("failure")).at(-1)); throw e })
      console.log(user, JSON.stringify(query), Math.round(t2 - t), Math.round(performance.now() - t2), page.total)
    }
    const t3 = performance.now()
    await who.call(getEnterprise, { params: { id } }).catch(() => {})
    console.log(user, 'get', Math.round(performance.now() - t3))
  }
  await su.end()
  await city.close()
}, 400_000)
