const formats = {
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  date: { weekday: 'short', day: '2-digit', month: 'short', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** `hh:mm:ss` in the site's time zone. */
export function timeText(at: string | number, timeZone: string): string {
  return new Date(at).toLocaleTimeString('en-GB', { ...formats.time, timeZone });
}

/** `Tue, 04 Aug 2026` in the site's time zone. */
export function dateText(at: string | number, timeZone: string): string {
  return new Date(at).toLocaleDateString('en-GB', { ...formats.date, timeZone });
}

/** The time alone today, with the date on any other day: an old alarm must not pass for one of this night. */
export function momentText(at: string | number, nowMs: number, timeZone: string): string {
  const day = dateText(at, timeZone);
  const time = timeText(at, timeZone);
  return day === dateText(nowMs, timeZone) ? time : `${day} ${time}`;
}

/** `8 s`, `4 min`, `2 h 05`, `3 d 4 h`. */
export function ageText(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
