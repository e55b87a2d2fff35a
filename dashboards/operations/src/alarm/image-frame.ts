export interface ImageFrame {
  readonly viewBox: string;
  /** A hundredth of the longer side, in image pixels: sizes text and margins. */
  readonly unit: number;
}

/** The part of the image that shows all regions (corners [x, y, …] in pixels), with room around; null without any. */
export function imageFrame(regions: readonly (readonly (readonly number[])[])[]): ImageFrame | null {
  const corners = regions.flat();
  if (corners.length === 0) return null;
  const xs = corners.map(([x = 0]) => x);
  const ys = corners.map(([, y = 0]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const unit = Math.max(width, height, 1) / 100;
  const room = unit * 12;
  return { unit, viewBox: [left - room, top - room, width + 2 * room, height + 2 * room].join(' ') };
}
