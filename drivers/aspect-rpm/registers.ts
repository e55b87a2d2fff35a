/**
 * The monitor block as data (sheet aspect-rpm; offsets within the block, one register = 16 bits, read with function 03).
 */
export const offsets = {
  elapsed: 0,
  inputs: 2,
  gammaStatus: 3,
  gammaCount: 4,
  gammaBackground: 6,
  gammaVariance: 8,
  neutronStatus: 10,
  neutronCount: 11,
  neutronBackground: 13,
  neutronVariance: 15,
  objectCounter: 17,
  objectMark: 18,
  objectSpeed: 19,
  outputs: 20,
} as const;

export const blockLength = 21;
/** Where the block is when the description does not tell. */
export const defaultBlockAddress = 100;
/** Device description: signature, number of registers, monitor identifier, base address of the block, its count … */
export const description = {
  address: 0,
  length: 8,
  registers: 1,
  monitorId: 2,
  blockAddress: 3,
  blockLength: 4,
} as const;

export const statusBits = {
  alarm1: 0x1,
  alarm2: 0x2,
  lowCount: 0x10,
  highCount: 0x20,
  overload: 0x40,
  ready: 0x80,
  n0: 0x100,
  n1: 0x200,
  n2: 0x400,
  n3: 0x800,
  n4: 0x1000,
  n5: 0x2000,
  n6: 0x4000,
  n7: 0x8000,
} as const;

export const inputBits = {
  occup0: 0x1,
  occup1: 0x2,
  occup2: 0x4,
  occup3: 0x8,
  button: 0x10,
  sensor: 0x20,
  dir01: 0x40,
  dir10: 0x80,
  powerFail: 0x100,
  lowBattery: 0x200,
  open: 0x400,
  error: 0x800,
  reset: 0x8000,
} as const;
export const occupiedBits = 0xf;

export const outputBits = {
  alarm: 0x1,
  video: 0x2,
  yellowLed: 0x4,
  fastFlash: 0x8,
  slowFlash: 0x10,
  busy: 0x20,
  adaptation: 0x40,
  entryGreen: 0x100,
  exitGreen: 0x200,
  exitArrow: 0x400,
  out8: 0x800,
} as const;
