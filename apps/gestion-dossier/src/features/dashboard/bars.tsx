import { scaleBand, scaleLinear } from "d3-scale";
import { type SeriesPoint, stack } from "d3-shape";

/** A bar of a chart: parts that stand on each other, the first below. */
export type Bar = { name: string; parts: readonly number[] };

type BarsProps = {
  bars: readonly Bar[];
  /** Tailwind's fill of each part. */
  fills: readonly string[];
  direction: "up" | "across";
};

const WIDTH = 480;
const HEIGHT = 200;
const ROW = 26;

/** A chart of bars, drawn on the server. The table beside it says the same in words, so readers of screens pass over it. */
export function Bars({ bars, fills, direction }: BarsProps) {
  const across = direction === "across";
  const [width, height] = [WIDTH, across ? Math.max(1, bars.length) * ROW : HEIGHT];
  const places = scaleBand<number>()
    .domain(bars.map((_, place) => place))
    .range([0, across ? height : width])
    .padding(0.25);
  const highest = Math.max(1, ...bars.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0)));
  const size = scaleLinear()
    .domain([0, highest])
    .range([0, across ? width : height]);
  const keys = fills.map((_, part) => part);
  const series = stack<Bar, number>()
    .keys(keys)
    .value(({ parts }, part) => parts[part] ?? 0)([...bars]);
  const box = ([from, to]: SeriesPoint<Bar>, place: number) => {
    const [start, length] = [size(from), size(to) - size(from)];
    const [at, thickness] = [places(place) ?? 0, places.bandwidth()];
    return across
      ? { x: start, y: at, width: length, height: thickness }
      : { x: at, y: height - start - length, width: thickness, height: length };
  };
  return (
    <svg
      aria-hidden
      focusable="false"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio={across ? "none" : "xMidYMid meet"}
      className="block h-auto w-full"
    >
      {across ? null : <line x1={0} x2={width} y1={height} y2={height} className="stroke-line" />}
      {series.map((points) =>
        points.map((point, place) => (
          <rect
            key={`${points.key}-${bars[place]?.name}`}
            {...box(point, place)}
            rx={3}
            className={fills[points.key]}
          />
        )),
      )}
    </svg>
  );
}
