import { describe, expect, it } from 'vitest';
import { configBench, good } from '../../tests/support/config-bench.ts';
import { guidanceFor } from '../domain/guidance.ts';
import { bundledGuidance, loadGuidance } from './guidance.ts';

const { write, load, complaints, folder } = configBench();

describe('the guidance of the product', () => {
  it('says as much in every language, and something else', () => {
    const { guidance, problems } = loadGuidance(bundledGuidance);
    expect(problems).toEqual([]);
    const english = guidance.get('en');
    for (const language of ['fr', 'es'] as const) {
      const other = guidance.get(language);
      for (const part of ['signals', 'hazards'] as const) {
        const lengths = (texts: object = {}) =>
          Object.entries(texts)
            .map(([key, sentences]) => `${key} ${sentences.length}`)
            .toSorted();
        expect(lengths(other?.[part])).toEqual(lengths(english?.[part]));
      }
      const same = Object.values(english?.signals ?? {})
        .flat()
        .filter((sentence) => JSON.stringify(other).includes(sentence));
      expect(same).toEqual([]);
    }
  });

  it('is reported with file and line where it is wrong, and not missed', () => {
    write('words/en.yaml', 'signals:\n  gamma: [Stop.]\n  sonar: [Listen.]\nhazards:\n  explosive: []\n');
    write('words/fr.yaml', 'signals: [');
    const { guidance, problems } = loadGuidance(`${folder}/words`);
    expect(guidance.size).toBe(0);
    const told = problems.map(({ file, line, path }) => `${file.slice(folder.length + 1)}:${line} ${path}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'words/en.yaml:3 signals.sonar',
        'words/en.yaml:1 signals.neutron',
        'words/en.yaml:5 hazards.explosive',
        'words/fr.yaml:1 ',
        'words/es.yaml:1 ',
      ]),
    );
  });
});

describe('the guidance of a post', () => {
  const saidBy = (yaml: string) => {
    const loaded = load(yaml);
    return loaded.ok ? guidanceFor(loaded.guidance, 'gamma', 'explosive') : complaints(yaml);
  };

  it('is in its language', () => {
    const french = good.replace('timeZone: Europe/Amsterdam', 'timeZone: Europe/Amsterdam, language: fr');
    expect(saidBy(good)[1]).toBe('Stop the subject and send it to secondary.');
    expect(saidBy(french)[1]).toBe('Arrêtez le sujet et envoyez-le au contrôle secondaire.');
  });

  it('replaces the product’s where it says something', () => {
    const own = `${good}guidance: { signals: { gamma: [Close gate 3.] }, hazards: { explosive: [Call 112.] } }\n`;
    expect(saidBy(own)).toEqual(['Call 112.', 'Close gate 3.']);
  });

  it('is checked', () => {
    expect(complaints(`${good}guidance: { signals: { sonar: [x], gamma: [''] } }\n`)).toEqual([
      'site.yaml:7: guidance.signals.sonar: is not a known key',
      'site.yaml:7: guidance.signals.gamma[0]: must have at least 1 characters',
    ]);
  });
});
