/**
 * Stands in for `hpke-js` in the build: the names that the DAP client uses, and the one suite of DAP's that every
 * aggregator we know offers. A server that offers only others is refused, as the library does with unknown ones.
 */
import {
  Aes128Gcm,
  AeadId as AllAead,
  KdfId as AllKdf,
  KemId as AllKem,
  CipherSuite as CoreSuite,
  DhkemX25519HkdfSha256,
  HkdfSha256,
} from '@hpke/core';

export const KemId = { DhkemX25519HkdfSha256: AllKem.DhkemX25519HkdfSha256 };
export const KdfId = { HkdfSha256: AllKdf.HkdfSha256 };
export const AeadId = { Aes128Gcm: AllAead.Aes128Gcm };

/** Its argument names the suite, which `KemId`, `KdfId` and `AeadId` have let through already. */
export class CipherSuite extends CoreSuite {
  constructor() {
    super({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
  }
}
