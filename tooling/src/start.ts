import { launch } from "./launch";

await launch("production", { envFile: !process.argv.includes("--no-env-file") });
