// A draw worked through by hand and by two programs: every implementation of the procedure must come to the same.
export const workedDraw = {
  id: '01890000-0000-7000-8000-000000000001',
  procedure: 'fugong-draw-1',
  commitment: '81a54c2900dee4bf020280065cfacb1a92cf4c42aac037cb14aa380e72544a3b',
  seed: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
  blockHash: 'abababababababababababababababababababababababababababababababab',
  listHash: '3b5f30a02ec60be4f422b6a699448349af99ef415679a36d113fda63557613b4',
  list: [
    { id: 'GY-A0000-00000-1', stratum: 'low/park/general/effective' },
    { id: 'GY-B0000-00000-1', stratum: 'low/park/general/effective' },
    { id: 'GY-C0000-00000-1', stratum: 'low/park/general/effective' },
    { id: 'GY-D0000-00000-1', stratum: 'low/site/general/effective' },
  ],
  strata: [
    { stratum: 'low/park/general/effective', count: 3, percent: 40, take: 2, inspectors: 1 },
    { stratum: 'low/site/general/effective', count: 1, percent: 20, take: 1, inspectors: 2 },
  ],
  drawn: [
    { id: 'GY-A0000-00000-1', rank: '846183de86bcb3c633affaff99e6a2ab23f6a84dba77780533a775fbc9944f24', inspectors: ['cc'], pool: ['aa', 'bb', 'cc'] },
    { id: 'GY-C0000-00000-1', rank: '6673f48321db401daa11bd83e09c8918499d4e95c8650c6820366974aaccaa49', inspectors: ['bb'], pool: ['aa', 'bb', 'cc'] },
    { id: 'GY-D0000-00000-1', rank: '90096daa5f33ea42e5939f6986560270cd3d18cacd0efab0af5ea91a309c5d9a', inspectors: ['aa', 'cc'], pool: ['aa', 'bb', 'cc'] },
  ],
}
