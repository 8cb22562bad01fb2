import js from "@eslint/js";
import tseslint from "typescript-eslint";

const FILE_CALLS =
  "/^(access|copyFile|cp|exists|lstat|mkdir|mkdtemp|read(dir|File|link)|rename|rm|stat|symlink|unlink|(append|write)File|exec(File)?|spawn)Sync$/";

/** Calls of node:fs and of other programs. */
const FILE_CALL = `CallExpression:matches([callee.name=${FILE_CALLS}], [callee.property.name=${FILE_CALLS}])`;

/** Functions that run while a file of tests is loaded: callbacks of describe, and of the methods of lists. */
const RUNS_ON_LOAD = [
  "CallExpression[callee.name='describe'] > :function",
  "CallExpression[callee.object.name='describe'] > :function",
  "CallExpression[callee.callee.object.name='describe'] > :function",
  "CallExpression[callee.property.name=/^(filter|flatMap|forEach|map)$/] > :function",
].join(", ");

export default tseslint.config(
  { ignores: ["node_modules", ".build", "**/dist", "cdktf.out"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "@cdktf/provider-aws",
              message: "The barrel costs 12 s and 1.4 GB: import from @cdktf/provider-aws/lib/…",
            },
          ],
          patterns: [{ group: ["cdktf/lib/*"], message: "Internals of the framework: import from cdktf." }],
        },
      ],
      // Numbers are what most messages are about.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      // `_` marks what is left out on purpose.
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
    },
  },
  {
    // The other files directly in test/ are programs.
    files: ["test/**/*.test.ts", "test/*/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: `${FILE_CALL}:not(:function:not(${RUNS_ON_LOAD}) *, PropertyDefinition[static=false] *)`,
          message: "An error here names no test: use files in a test, a hook, or a function that one of them calls.",
        },
      ],
    },
  },
  {
    files: ["**/*.{js,cjs,mjs}"],
    languageOptions: { globals: { process: "readonly", module: "readonly", require: "readonly" } },
  },
);
