/** SQL for a list of event types, each exact or a prefix ending in `*`. */
export function typeCondition(types: readonly string[]): { readonly sql: string; readonly values: readonly string[] } {
  const parts = types.map((type) =>
    type.endsWith('*')
      ? // A prefix as a range: what starts with it sorts before it followed by the highest character.
        { sql: '(type >= ? AND type < ?)', values: [type.slice(0, -1), `${type.slice(0, -1)}\u{10ffff}`] }
      : { sql: 'type = ?', values: [type] },
  );
  return { sql: parts.map((part) => part.sql).join(' OR '), values: parts.flatMap((part) => part.values) };
}
