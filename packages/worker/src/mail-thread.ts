// The build bundles this file beside main.ts, which starts it as a thread.
import "@mgs/email/mail-thread";
