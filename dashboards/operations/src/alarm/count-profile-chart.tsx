import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { numberText } from '../words/alarm-words.ts';
import { profileColumns } from './profile-columns.ts';
import type { RadiationEvidenceData } from './radiation-evidence.tsx';

const heightPx = 260;

/** Counts over seconds since the occupancy began. */
export function CountProfileChart({ evidence }: { readonly evidence: RadiationEvidenceData }) {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const scheme = useComputedColorScheme('dark', { getInitialValueInEffect: false });
  const { unit } = evidence;
  const columns = profileColumns(evidence);
  const latest = useRef(columns);
  latest.current = columns;

  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const plot = new uPlot(optionsOf(element, unit, scheme), latest.current, element);
    chart.current = plot;
    const sizes = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: heightPx }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [unit, scheme]);
  useEffect(() => chart.current?.setData(columns), [columns]);

  const label = `Count rate over ${evidence.durationS.toFixed(1)} seconds, peak ${numberText(evidence.peak)} ${unit}`;
  return <div className="profile-chart" ref={holder} role="img" aria-label={label} />;
}

function optionsOf(element: HTMLElement, unit: string, scheme: string): uPlot.Options {
  // The colours of the theme just chosen: read when the chart is made, which is again for every scheme.
  const style = getComputedStyle(element);
  const colour = (name: string) =>
    style.getPropertyValue(`--lw-${name}`).trim() || (scheme === 'dark' ? '#fff' : '#000');
  const axis = { stroke: colour('dim'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } };
  const level = (name: string, dash: number[]) => ({ stroke: colour(name), width: 2, dash, points: { show: false } });
  return {
    width: element.clientWidth,
    height: heightPx,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: false } },
    axes: [
      { ...axis, label: 'seconds since the passage began', labelSize: 20, size: 34 },
      { ...axis, label: unit, labelSize: 20, size: 64 },
    ],
    series: [
      {},
      { stroke: colour('counts'), width: 2, fill: colour('counts-fill'), points: { show: false } },
      level('background', [2, 4]),
      level('threshold', [8, 5]),
      {
        stroke: colour('peak'),
        paths: () => null,
        points: { show: true, size: 12, width: 3, fill: colour('panel'), stroke: colour('peak') },
      },
    ],
  };
}
