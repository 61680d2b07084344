import { CONSOLE_ROWS } from "./forms/rows";
import { query } from "./forms/scene";
import { testRows } from "./forms/test-rows";
import { test } from "./support/test";

// The tests after these need the queues that they have paused.
test.afterAll(async () => {
  await query("DELETE FROM queue_pauses");
});

testRows(CONSOLE_ROWS);
