// What receipts are hashed from: the commitment to key and answers, and the leaf that stands in the tree of a batch.
import { sha256 } from '../../base/crypto.ts'

/** Binds a receipt to the key and the answers it was given for; without the key the answers cannot be guessed from it. */
export const commitmentOf = (key: string, answers: string): Buffer => sha256(`${key}\n${answers}`)
export interface Leaf { day: string; slot: number; employmentId: string; commitment: Buffer; /** Milliseconds since 1970. */ acceptedAt: number }
export const leafOf = ({ day, slot, employmentId, commitment, acceptedAt }: Leaf): Buffer => sha256(`\0${day} ${slot} ${employmentId} ${commitment.toString('hex')} ${acceptedAt}`)
/** 32-byte hashes that lie one after another. */
export const cutHashes = (bytes: Buffer): Buffer[] => Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32))
