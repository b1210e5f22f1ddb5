import type { JSX } from 'preact';

export interface BarPart {
  readonly value: number;
  /** Class of the style sheet that colours it. */
  readonly tone: 'before' | 'after' | 'used' | 'more' | 'over';
}

interface BarProps {
  /** What the bar says, for those who don't see it. */
  readonly label: string;
  /** One after another from the left. */
  readonly parts: readonly BarPart[];
  /** What the whole width stands for. */
  readonly of: number;
}

const WIDTH = 200;
const HEIGHT = 12;

/** Parts of a whole as a bar. Lengths are attributes, since the page's policy allows no style attribute. */
export function Bar({ label, parts, of }: BarProps): JSX.Element {
  const scale = (value: number): number => (of > 0 ? Math.round((Math.min(value, of) / of) * WIDTH * 100) / 100 : 0);
  let from = 0;
  return (
    <svg class="bar" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="bar-whole" width={WIDTH} height={HEIGHT} />
      {parts.map(({ value, tone }, index) => {
        const start = from;
        from += value;
        const left = scale(start);
        return <rect key={index} class={`bar-${tone}`} x={left} width={scale(from) - left} height={HEIGHT} />;
      })}
    </svg>
  );
}
