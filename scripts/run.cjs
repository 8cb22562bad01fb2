// Bundles a TypeScript file of the project and runs it in this process: `node scripts/run.cjs main.ts`.
// It finds esbuild in the project's own packages, so that it works from any shell, whatever is on the PATH.
/* global __dirname, console */
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join, resolve } = require("node:path");
const { compileFunction } = require("node:vm");

const ROOT = resolve(__dirname, "..");

/** Loads the framework without the source maps at the end of its files, two thirds of their bytes. */
function skipSourceMaps() {
  const load = require.extensions[".js"];
  require.extensions[".js"] = (module, filename) => {
    if (!/[\\/]node_modules[\\/](@cdktf|cdktf|constructs)[\\/]/.test(filename)) {
      load(module, filename);
      return;
    }
    const text = readFileSync(filename, "utf8");
    const map = text.lastIndexOf("\n//# sourceMappingURL=data:");
    module._compile(map < 0 ? text : text.slice(0, map), filename);
  };
}

/** Loads archiver when it is called, for a TerraformAsset: it is a third of the time in which cdktf loads. */
function deferArchiver() {
  let archiver;
  try {
    archiver = createRequire(require.resolve("cdktf")).resolve("archiver");
  } catch {
    return; // The framework has no archiver, or is not installed.
  }
  const load = (...options) => {
    delete require.cache[archiver];
    return require(archiver)(...options);
  };
  require.cache[archiver] = { id: archiver, filename: archiver, loaded: true, children: [], exports: load };
}

/** The JavaScript of the file and of its imports from the project; undefined if esbuild failed and printed why. */
async function bundle(entry) {
  // Not buildSync, which also waits until esbuild's process is gone.
  const { build } = require("esbuild");
  try {
    const { outputFiles } = await build({
      absWorkingDir: ROOT,
      entryPoints: [entry],
      bundle: true,
      packages: "external",
      platform: "node",
      target: "node20",
      write: false,
      logLevel: "warning",
    });
    return outputFiles[0].text;
  } catch (error) {
    if (error.errors === undefined) {
      throw error; // esbuild itself did not start.
    }
    return undefined;
  }
}

async function run(entry) {
  const bundling = bundle(entry);
  skipSourceMaps();
  deferArchiver();
  const code = await bundling;
  if (code === undefined) {
    process.exitCode = 1;
    return;
  }
  const module = { exports: {} };
  const program = compileFunction(code, ["require", "module", "exports"], { filename: `${entry} (bundle)` });
  program(createRequire(join(ROOT, entry)), module, module.exports);
}

run(process.argv[2]).catch((error) => {
  if (error.code !== "MODULE_NOT_FOUND") {
    throw error;
  }
  console.error(`The project's packages are not installed (${error.message.split("\n")[0]}). Run npm ci.`);
  process.exitCode = 1;
});
