// The face of areas: what other rooms may ask about administrative areas.
export { loadAreas, expandArea } from './actions.ts'
export { ancestorsOf, findArea, getArea, type AreaRow } from './store.ts'
