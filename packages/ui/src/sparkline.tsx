import { cn } from "./cn";

type SparklineProps = {
  values: readonly number[];
  /** What the drawing says, for those who do not see it. */
  label: string;
  /** `sm` stands beside text, in a row of a table. */
  size?: "sm" | "md";
  className?: string;
};

const WIDTH = 120;
const HEIGHT = 32;

/** A trend without axes, from the oldest value to the newest. */
export function Sparkline({ values, label, size = "md", className }: SparklineProps) {
  const peak = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map(
    (value, index) => `${round(index * step)},${round(HEIGHT - 1 - (value / peak) * (HEIGHT - 3))}`,
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cn("block w-full overflow-visible text-accent-ink", size === "sm" ? "h-6" : "h-10", className)}
    >
      <polygon points={`0,${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}`} fill="currentColor" opacity="0.12" />
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
