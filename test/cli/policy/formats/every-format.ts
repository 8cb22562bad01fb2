import { jsonFormat } from "../../../../cli/policy/formats/json";
import { junitFormat } from "../../../../cli/policy/formats/junit";
import { markdownFormat } from "../../../../cli/policy/formats/markdown";
import { sarifFormat } from "../../../../cli/policy/formats/sarif";
import { tableFormat } from "../../../../cli/policy/formats/table";
import type { Place } from "../../../../cli/policy/places";
import type { Report } from "../../../../cli/policy/report";
import { fakeTerminal } from "../../../helpers/terminal";

const PLACE: Place = { file: "main.tf", line: 1, startColumn: 1, endColumn: 1 };

/** Characters that steer a terminal, aside from line feeds. */
export const CONTROL_CHARACTERS = /[^\n\P{Cc}]|[\p{Cf}\u2028\u2029]/u;

const onTerminal = (report: Report): string => tableFormat(report, fakeTerminal({ columns: 120 }));

/** With spaces instead of the tabs between fields. */
const inPipe = (report: Report): string => tableFormat(report, fakeTerminal({ isTTY: false })).replaceAll("\t", " ");

const asSarif = (report: Report): string => sarifFormat(report, () => PLACE);

/** Every format by its name. */
export const EVERY_FORMAT: readonly (readonly [string, (report: Report) => string])[] = [
  ["text on a terminal", onTerminal],
  ["lines in a pipe", inPipe],
  ["JSON", jsonFormat],
  ["JUnit", junitFormat],
  ["Markdown", markdownFormat],
  ["SARIF", asSarif],
];
