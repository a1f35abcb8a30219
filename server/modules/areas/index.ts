// The face of areas: what other rooms may ask about administrative areas.
export { expandArea, loadAreas, seedCommunities } from './actions.ts'
export { ancestorsOf, citywideAreas, findArea, getArea, type AreaRow } from './store.ts'
