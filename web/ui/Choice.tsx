// A choice from a list: antd's Select whose list also has a name, which assistive technology asks for and antd leaves out.
import { Select, type SelectProps } from 'antd'
import { useId } from 'react'

export function Choice<V extends string | number>(props: SelectProps<V>) {
  const own = useId().replace(/[^A-Za-z0-9]/g, '')
  const id = props.id ?? own
  const onOpenChange = (open: boolean) => {
    props.onOpenChange?.(open)
    // The list is made when it is first opened; its name is that of the control.
    if (open) requestAnimationFrame(() => requestAnimationFrame(() => nameList(id, props['aria-label'])))
  }
  return <Select<V> {...props} id={id} onOpenChange={onOpenChange} />
}
function nameList(id: string, given: string | undefined): void {
  const words = given ?? document.querySelector<HTMLElement>(`label[for="${id}"]`)?.textContent
  if (words) for (const list of document.querySelectorAll(`[id="${id}_list"]`)) list.setAttribute('aria-label', words)
}
