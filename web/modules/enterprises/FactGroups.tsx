// What is known of a firm, in groups that are read and changed together; each with a way to change it where that is allowed.
import type { Enterprise, Figure } from '@fugong/contract/enterprises'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { day, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { Facts, type Fact } from '../../ui/Facts.tsx'
import { Section } from '../../ui/Page.tsx'
import { useIndustryPath } from './IndustryPicker.tsx'
import type { FactGroup } from './facts.ts'
import { factGroups } from './facts.ts'

/** `change` leads to the form of a group; without it the groups are for reading. */
export function FactGroups({ firm, change }: { firm: Enterprise; change?: ((group: FactGroup) => string) | undefined }) {
  const t = useText('enterprises')
  const lines = useFactLines(firm)
  return (
    <>
      {factGroups.map((group) => (
        <Section key={group} title={t(`group.${group}`)} extra={change ? <Link className="fg-touch" to={change(group)} aria-label={t('check.changeNamed', { what: t(`group.${group}`) })}>{t('check.change')}</Link> : undefined}>
          <Facts items={lines[group]} />
        </Section>
      ))}
    </>
  )
}
export function useFactLines(firm: Enterprise): Record<FactGroup, Fact[]> {
  const t = useText('enterprises')
  const { nameOf, pathOf } = useAreas()
  const industryPath = useIndustryPath()
  const line = (name: string, value: ReactNode, wide = false): Fact => ({ label: t(`fact.${name}`), value: value === null || value === '' ? '–' : value, wide })
  const figure = (name: Figure, unit: string): Fact => ({ label: t(`fact.${name}`), value: firm[name] === null ? number(null) : <span className="fg-num">{number(firm[name])} {t(unit)}</span>, source: firm[`${name}Year`] ? t('fact.yearOf', { year: firm[`${name}Year`] ?? '' }) : undefined })
  const yes = (value: boolean | null) => (value === null ? number(null) : t(value ? 'air.yes' : 'air.no'))
  return {
    identity: [
      line('name', firm.name), line('creditCode', <span className="fg-mono">{firm.creditCode}</span>), line('kind', t(`kind.${firm.kind}`)), line('class', t(`class.${firm.class}`)),
      line('industryCode', industryPath(firm.industryCode) || pick(firm.industry), true), line('foundedOn', day(firm.foundedOn)), line('formerNames', firm.formerNames.join(t('q.comma'))),
    ],
    legal: [line('legalName', firm.legalName), line('legalPhone', firm.legalPhone), line('registeredDistrictCode', firm.registeredDistrictCode && nameOf(firm.registeredDistrictCode)), line('registeredAddress', firm.registeredAddress)],
    place: [line('operatingArea', `${pathOf(firm.streetCode)}${firm.zoneCode ? ` · ${nameOf(firm.zoneCode)}` : ''}`), line('address', firm.address), line('building', firm.building), line('park', firm.park)],
    figures: [figure('staff', 'unit.people'), figure('insured', 'unit.people'), figure('revenue', 'unit.money'), figure('assets', 'unit.money')],
    safety: [line('hazardous', firm.hazardous === null ? number(null) : firm.hazardous || t('fact.hazardousNone'), true), line('centralAir', yes(firm.centralAir))],
  }
}
