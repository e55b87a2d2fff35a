/** Unusable arguments: the program says what is wrong and how it is called, and ends with 2. */
export class UsageError extends Error {}

export const usage = `lanewatch serve --config FILE [--data DIR] [--host H] [--port N]
lanewatch check --config FILE
lanewatch verify --data DIR
lanewatch record --config FILE --device ID --out FILE [--seconds N]
lanewatch replay --file FILE [--config FILE] [--speed N]
lanewatch token create --data DIR --role ROLE --name NAME [--agency A] [--lanes ID,ID] [--scopes S,S] [--expires-in-days N]
                       [--tlp LEVEL] [--personal-data none|masked|full] [--purpose TEXT]`;

/** The value of an option that must be there. */
export function required(values: Readonly<Record<string, unknown>>, name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} is missing`);
  return value;
}
