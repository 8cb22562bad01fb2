import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { generatedFiles } from "./generated-files";

for (const [file, content] of Object.entries(generatedFiles("."))) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
