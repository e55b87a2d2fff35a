/**
 * Whether a topic name falls under a topic filter (MQTT 5, 4.7: `+` is one level, `#` is all that follow and the level
 * above; a leading wildcard never reaches topics that begin with `$`). `$share` is not known here.
 */
export function matchesTopic(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [depth, level] of wanted.entries()) {
    if (level === '#') return true;
    if (depth >= levels.length || (level !== '+' && level !== levels[depth])) return false;
  }
  return wanted.length === levels.length;
}
