// Tables that are being changed now: whose draft, last saved when, and the way into it.
import type { listDrafts } from '@fugong/contract/rules.editing'
import type { Returns } from '@fugong/contract/base'
import { Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { Section } from '../../ui/Page.tsx'
import type { Version } from './words.ts'

export function DraftList({ drafts, versions }: { drafts: Returns<typeof listDrafts>['items']; versions: readonly Version[] }) {
  const t = useText('rules')
  const { nameOf } = useAreas()
  return (
    <Section title={t('drafts.title')}>
      <ul className="ru-drafts">
        {drafts.map((draft) => {
          const version = versions.find((one) => one.code === draft.code && one.emergencyKind === draft.emergencyKind && one.version === draft.basedOn)
          return (
            <li key={draft.id}>
              <Link to={`/console/tables/drafts/${draft.id}`}>{version ? pick(version.name) : draft.code}</Link>
              <span className="fg-quiet">{t('drafts.line', { area: nameOf(draft.areaCode), version: draft.basedOn, who: draft.mine ? t('drafts.you') : draft.owner, at: instant(draft.savedAt) })}</span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
