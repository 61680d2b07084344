import { cn } from "./cn";

type SparklineProps = {
  values: readonly number[];
  /** A text in place of the drawing, for screen readers. */
  label: string;
  /** `sm` fits beside text in the row of a table. */
  size?: "sm" | "md";
  className?: string;
};

const WIDTH_PX = 120;
const HEIGHT_PX = 32;

/** Draws a trend without axes, from the oldest value to the newest. */
export function Sparkline({ values, label, size = "md", className }: SparklineProps) {
  const peak = Math.max(1, ...values);
  const step = WIDTH_PX / Math.max(1, values.length - 1);
  const points = values.map(
    (value, index) => `${round(index * step)},${round(HEIGHT_PX - 1 - (value / peak) * (HEIGHT_PX - 3))}`,
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH_PX} ${HEIGHT_PX}`}
      preserveAspectRatio="none"
      className={cn("block w-full overflow-visible text-accent-ink", size === "sm" ? "h-6" : "h-10", className)}
    >
      <polygon
        points={`0,${HEIGHT_PX} ${points.join(" ")} ${WIDTH_PX},${HEIGHT_PX}`}
        fill="currentColor"
        opacity="0.12"
      />
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
