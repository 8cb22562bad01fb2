import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { fleetSchema } from "../fleet/schema";
import { KloudfuseFirehoseModule } from "../modules";
import { alarmCatalogue } from "./alarm-catalogue";
import { causeCatalogue } from "./cause-catalogue";
import { dashboardPicture } from "./dashboard-picture";
import { moduleReadme } from "./module-readme";
import { overviewDiagram, PALETTES } from "./overview-diagram";
import { policyCatalogue } from "./policy-catalogue";
import { withCurrentTables } from "./reference-tables";
import { scannerComparison } from "./scanner-comparison";
import { validationTests } from "./validation-tests";

const MODULE = "terraform/kloudfuse-firehose";
const REFERENCE = "docs/reference.md";

const json = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;

function moduleFiles(): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-module-"));
  try {
    const module = new KloudfuseFirehoseModule(new App({ outdir }), "kloudfuse-firehose");
    module.prepareStack();
    module.runAllValidations();
    const { terraform, variable, output, ...main } = module.toTerraform();
    return {
      [`${MODULE}/main.tf.json`]: json(main),
      [`${MODULE}/variables.tf.json`]: json({ variable }),
      [`${MODULE}/outputs.tf.json`]: json({ output }),
      [`${MODULE}/versions.tf.json`]: json({ terraform }),
      [`${MODULE}/README.md`]: moduleReadme(main.resource),
      [`${MODULE}/tests/validation.tftest.hcl`]: validationTests(),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The text of each generated file of the repository, by its path in it. */
export function generatedFiles(repository: string): Record<string, string> {
  return {
    ...moduleFiles(),
    "fleet/fleet.schema.json": json(fleetSchema()),
    "docs/alarms.md": alarmCatalogue(),
    "docs/causes.md": causeCatalogue(),
    "docs/policies.md": policyCatalogue(),
    "docs/scanners.md": scannerComparison(),
    [REFERENCE]: withCurrentTables(readFileSync(join(repository, REFERENCE), "utf8")),
    "docs/pictures/dashboard.svg": dashboardPicture(),
    ...Object.fromEntries(
      Object.entries(PALETTES).map(([name, palette]) => [
        `docs/pictures/overview-${name}.svg`,
        overviewDiagram(palette),
      ]),
    ),
  };
}
