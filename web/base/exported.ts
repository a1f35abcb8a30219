// What a list tells the dialog by which it is exported.
export type ExportFilter = Readonly<Record<string, string | number | boolean | undefined>>
export interface ExportButtonProps {
  /** Code of the source, as the server names it. */
  source: string
  /** The filter of the list as it is shown; what is not set is left out. */
  filter: ExportFilter
  /** How many rows the list counts, for the words of the dialog. */
  total?: number | undefined
  totalIsMore?: boolean
}
