// An address as one reads it: district and street before what was written, unless they stand in it already.
export function wholeAddress(path: string, district: string, address: string | null): string {
  if (!address) return path
  return address.includes(district) ? address : `${path} ${address}`
}
