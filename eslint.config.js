import js from "@eslint/js"
import globals from "globals"

export default [
  { ignores: ["visualizer/web/bundles/", ".venv/", "build/", "benchmarks/convnetjs.cjs"] },
  js.configs.recommended,
  {
    languageOptions: { globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": ["error", { destructuring: "all" }], "no-shadow": "off" },
  },
  { files: ["**/*.test.js"], languageOptions: { globals: globals.node } },
]
