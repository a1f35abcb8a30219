// Columns in the order their reader chose.
import { expect, test } from 'vitest'
import { chosenColumns } from './list.ts'

const all = [{ key: 'name', main: true }, { key: 'size' }, { key: 'class' }]
test.each<[string[], string[]]>([
  [['name', 'size'], ['name', 'size']],
  [['class', 'name'], ['class', 'name']],
  // A view from before a column was taken away, and one without the column that leads to the row.
  [['gone', 'size'], ['name', 'size']],
  [[], ['name']],
])('%j shows %j', (keys, shown) => expect(chosenColumns(all, keys).map(({ key }) => key)).toEqual(shown))
