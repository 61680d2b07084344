/** A public holiday as the API has it. */
export type HolidayDto = { day: string; name_fr: string; name_en: string };

/** The public holidays of a year as the API has them. */
export type YearHolidaysDto = {
  year: number;
  holidays: readonly HolidayDto[];
  /** Those that were taken away in the last 30 days, and can be restored. */
  deleted: readonly (HolidayDto & { deleted_at: string })[];
  /** Tells one list of days and names from another: a confirmation carries it. */
  version: string;
  confirmed_at: string | null;
  /** Number of the person who has confirmed it. */
  confirmed_by: number | null;
};
