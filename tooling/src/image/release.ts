// Prepares the database before new processes start, in the image of the command line.
import { release } from "../release";
import { fail } from "../terminal";

await release().catch(fail);
