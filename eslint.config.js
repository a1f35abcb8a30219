// What the linter watches over; everything about layout, imports and names is the matter of tools/check-house.ts.
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Mistakes that types do not catch, the same in all workspaces. */
const everywhere = {
  'array-callback-return': 'error',
  'eqeqeq': ['error', 'always', { null: 'ignore' }],
  'no-alert': 'error',
  'no-cond-assign': 'error',
  'no-constant-binary-expression': 'error',
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-debugger': 'error',
  'no-dupe-else-if': 'error',
  'no-duplicate-case': 'error',
  'no-empty': 'error',
  'no-eval': 'error',
  'no-fallthrough': 'error',
  'no-implied-eval': 'error',
  'no-irregular-whitespace': 'error',
  'no-new-func': 'error',
  'no-self-assign': 'error',
  'no-self-compare': 'error',
  'no-sparse-arrays': 'error',
  'no-template-curly-in-string': 'error',
  'no-unreachable': 'error',
  'no-unreachable-loop': 'error',
  'no-unsafe-finally': 'error',
  'no-useless-catch': 'error',
  'no-useless-escape': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'require-yield': 'error',
  'use-isnan': 'error',
}

const typescript = {
  // `any` needs a reason: `// eslint-disable-next-line @typescript-eslint/no-explicit-any -- why`.
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true }],
  '@typescript-eslint/no-unused-expressions': ['error', { allowTernary: true, allowShortCircuit: true }],
  '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
}

/** A promise that nobody waits for is a write outside its transaction; only types can see it. */
const promises = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
}

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/', '**/.fugong/', '**/coverage/', 'tools/house/fixtures/', 'web/public/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.{ts,tsx,mjs,js}'], extends: [tseslint.configs.recommended], rules: { ...everywhere, ...typescript } },
  // Must be read by a Node that is too old, to be able to say so.
  { files: ['tools/start.mjs'], rules: { 'no-var': 'off' } },
  {
    files: ['server/**/*.ts', 'tools/**/*.ts'],
    languageOptions: { parserOptions: { project: ['./server/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: promises,
  },
  {
    files: ['server/**/*.ts'],
    // Logs are structured and carry no personal values: ctx.log. What the operator reads on the terminal is said by these files alone.
    ignores: ['server/*.ts', 'server/test/**', '**/*.test.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['contract/**/*.ts', 'web/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', 'web/test/**'],
    rules: { 'no-console': ['error', { allow: ['error'] }] },
  },
)
