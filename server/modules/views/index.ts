// The face of views: nothing that other rooms need to ask.
export { verbs } from './policy.ts'
