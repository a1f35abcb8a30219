// The few icons of the frame, drawn here so that no icon set travels with every page; and the product's own mark.
import type { ReactNode } from 'react'

function Icon({ children, size = 18 }: { children: ReactNode; size?: number }) {
  return <svg className="fg-icon" width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">{children}</svg>
}
export const ArrowLeft = () => <Icon size={16}><path d="M12.5 4.5 7 10l5.5 5.5" /></Icon>
export const ArrowRight = () => <Icon size={16}><path d="M7.5 4.5 13 10l-5.5 5.5" /></Icon>
export const ChevronDown = () => <Icon size={14}><path d="m5 7.5 5 5 5-5" /></Icon>
export const MenuIcon = () => <Icon><path d="M3 5.5h14M3 10h14M3 14.5h14" /></Icon>
export const CloseIcon = () => <Icon><path d="m5 5 10 10M15 5 5 15" /></Icon>
export const SearchIcon = () => <Icon size={16}><circle cx="9" cy="9" r="5.5" /><path d="m13.2 13.2 3.8 3.8" /></Icon>
export const UserIcon = () => <Icon><circle cx="10" cy="6.8" r="3.3" /><path d="M3.5 17c.7-3.4 3.2-5 6.5-5s5.800 1.600 6.500 5" /></Icon>
export const LanguageIcon = () => <Icon><circle cx="10" cy="10" r="7.2" /><path d="M2.800 10h14.400M10 2.800c2.400 2.300 3.200 4.700 3.200 7.200s-.8 4.900-3.200 7.200c-2.400-2.300-3.200-4.700-3.200-7.200s.8-4.900 3.200-7.200Z" /></Icon>
export const ThemeIcon = () => <Icon><circle cx="10" cy="10" r="7.200" /><path d="M10 2.800v14.400a7.200 7.200 0 0 0 0-14.400Z" fill="currentColor" /></Icon>
export const BuildingIcon = () => <Icon><path d="M3.500 17V4.500h8V17M11.500 8.500h5V17M2.500 17h15M6 8h3M6 11.500h3" /></Icon>
export const CheckIcon = () => <Icon><path d="m4 10.500 4 4 8-9" /></Icon>
export const PrintIcon = () => <Icon><path d="M5.500 7V3h9v4M5.500 14h-2.500V7h14v7h-2.500M5.500 12h9v5h-9Z" /></Icon>
export const ClipboardIcon = () => <Icon><path d="M7 4.500H4.500V17h11V4.500H13M7 3h6v3H7ZM7.500 9.500h5M7.500 12.500h5" /></Icon>
export const InboxIcon = () => <Icon><path d="M3 11 5.500 4h9L17 11v5H3v-5Zm0 0h4l1 2h4l1-2h4" /></Icon>
export const ImportIcon = () => <Icon><path d="M10 3v9m0 0 3.500-3.500M10 12 6.500 8.500M3.500 13.500V17h13v-3.500" /></Icon>
export const LevelsIcon = () => <Icon><path d="M4 16V11M8 16V8M12 16V5M16 16v-3" /></Icon>
export const TableIcon = () => <Icon><path d="M3 4h14v12H3ZM3 8h14M8 8v8" /></Icon>
export const TodoIcon = () => <Icon><path d="m3 5 1.500 1.500L7 4M3 11l1.500 1.500L7 10M3 17l1.500 1.500L7 16M10 5h8M10 11h8M10 17h8" transform="translate(0 -1)" /></Icon>
export const ChartIcon = () => <Icon><path d="M3 17h14M5.500 14V9M10 14V4M14.500 14v-3" /></Icon>
export const BurdenIcon = () => <Icon><path d="M10 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13ZM10 7.500V11l2.500 1.500M8 2h4" /></Icon>
export const FormIcon = () => <Icon><path d="M4 3h12v14H4ZM7 7h1M10 7h3.500M7 10.500h1M10 10.500h3.500M7 14h1M10 14h3.500" /></Icon>
export const AlertIcon = () => <Icon><path d="M10 3 17.500 16h-15L10 3ZM10 8v3.500M10 13.800v.1" /></Icon>
export const CalendarIcon = () => <Icon><path d="M3.500 5h13v11.500h-13ZM3.500 8.500h13M7 3v3.500M13 3v3.500" /></Icon>
export const BatchesIcon = () => <Icon><path d="M3 4h4v12H3ZM8.5 7h3.5v9H8.500ZM13.500 10H17v6h-3.500Z" /></Icon>
export const ComplexIcon = () => <Icon><path d="M2.500 8 4 3.500h12L17.500 8M2.500 8c0 2 3.700 2 3.700 0 0 2 3.800 2 3.800 0 0 2 3.800 2 3.800 0 0 2 3.700 2 3.700 0M4 10.500V17h12v-6.500" /></Icon>
export const MapIcon = () => <Icon><path d="M3 5.500 8 3.500l4 2 5-2v11l-5 2-4-2-5 2v-11ZM8 3.500v11M12 5.500v11" /></Icon>
export const UnitsIcon = () => <Icon><path d="M7.500 3h5v4h-5ZM2.500 13h5v4h-5ZM12.500 13h5v4h-5ZM10 7v3M5 13v-3h10v3" /></Icon>
export const PeopleIcon = () => <Icon><circle cx="7.500" cy="7" r="2.800" /><path d="M2 16c.5-3 2.500-4.500 5.500-4.500S12.500 13 13 16M13 4.500a2.600 2.600 0 0 1 0 5.100M14.500 11.800c2 .5 3.200 2 3.500 4.200" /></Icon>
export const ExportIcon = () => <Icon><path d="M10 12.500V3M6.500 6 10 2.800 13.500 6M4 10.500V17h12v-6.500" /></Icon>
export const KeyIcon = () => <Icon><circle cx="6.500" cy="13.500" r="3.500" /><path d="m9 11 7.500-7.500M13 7l2.500 2.500" /></Icon>
export const SystemIcon = () => <Icon><path d="M2.500 10.500h3.500l2-5 4 9 2-4h3.500" /></Icon>
export const DrawIcon = () => <Icon><path d="M3.500 3.500h13v13h-13ZM7 7h.1M13 13h.1M13 7h.1M7 13h.1M10 10h.1" /></Icon>
export const HealthIcon = () => <Icon><path d="M3 10.500h3l2-5 3.500 9 2-4H17" /></Icon>
export const StopIcon = () => <Icon><path d="M7 2.800h6l4.200 4.200v6L13 17.200H7L2.800 13V7ZM7.500 10h5" /></Icon>
export const BadgeIcon = () => <Icon><path d="M3.500 3.500h13v9h-13ZM6.500 7h7M10 12.500V17l-2-1.200M10 17l2-1.200" /></Icon>
export const ColumnsIcon = () => <Icon size={16}><path d="M3 4h14v12H3ZM8 4v12M12.500 4v12" /></Icon>
export const BookmarkIcon = () => <Icon size={16}><path d="M5.500 3h9v14L10 13.500 5.500 17Z" /></Icon>
export const KeyboardIcon = () => <Icon size={16}><path d="M2.500 5.500h15v9h-15ZM5.500 8.500h.1M8.500 8.500h.1M11.500 8.500h.1M14.500 8.500h.1M6.500 11.500h7" /></Icon>
export const FilterIcon = () => <Icon size={16}><path d="M3 5h14M5.500 10h9M8 15h4" /></Icon>
export const BellIcon = () => <Icon><path d="M5.500 14V9.500a4.500 4.500 0 0 1 9 0V14l1.500 1.500h-12ZM8.500 17.500h3" /></Icon>
export const MailIcon = () => <Icon><path d="M3 5h14v10.500H3ZM3 5.500l7 5.500 7-5.500" /></Icon>

/** A gate whose two leaves stand open: the way to work is free again. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg className="fg-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path d="M3 5h26v4H3z" fill="currentColor" /><path d="M5 11h3v17H5zM24 11h3v17h-3z" fill="currentColor" />
      <path d="M9.500 11 14 14v11l-4.500 3zM22.500 11 18 14v11l4.500 3z" fill="currentColor" opacity=".62" />
    </svg>
  )
}
