/** The console's lists are those of every portal. */
export { PageLinks } from "@mgs/shell/table/page-links";
