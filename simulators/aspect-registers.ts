/** The register block as the sheet has it, written down here a second time on purpose: a slip in the driver's map shows. */
const base = 100;
const length = 21;

export const at = {
  inputs: 2,
  gamma: { status: 3, count: 4, background: 6, variance: 8 },
  neutron: { status: 10, count: 11, background: 13, variance: 15 },
  objectCounter: 17,
  objectSpeed: 19,
} as const;
export const status = { alarm1: 0x1, ready: 0x80 } as const;
export const inputs = {
  occup0: 0x1,
  dir01: 0x40,
  dir10: 0x80,
  powerFail: 0x100,
  lowBattery: 0x200,
  open: 0x400,
  error: 0x800,
} as const;

/** A monitor's holding registers, written value by value; 32-bit values low word first. */
export interface RegisterFile {
  set(offset: number, value: number): void;
  change(offset: number, bits: number, on: boolean): void;
  long(offset: number, value: number): void;
  float(offset: number, value: number): void;
}

export function createRegisterFile(words: Map<number, number>): RegisterFile {
  // Signature, number of registers, monitor identifier, address and length of the block.
  for (const [address, value] of [0, length, 1, base, length].entries()) words.set(address, value);
  const set = (offset: number, value: number) => void words.set(base + offset, value & 0xffff);
  return {
    set,
    change: (offset, bits, on) => {
      const word = words.get(base + offset) ?? 0;
      set(offset, on ? word | bits : word & ~bits);
    },
    long: (offset, value) => {
      set(offset, value);
      set(offset + 1, Math.floor(value / 0x1_0000));
    },
    float: (offset, value) => {
      const view = new DataView(new ArrayBuffer(4));
      view.setFloat32(0, value);
      set(offset, view.getUint16(2));
      set(offset + 1, view.getUint16(0));
    },
  };
}
