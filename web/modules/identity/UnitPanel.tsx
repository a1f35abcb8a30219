// One unit beside the list: what it is, who serves in it, and its two deeds.
import { dissolveUnit, listUnits, type Unit } from '@fugong/contract/identity'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { RenameUnitDialog } from './UnitDialogs.tsx'

export function UnitPanel({ unit, units, onClose }: { unit: Unit | undefined; units: Unit[]; onClose: () => void }) {
  const t = useText('identity')
  return <Panel open={unit !== undefined} title={pick(unit?.name)} sub={unit ? t(`units.kinds.${unit.kind}`) : ''} onClose={onClose}>{unit ? <UnitFacts unit={unit} units={units} /> : null}</Panel>
}

function UnitFacts({ unit, units }: { unit: Unit; units: Unit[] }) {
  const t = useText('identity')
  const { may } = useSession()
  const { pathOf } = useAreas()
  const [asking, setAsking] = useState<'rename' | 'dissolve' | undefined>()
  const dissolve = useDeed(dissolveUnit, { invalidates: [listUnits], onDone: () => setAsking(undefined) })
  const name = pick(unit.name)
  const close = () => { setAsking(undefined); dissolve.reset() }
  const parent = units.find((other) => other.id === unit.parentId)
  return (
    <>
      <Facts items={[
        { label: t('units.state'), value: unit.dissolvedAt ? <StatusTag tone="neutral">{t('units.dissolved')}</StatusTag> : <StatusTag tone="good">{t('units.inForce')}</StatusTag>, source: unit.sample ? t('units.sample') : undefined },
        unit.dissolvedAt ? { label: t('units.dissolvedAt'), value: instant(unit.dissolvedAt) } : null,
        { label: t('units.code'), value: <span className="fg-mono">{unit.code}</span> },
        { label: t('units.area'), value: pathOf(unit.areaCode) },
        unit.department ? { label: t('units.department'), value: t(`units.departments.${unit.department}`) } : null,
        parent ? { label: t('units.parent'), value: pick(parent.name) } : null,
        { label: t('units.nameZh'), value: unit.name.zh, wide: true }, { label: t('units.nameEn'), value: unit.name.en, wide: true },
      ]} />
      {may('person.read') ? <p><Link to={`/console/people?unit=${unit.id}`}>{t('units.seePeople', { count: unit.people })}</Link></p> : null}
      {may('unit.change') && unit.dissolvedAt === null ? <div className="fg-row id-deeds"><Button onClick={() => setAsking('rename')}>{t('units.rename')}</Button><Button danger onClick={() => setAsking('dissolve')}>{t('units.dissolve')}</Button></div> : null}
      <RenameUnitDialog open={asking === 'rename'} unit={unit} onClose={close} />
      <ReasonDialog open={asking === 'dissolve'} title={t('units.dissolveOf', { name })} text={t('units.dissolveText')} deed={t('units.dissolve')} danger running={dissolve.running} problem={dissolve.problem} onCancel={close} onDo={(reason) => void dissolve.run({ params: { id: unit.id }, body: { reason } })} />
    </>
  )
}
