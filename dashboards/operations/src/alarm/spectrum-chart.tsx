import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { Spectrum } from '../contract/resources.ts';
import { spectrumColumns } from './spectrum-columns.ts';

const heightPx = 260;

interface SpectrumChartProps {
  readonly spectrum: Spectrum;
  readonly background: Spectrum | null;
  readonly logarithmic: boolean;
}

/** Counts over energy. */
export function SpectrumChart({ spectrum, background, logarithmic }: SpectrumChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('dark', { getInitialValueInEffect: false });
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const unit = spectrum.energy === null ? 'channel' : 'keV';
    const data = spectrumColumns(spectrum, background, logarithmic);
    const plot = new uPlot(optionsOf(element, unit, logarithmic, scheme), data, element);
    const sizes = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: heightPx }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      plot.destroy();
    };
  }, [spectrum, background, logarithmic, scheme]);
  const total = spectrum.counts.reduce((sum, count) => sum + count, 0);
  const label = `Spectrum of ${spectrum.counts.length} channels, ${Math.round(total)} counts`;
  return <div className="profile-chart" ref={holder} role="img" aria-label={label} />;
}

function optionsOf(element: HTMLElement, unit: string, logarithmic: boolean, scheme: string): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) =>
    style.getPropertyValue(`--lw-${name}`).trim() || (scheme === 'dark' ? '#fff' : '#000');
  const axis = { stroke: colour('dim'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } };
  return {
    width: element.clientWidth,
    height: heightPx,
    legend: { show: false },
    cursor: { drag: { x: true, y: false }, points: { show: false } },
    scales: { x: { time: false }, y: { distr: logarithmic ? 3 : 1 } },
    axes: [
      { ...axis, label: unit, labelSize: 20, size: 34 },
      { ...axis, label: 'counts', labelSize: 20, size: 64 },
    ],
    series: [
      {},
      { stroke: colour('counts'), width: 1.5, points: { show: false } },
      { stroke: colour('background'), width: 2, dash: [2, 4], points: { show: false } },
    ],
  };
}
