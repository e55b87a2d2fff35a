import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacketMeter } from './embedded-guard.ts';

/** A PUBLISH with a body of this length; its remaining length as the standard encodes it (MQTT 3.1.1, 2.2.3). */
function packet(bodyLength: number): Buffer {
  const header = [0x30];
  for (let rest = bodyLength; ; rest = Math.floor(rest / 128)) {
    header.push(rest < 128 ? rest : (rest % 128) | 0x80);
    if (rest < 128) return Buffer.concat([Buffer.from(header), Buffer.alloc(bodyLength, 0xff)]);
  }
}

describe('the packet meter', () => {
  it.each([
    [[0x30, 0x00], 0],
    [[0x30, 0x7f], 127],
    [[0x30, 0x80, 0x01], 128],
    [[0x30, 0xff, 0x7f], 16_383],
    [[0x30, 0xff, 0xff, 0xff, 0x7f], 268_435_455],
  ])('reads the length in %j as %i (table 2.4), before the body is there', (header, length) => {
    expect(createPacketMeter()(Buffer.from(header))).toBe(length);
  });

  it('finds the largest packet of a stream, however it is cut', () => {
    const bodies = fc.array(fc.oneof(fc.nat(200), fc.nat(20_000)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(bodies, fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1 }), (lengths, cuts) => {
        const stream = Buffer.concat(lengths.map(packet));
        const measure = createPacketMeter();
        let largest = 0;
        for (let at = 0, cut = 0; at < stream.length; cut += 1) {
          const end = at + (cuts[cut % cuts.length] ?? 1);
          largest = Math.max(largest, measure(stream.subarray(at, end)));
          at = end;
        }
        expect(largest).toBe(Math.max(...lengths));
      }),
    );
  });
});
