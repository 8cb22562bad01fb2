// Of the AWS SDK, about Node versions to come.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** The unit tests need nothing but Node; the end-to-end tests need terraform and an AWS emulator. */
const shared = {
  preset: "ts-jest",
  testEnvironment: "node",
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
      setupFilesAfterEnv: ["<rootDir>/test/e2e/helpers/timeout.ts"],
    },
  ],
};
