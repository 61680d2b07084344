import { INBOX_ROWS } from "./forms/rows";
import { testRows } from "./forms/test-rows";

testRows(INBOX_ROWS);
