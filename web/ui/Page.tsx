// The frame of one page: where one came from, what it is called, what can be done here.
import { useEffect, useRef, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useTitle } from '../base/i18n.ts'
import { useReturn } from '../base/returning.ts'
import { ArrowLeft } from './icons.tsx'

export interface PageProps {
  /** Also the title of the browser's tab. */
  title: string
  back?: { to: string; text: string }
  /** One line under the title: state, number, what the page is for. */
  sub?: ReactNode
  /** Tags beside the title. */
  tags?: ReactNode
  actions?: ReactNode
  /** `reading` keeps lines short enough to read; `full` uses the whole width. */
  width?: 'reading' | 'wide' | 'full'
  children: ReactNode
}
export function Page({ title, back, sub, tags, actions, width = 'wide', children }: PageProps) {
  useTitle(title)
  const goBack = useReturn()
  const head = useRef<HTMLHeadingElement>(null)
  // After a change of page, reading goes on at its title; the first page keeps the browser's own focus.
  useEffect(() => {
    if (document.activeElement === document.body && history.length > 1) head.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={`fg-page fg-page-${width}`}>
      {back ? <Link className="fg-back" to={back.to} onClick={(event) => { if (!event.metaKey && !event.ctrlKey && !event.shiftKey && goBack(back.to)) event.preventDefault() }}><ArrowLeft />{back.text}</Link> : null}
      <header className="fg-page-head">
        <div className="fg-page-title">
          <h1 ref={head} tabIndex={-1}>{title}</h1>
          {tags ? <div className="fg-page-tags">{tags}</div> : null}
          {sub ? <div className="fg-page-sub">{sub}</div> : null}
        </div>
        {actions ? <div className="fg-page-actions">{actions}</div> : null}
      </header>
      {children}
    </div>
  )
}

/** A part of a page with a heading of its own. */
export function Section({ title, extra, children, plain }: { title?: ReactNode; extra?: ReactNode; children: ReactNode; plain?: boolean }) {
  return (
    <section className={plain ? 'fg-section fg-section-plain' : 'fg-section'}>
      {title ? <div className="fg-section-head"><h2>{title}</h2>{extra}</div> : null}
      {children}
    </section>
  )
}
