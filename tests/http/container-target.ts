/** A freight target as the targeting system sends it. */
export const containerTarget = {
  originator: 'freight',
  reference: 'FT-1',
  kind: 'container',
  identifiers: [{ kind: 'container', value: 'CSQU3054383' }],
  risk: 'high',
  requestedAction: 'examine',
} as const;
