// Where the wizard stands: officials import in the console, contacts of firms in the portal.
import { useLocation } from 'react-router'

export function useRoot(): string {
  return useLocation().pathname.startsWith('/portal') ? '/portal/imports' : '/console/imports'
}
