import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { fleetSchema } from "../fleet/schema";
import { KloudfuseFirehoseModule } from "../modules";
import { alarmCatalogue } from "./alarm-catalogue";
import { dashboardPicture } from "./dashboard-picture";
import { causeCatalogue } from "./cause-catalogue";
import { moduleReadme } from "./module-readme";
import { overviewDiagram, PALETTES } from "./overview-diagram";
import { policyCatalogue } from "./policy-catalogue";
import { scannerComparison } from "./scanner-comparison";
import { validationTests } from "./validation-tests";
import { withCurrentTables } from "./reference-tables";

const MODULE_FOLDER = "terraform/kloudfuse-firehose";

const outdir = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-module-"));
try {
  const module = new KloudfuseFirehoseModule(new App({ outdir }), "kloudfuse-firehose");
  module.prepareStack();
  module.runAllValidations();
  const { terraform, variable, output, ...main } = module.toTerraform();
  const json = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;
  mkdirSync(join(MODULE_FOLDER, "tests"), { recursive: true });
  for (const [file, content] of Object.entries({
    "main.tf.json": json(main),
    "variables.tf.json": json({ variable }),
    "outputs.tf.json": json({ output }),
    "versions.tf.json": json({ terraform }),
    "README.md": moduleReadme(main.resource),
    "tests/validation.tftest.hcl": validationTests(),
  })) {
    writeFileSync(join(MODULE_FOLDER, file), content);
  }
  writeFileSync("fleet/fleet.schema.json", json(fleetSchema()));
  mkdirSync("docs/pictures", { recursive: true });
  writeFileSync("docs/alarms.md", alarmCatalogue());
  writeFileSync("docs/pictures/dashboard.svg", dashboardPicture());
  writeFileSync("docs/causes.md", causeCatalogue());
  writeFileSync("docs/policies.md", policyCatalogue());
  writeFileSync("docs/scanners.md", scannerComparison());
  writeFileSync("docs/reference.md", withCurrentTables(readFileSync("docs/reference.md", "utf8")));
  for (const [name, palette] of Object.entries(PALETTES)) {
    writeFileSync(`docs/pictures/overview-${name}.svg`, overviewDiagram(palette));
  }
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
