import { CONSOLE_ROWS } from "./forms/rows";
import { testRows } from "./forms/test-rows";

testRows(CONSOLE_ROWS);
