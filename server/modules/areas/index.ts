// The face of areas: what other rooms may ask about administrative areas.
export { expandArea, loadAreas, seedCommunities } from './actions.ts'
export { ancestorsOf, areaNames, findArea, getArea, type AreaRow } from './store.ts'
