// Mutation tests of the policies and of the IAM evaluator: `npm run mutation`.
export default {
  testRunner: "jest",
  jest: {
    projectType: "custom",
    config: {
      preset: "ts-jest",
      testEnvironment: "node",
      testMatch: ["<rootDir>/test/{iam,policies}/**/*.test.ts", "<rootDir>/test/policies.test.ts"],
    },
  },
  coverageAnalysis: "perTest",
  // Mutants that run while a file loads would need a new process each.
  ignoreStatic: true,
  timeoutMS: 2000,
  mutate: ["iam/**/*.ts", "policies/**/*.ts"],
  reporters: ["clear-text", "json", "progress"],
  thresholds: { high: 95, low: 90, break: 90 },
  concurrency: 2,
  tempDirName: ".build/stryker",
  jsonReporter: { fileName: ".build/mutation.json" },
};
