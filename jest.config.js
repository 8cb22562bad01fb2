const { compilerOptions } = require("./tsconfig.json");

// Of the AWS SDK, about Node versions to come.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** Jest has no `import()`: it becomes `require()`, and ES modules become CommonJS. */
const commonJs = { ...compilerOptions, module: "commonjs", moduleResolution: "bundler" };

/** The unit tests need nothing but Node; the end-to-end tests need terraform and an AWS emulator. */
const shared = {
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": ["ts-jest", { tsconfig: commonJs }],
    "/hysnappy/.+\\.js$": ["ts-jest", { tsconfig: { ...commonJs, allowJs: true } }],
  },
  // import() names a file as Node does once it is compiled.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transformIgnorePatterns: ["/node_modules/(?!hysnappy/)"],
  setupFilesAfterEnv: ["<rootDir>/test/helpers/timeout.ts"],
};

module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/test/e2e/", "/node_modules/"],
    },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/test/e2e/*.test.ts"],
      globalSetup: "<rootDir>/test/e2e/helpers/build.ts",
    },
  ],
};
