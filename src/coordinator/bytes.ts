/** Reads the presentation language of TLS (RFC 8446, section 3) that DAP messages are in. Nothing is read past the end. */
export interface ByteReader {
  bytes(length: number): Buffer;
  uint8(): number;
  uint16(): number;
  uint64(): bigint;
  /** A length of two bytes, and that many. */
  opaque16(): Buffer;
  /** A length of four bytes, and that many. */
  opaque32(): Buffer;
  /** @throws RangeError when something is left */
  end(): void;
}

/** All methods throw RangeError where bytes are missing. */
export function readBytes(source: Uint8Array): ByteReader {
  const buffer = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  let at = 0;
  function take(length: number): number {
    if (length > buffer.length - at)
      throw new RangeError(`expected ${length} bytes at ${at}, got ${buffer.length - at}`);
    at += length;
    return at - length;
  }
  const bytes = (length: number): Buffer => {
    const from = take(length);
    return buffer.subarray(from, from + length);
  };
  const uint16 = (): number => buffer.readUInt16BE(take(2));
  return {
    bytes,
    uint8: () => buffer.readUInt8(take(1)),
    uint16,
    uint64: () => buffer.readBigUInt64BE(take(8)),
    opaque16: () => bytes(uint16()),
    opaque32: () => bytes(buffer.readUInt32BE(take(4))),
    end() {
      if (at < buffer.length)
        throw new RangeError(`expected the end at ${at}, got ${buffer.length - at} bytes more`);
    },
  };
}

export function opaque16(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

export function opaque32(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
