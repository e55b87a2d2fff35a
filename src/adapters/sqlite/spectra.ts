import { createHash } from 'node:crypto';
import { SpectrumSet } from '../../domain/spectrum.ts';
import { LanewatchError, messageOf } from '../../errors.ts';
import type { Spectra } from '../../ports/spectra.ts';
import type { Sqlite } from './database.ts';

/** Spectra in the journal's database, committed before the event that names them. */
export function openSpectra(db: Sqlite): Spectra {
  const insert = db.prepare('INSERT INTO spectra (id, json) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const select = db.prepare<[string], { json: string }>('SELECT json FROM spectra WHERE id = ?');
  return {
    keep: (set) => {
      const json = JSON.stringify(set);
      const id = createHash('sha256').update(json).digest('hex');
      try {
        insert.run(id, json);
      } catch (cause) {
        throw new LanewatchError('journal-unavailable', messageOf(cause), { cause });
      }
      return id;
    },
    find: (id) => {
      const row = select.get(id);
      return row === undefined ? undefined : SpectrumSet.parse(JSON.parse(row.json));
    },
  };
}
