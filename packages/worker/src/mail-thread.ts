// Bundled beside the process's own file, which starts it as a thread.
import "@mgs/email/mail-thread";
