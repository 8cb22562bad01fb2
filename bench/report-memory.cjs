// Preloaded into a measured process: writes its peak resident memory, in kB, and its CPU time, in microseconds, when it
// exits.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(process.env.MEMORY_REPORT, `${maxRSS} ${userCPUTime + systemCPUTime}`);
});
