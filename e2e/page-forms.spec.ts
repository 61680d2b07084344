import { PAGE_ROWS } from "./forms/rows";
import { testRows } from "./forms/test-rows";

testRows(PAGE_ROWS);
