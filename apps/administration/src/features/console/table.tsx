/** The console's lists are those of every portal. */
export { DataCell, DataRow, DataTable } from "@mgs/shell/table/data-table";
