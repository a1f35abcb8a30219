// The size of a firm with its reason: the decision as a sentence with the table it came from, or what is still missing.
import type { Enterprise } from '@fugong/contract/enterprises'
import { Link } from 'react-router'
import { day } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useSession } from '../../base/session.tsx'
import { TableLink } from '../../base/table-link.tsx'
import { Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'

/** `change` leads the firm's own people to the entries that are missing. */
export function SizeNote({ firm, change }: { firm: Enterprise; change?: string | undefined }) {
  const t = useText('enterprises')
  const { may } = useSession()
  const { grade, missing, sentence, table, version, at } = firm.size
  return (
    <Section title={t('size.title')} extra={<strong className="fg-size">{t(`size.${grade}`)}</strong>}>
      {grade === 'undetermined' ? (
        <Note tone="warn" title={t('size.undeterminedTitle')}>
          <p>{missing.length ? t('size.missing', { what: missing.map((name) => t(`size.needs.${name}`)).join(t('size.and')) }) : t('size.noTable')}</p>
          {change && missing.length ? <p><Link className="fg-touch" to={missing.includes('industryCode') ? change.replace('figures', 'identity') : change}>{t('size.fill')}</Link></p> : null}
        </Note>
      ) : (
        <>
          {sentence ? <p>{pick(sentence)}</p> : null}
          <p className="fg-quiet">{t('size.at', { day: day(at) })}{table && version && may('table.read') ? <> · <TableLink of={{ table, version }}>{t('size.table')}</TableLink></> : null}</p>
        </>
      )}
    </Section>
  )
}
