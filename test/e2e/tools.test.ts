import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { requireTerraform, requireTools } from "./helpers/tools";

const NO_TERRAFORM = "terraform must be on the PATH. Install Terraform 1.9 or later.";
const NO_MOTO =
  "moto_server must be on the PATH. Install it with `pip install 'moto[server]'`, or set AWS_ENDPOINT_URL to another AWS emulator, which is then used.";

describe("the check of the tools that the end-to-end tests need", () => {
  let folder = "";
  const toolsOnPath = (tools: readonly string[], mode = 0o755): string => {
    const path = mkdtempSync(join(folder, "path-"));
    for (const tool of tools) {
      writeFileSync(join(path, tool), "", { mode });
    }
    return path;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-tools-"));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ["an empty PATH", () => ""],
    ["a PATH without them", () => toolsOnPath([])],
    ["files of their names that cannot be run", () => toolsOnPath(["terraform", "moto_server"], 0o644)],
  ])("names both tools with %s", (_case, pathOf) => {
    const path = pathOf();
    expect(() => {
      requireTools({ PATH: path });
    }).toThrow(
      new Error(
        "terraform and moto_server must be on the PATH. Install Terraform 1.9 or later. " +
          NO_MOTO.slice(NO_MOTO.indexOf("Install")),
      ),
    );
  });

  it("names both tools without a PATH", () => {
    expect(() => {
      requireTools({});
    }).toThrow("terraform and moto_server must be on the PATH.");
  });

  it("names terraform alone when the emulator is there", () => {
    expect(() => {
      requireTools({ PATH: toolsOnPath(["moto_server"]) });
    }).toThrow(new Error(NO_TERRAFORM));
  });

  it("names moto_server alone when terraform is there", () => {
    expect(() => {
      requireTools({ PATH: toolsOnPath(["terraform"]) });
    }).toThrow(new Error(NO_MOTO));
  });

  it("needs no moto_server when AWS_ENDPOINT_URL names an emulator", () => {
    const environment = { PATH: toolsOnPath(["terraform"]), AWS_ENDPOINT_URL: "http://127.0.0.1:4566" };
    expect(() => {
      requireTools(environment);
    }).not.toThrow();
  });

  it("needs terraform even when AWS_ENDPOINT_URL names an emulator", () => {
    expect(() => {
      requireTools({ PATH: "", AWS_ENDPOINT_URL: "http://127.0.0.1:4566" });
    }).toThrow(new Error(NO_TERRAFORM));
  });

  it("needs terraform alone for tests without AWS", () => {
    expect(() => {
      requireTerraform({ PATH: toolsOnPath(["terraform"]) });
    }).not.toThrow();
    expect(() => {
      requireTerraform({ PATH: "" });
    }).toThrow(new Error(NO_TERRAFORM));
  });

  it("finds tools in any folder of the PATH", () => {
    const path = ["", toolsOnPath(["moto_server"]), toolsOnPath(["terraform"])].join(delimiter);
    expect(() => {
      requireTools({ PATH: path });
    }).not.toThrow();
  });
});
