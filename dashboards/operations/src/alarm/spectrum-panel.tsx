import { SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Passage, SpectrumSet } from '../contract/resources.ts';
import { useParts } from '../shell/context.ts';
import { SpectrumChart } from './spectrum-chart.tsx';

/** The spectra of a passage, fetched when they are looked at: foreground against background, one detector at a time. */
export function SpectrumPanel({ passage }: { readonly passage: Passage | undefined }) {
  const id = passage?.reports?.find((report) => report.spectra !== null)?.spectra?.id;
  const { api } = useParts();
  const [set, setSet] = useState<SpectrumSet | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [scale, setScale] = useState('log');
  const [shown, setShown] = useState(0);
  useEffect(() => {
    if (id === undefined) return;
    const stopper = new AbortController();
    setSet(null);
    setShown(0);
    api.get<SpectrumSet>(`/spectra/${id}`, stopper.signal).then(setSet, (error: Error) => {
      if (!stopper.signal.aborted) setFault(error.message);
    });
    return () => stopper.abort();
  }, [id, api]);
  if (id === undefined) return null;
  const foregrounds = (set?.spectra ?? []).filter((spectrum) => spectrum.class !== 'Background');
  const spectrum = foregrounds[shown] ?? set?.spectra[0];
  const background = set?.spectra.find((one) => one.class === 'Background' && one.detector === spectrum?.detector);
  return (
    <section className="panel spectrum">
      <h2>Spectrum</h2>
      {set === null && <p className="quiet">{fault ?? 'Loading the spectrum …'}</p>}
      {spectrum !== undefined && (
        <>
          <div className="spectrum-controls">
            {foregrounds.length > 1 && (
              <SegmentedControl
                aria-label="Detector"
                value={String(shown)}
                onChange={(value) => setShown(Number(value))}
                data={foregrounds.map((one, at) => ({ value: String(at), label: one.detector || 'all detectors' }))}
              />
            )}
            <SegmentedControl
              aria-label="Scale of counts"
              value={scale}
              onChange={setScale}
              data={[
                { value: 'log', label: 'Logarithmic' },
                { value: 'linear', label: 'Linear' },
              ]}
            />
          </div>
          <SpectrumChart spectrum={spectrum} background={background ?? null} logarithmic={scale === 'log'} />
          <p className="quiet">
            {set?.instrument}
            {spectrum.liveTimeS !== null && `, ${spectrum.liveTimeS.toFixed(1)} s live`}
            {spectrum.slices > 1 && `, ${spectrum.slices} slices added up`}
            {background !== undefined && '; dotted: background over the same time'}
          </p>
        </>
      )}
    </section>
  );
}
