/** Of the one story that all examples tell: a container that was looked for, and what it carried. */
export const ids = {
  target: '6f1d3c52-7a51-4a3e-9d0c-0f3a2b6c1e01',
  passage: '0b5c9f7e-5c53-4a7c-8f0e-7d1c5d2f9a02',
  match: 'c2a8e1d4-3b6f-4c59-a7e2-91f4b0d35c03',
  alarm: 'e8b7f6a5-1d2c-4e3f-b4a5-c6d7e8f90a04',
  examination: '9d4e2b17-8c6a-4f05-b3d1-2a7c5e9f1b05',
  event: '3f0a6c81-2e9b-4d7a-8c15-b6e0d4f27a06',
} as const;

/** Of frames and files. */
export const sha256 = 'f2ca1bb6c7e907d06dafe4687e579fce76b37e4e93b7605022da52e6ccc26fd2';
