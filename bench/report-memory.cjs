// Preloaded into a measured process: writes the peak of its resident memory, in kB, when it exits.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  writeFileSync(process.env.MEMORY_REPORT, String(process.resourceUsage().maxRSS));
});
