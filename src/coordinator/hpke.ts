import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { opaque16 } from './bytes.ts';
import type { Ciphertext } from './dap-report.ts';

/** RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM; the suite that DAP asks for at least. */
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
});
const KEM_ID = 0x0020;
const KDF_ID = 0x0001;
const AEAD_ID = 0x0001;

/** A key pair as it stands in a role's file: base64url. */
export interface SealKeys {
  /** 0 to 255; names the key in messages. */
  readonly configId: number;
  readonly publicKey: string;
  readonly privateKey: string;
}

const fromText = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64url'));

export async function generateSealKeys(configId: number): Promise<SealKeys> {
  const { publicKey, privateKey } = await suite.kem.generateKeyPair();
  const toText = async (key: CryptoKey) =>
    Buffer.from(await suite.kem.serializePublicKey(key)).toString('base64url');
  return {
    configId,
    publicKey: await toText(publicKey),
    privateKey: Buffer.from(await suite.kem.serializePrivateKey(privateKey)).toString('base64url'),
  };
}

/** DAP-09, section 4.4.1: the list of one configuration that clients seal their shares with. */
export function encodeConfigList({ configId, publicKey }: Pick<SealKeys, 'configId' | 'publicKey'>): Buffer {
  const head = Buffer.alloc(7);
  head.writeUInt8(configId, 0);
  head.writeUInt16BE(KEM_ID, 1);
  head.writeUInt16BE(KDF_ID, 3);
  head.writeUInt16BE(AEAD_ID, 5);
  return opaque16(Buffer.concat([head, opaque16(fromText(publicKey))]));
}

export interface Opener {
  readonly configId: number;
  /** @throws Error of the library on a wrong key, changed bytes or another context */
  open(ciphertext: Ciphertext, info: Uint8Array, aad: Uint8Array): Promise<Buffer>;
}

export async function createOpener({ configId, privateKey }: Omit<SealKeys, 'publicKey'>): Promise<Opener> {
  const recipientKey = await suite.kem.importKey('raw', fromText(privateKey).buffer, false);
  return {
    configId,
    async open({ encapsulated, payload }, info, aad) {
      const context = await suite.createRecipientContext({
        recipientKey,
        enc: copy(encapsulated),
        info: copy(info),
      });
      return Buffer.from(await context.open(copy(payload), copy(aad)));
    },
  };
}

export async function seal(
  to: Pick<SealKeys, 'configId' | 'publicKey'>,
  info: Uint8Array,
  plain: Uint8Array,
  aad: Uint8Array,
): Promise<Ciphertext> {
  const recipientPublicKey = await suite.kem.importKey('raw', fromText(to.publicKey).buffer, true);
  const context = await suite.createSenderContext({ recipientPublicKey, info: copy(info) });
  const payload = Buffer.from(await context.seal(copy(plain), copy(aad)));
  return { configId: to.configId, encapsulated: Buffer.from(context.enc), payload };
}

/** The library wants whole buffers, not windows into one. */
const copy = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
