import { nullable, number, object, type ShapeOf, string } from "@mgs/core/shape";

/** A maintenance that is announced or under way, as pages and programs see it. Browser-safe. */
export const maintenance = object({
  message: string,
  /** ISO 8601. Before that time it is announced; from then on the portals are closed. */
  starts_at: string,
  /** When it is expected to end; it ends when somebody says so. */
  expected_end: nullable(string),
  retry_seconds: number,
});
export type MaintenanceDto = ShapeOf<typeof maintenance>;

/** The answer of `/api/maintenance`. */
export const maintenanceAnswer = object({ data: nullable(maintenance) });

/** Tells whether the portals are closed at a time, in milliseconds. */
export function isUnderWay({ starts_at }: Pick<MaintenanceDto, "starts_at">, now: number): boolean {
  return Date.parse(starts_at) <= now;
}
