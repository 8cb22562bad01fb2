// Bundles the command into cli/dist/main.js, with everything that it needs, and the licences of what is in it.
/* global __dirname */
const { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join, resolve } = require("node:path");
const { buildSync } = require("esbuild");

const ROOT = resolve(__dirname, "..");
const FOLDER = join(ROOT, "cli/dist");

/** The folders of the packages that files come from. */
function packagesOf(files) {
  const folders = files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(folders)].sort();
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
  const file = readdirSync(join(ROOT, folder)).find((each) => /^licen[cs]e/i.test(each));
  const text = file === undefined ? "" : `\n\n${readFileSync(join(ROOT, folder, file), "utf8").trim()}`;
  return `${name} ${version} (${license})${text}\n`;
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const { metafile } = buildSync({
  absWorkingDir: ROOT,
  entryPoints: ["cli/main.ts"],
  outfile: "cli/dist/main.js",
  bundle: true,
  minify: true,
  // Stack traces and names of errors stay readable.
  keepNames: true,
  platform: "node",
  // Its other build calls a require that no bundler can follow.
  alias: { "jsonc-parser": require.resolve("jsonc-parser/lib/esm/main.js") },
  target: "node20",
  legalComments: "none",
  metafile: true,
  logLevel: "error",
});
const licences = packagesOf(Object.keys(metafile.inputs)).map(licenceOf);
writeFileSync(join(FOLDER, "LICENSES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));
