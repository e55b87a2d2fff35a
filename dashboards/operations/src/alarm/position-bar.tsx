/** Where along the subject the count rate was highest: `ratio` 0 is the end that entered first, 1 the other. */
export function PositionBar({ ratio }: { readonly ratio: number }) {
  const percent = Math.round(ratio * 100);
  // Drawn driving to the left, so that time runs to the right as in the chart above.
  const x = 12 + ratio * 376;
  return (
    <figure className="position-bar">
      <svg viewBox="0 0 400 56" role="img" aria-label={`Source at ${percent} percent of the length, from the front`}>
        <path className="vehicle" d="M12 40V26l10-12h34v26zM62 10h326v30H62z" />
        <circle className="wheel" cx="34" cy="42" r="6" />
        <circle className="wheel" cx="300" cy="42" r="6" />
        <circle className="wheel" cx="330" cy="42" r="6" />
        <path className="marker" d={`M${x} 4V50`} />
        <path className="marker-head" d={`M${x - 6} 0h12l-6 9z`} />
      </svg>
      <figcaption>
        <span>entered first</span>
        <b>source at {percent} % of the length</b>
        <span>entered last</span>
      </figcaption>
    </figure>
  );
}
